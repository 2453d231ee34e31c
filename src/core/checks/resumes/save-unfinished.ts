import { defineCheck } from '../../define-check.ts';
import { nameOf } from '../../layout/tree.ts';
import { SENTINEL } from '../folder-names.ts';

/** transformers 4.36 and later, trainer.py: `tmp-checkpoint-<step>`. */
const STAGED_STEP = /^tmp-checkpoint-(\d{1,15})$/;

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
      text: ({ name }: { name: string }) =>
        `Training cannot go on from here: ${name} is there, which the Trainer puts there before it saves and takes away at the end.`,
    },
    overtaken: {
      text: ({ name, newer }: { name: string; newer: string }) =>
        `Training cannot go on from here: ${name} is there, which the Trainer puts there before it saves and takes away at the end. ${newer} is newer, and is what a resume takes.`,
      severity: 'warning',
      settles: true,
      fix: 'Delete this folder.',
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
    for (const { path, folder, step } of steps) {
      if (!folder?.files.has(SENTINEL)) continue;
      const where = { path, checkpoint: path };
      if (newest === undefined || (newest.step ?? -1) <= (step ?? -1))
        report('sentinel', { name: SENTINEL }, where);
      else report('overtaken', { name: SENTINEL, newer: newest.path }, where);
    }
    for (const path of staging) {
      const name = nameOf(path);
      const step = STAGED_STEP.exec(name)?.[1];
      const isOld = step !== undefined && Number(step) <= (newest?.step ?? -1);
      if (isOld) report('stagingOld', { name }, { path });
      else report('staging', { name, newest: newest?.path ?? '' }, { path });
    }
  },
});
