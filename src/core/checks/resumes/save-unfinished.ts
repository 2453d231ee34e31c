import { defineCheck } from '../../define-check.ts';
import { phaseWords, savePhaseOf } from '../../layout/save-phase.ts';
import type { CheckpointSubject } from '../../layout/subjects.ts';
import { stepTakenInstead } from '../../layout/trainer-saves.ts';
import { SENTINEL, STATE_NOT_FOUND_ERRORS } from '../folder-names.ts';

/** transformers 4.36 and later, trainer.py: `tmp-checkpoint-<step>`. */
const STAGED_STEP = /^tmp-checkpoint-(\d{1,15})$/;

function phaseOf(checkpoint: CheckpointSubject): string {
  const phase = savePhaseOf(checkpoint);
  return phase === null ? '' : `, and ${phaseWords(phase)}`;
}

export const saveUnfinished = defineCheck({
  altitude: 'run',
  meta: {
    id: 'save-unfinished',
    question: 'resumes',
    severity: 'error',
    confidence: 'proven',
    title: 'Mark or staging folder of a save that did not end',
    why: 'The save did not end, so that any of its files may be missing or cut.',
    fix: 'Delete or move this folder, so that the next older one is taken, and look into the log for what ended the save (a full disk, a killed process, the end of the job).',
    since: '0.1.0',
  },
  messages: {
    sentinel: {
      text: ({ name, phase }: { name: string; phase: string }) =>
        `Training cannot go on from here: ${name} is there, which the Trainer puts there before it saves and takes away at the end; trainer_state.json is not${phase}.`,
      loaderErrors: () => STATE_NOT_FOUND_ERRORS,
    },
    overtaken: {
      text: ({
        name,
        newer,
        phase,
      }: {
        name: string;
        newer: string;
        phase: string;
      }) =>
        `Training cannot go on from here: ${name} is there, which the Trainer puts there before it saves and takes away at the end; trainer_state.json is not${phase}. A resume takes ${newer}, not this.`,
      severity: 'warning',
      settles: true,
      fix: 'Delete this folder.',
      loaderErrors: () => STATE_NOT_FOUND_ERRORS,
    },
    sentinelAtEnd: {
      text: ({ name }: { name: string }) =>
        `${name} is there, which the Trainer takes away at the end of a save; trainer_state.json, its last file, is there too.`,
      severity: 'warning',
      confidence: 'inferred',
      why: 'The first process wrote its last file. Taken as: others may not have ended, or were killed as they wrote.',
      fix: 'If the run had one process, delete the mark and go on from here; else see that the files of all processes are there (rng_state_….pth), or go on from an older checkpoint.',
    },
    staging: {
      text: ({ name, newest }: { name: string; newest: string }) =>
        newest === ''
          ? `${name} was left by a save that did not end.`
          : `${name} was left by a save that did not end; it is newer than ${newest}, the newest checkpoint.`,
      severity: 'warning',
      confidence: 'inferred',
      why: 'Some versions of transformers, and NeMo, save under such a name and rename the folder or take the mark away when it is whole. Taken as: no training is writing there now.',
      fix: 'Delete it when no training is running: resumes pass it over. Look into the log for what ended the save.',
    },
    stagingOld: {
      text: ({ name }: { name: string }) =>
        `${name} was left by a save that did not end; a newer one did.`,
      severity: 'notice',
      why: 'It takes room on the disk, and nothing reads it.',
      fix: 'Delete it.',
    },
  },
  run({ subject: { checkpoints, staging }, report }) {
    const steps = checkpoints.filter(({ isStepFolder }) => isStepFolder);
    const newest = steps.at(-1);
    // One that is too large for a step is newer than any that is not.
    const newestStep = newest === undefined ? -1 : (newest.step ?? Infinity);
    for (const one of steps) {
      if (!one.folder?.files.has(SENTINEL)) continue;
      const { path, trainerState } = one;
      const where = { path, checkpoint: path };
      const phase = phaseOf(one);
      const newer = stepTakenInstead(one);
      if (trainerState !== null)
        report('sentinelAtEnd', { name: SENTINEL }, where);
      else if (newer === null)
        report('sentinel', { name: SENTINEL, phase }, where);
      else report('overtaken', { name: SENTINEL, newer, phase }, where);
    }
    for (const { path, name } of staging) {
      const step = STAGED_STEP.exec(name)?.[1];
      const isOld = step !== undefined && Number(step) <= newestStep;
      if (isOld) report('stagingOld', { name }, { path });
      else report('staging', { name, newest: newest?.path ?? '' }, { path });
    }
  },
});
