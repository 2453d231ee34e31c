import { defineCheck } from '../../define-check.ts';
import type { NoData } from '../../define-check.ts';
import { TRAINER_STATE } from '../../layout/names.ts';
import { phaseWords, savePhaseOf } from '../../layout/save-phase.ts';
import type { CheckpointSubject } from '../../layout/subjects.ts';
import {
  hasTrainersOwn,
  isTrainersRun,
  stepTakenInstead,
} from '../../layout/trainer-saves.ts';
import type { Json } from '../../types.ts';
import { listNames } from '../../wording.ts';
import { SENTINEL, STATE_NOT_FOUND_ERRORS } from '../folder-names.ts';

/** Written before trainer_state.json, where a Trainer keeps its state at all. */
const BEFORE_STATE =
  /^(?:optimizer\.pt|scheduler\.pt|rng_state(?:_\d+)?\.pth)$/;

const LOG_OF_SAVE =
  'Look into the log for what ended the save (a full disk, a killed process).';

/** `older`: the newest older checkpoint that has the file, or nothing. */
interface Missing {
  readonly [key: string]: Json;
  readonly names: string[];
  readonly phase: string;
  readonly older: string;
}

export const trainerStateMissing = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'trainer-state-missing',
    question: 'resumes',
    severity: 'error',
    confidence: 'proven',
    title: 'Trainer checkpoint whose save did not end',
    why: 'A Trainer writes trainer_state.json as the last file of a checkpoint. Without it resume_from_checkpoint raises, and with resume_from_checkpoint=True it does so for the whole run, since it takes the highest step without looking inside.',
    fix: `Its weights may be whole: keep them. Where an older checkpoint is whole, move this folder away, so that the older one is taken. ${LOG_OF_SAVE}`,
    since: '0.1.0',
  },
  messages: {
    missing: {
      text: ({ names, phase }: Missing) =>
        `Training cannot go on from here: ${listNames(names)} ${names.length === 1 ? 'is' : 'are'} there, trainer_state.json is not; ${phase}.`,
      fix: ({ older }) =>
        older === ''
          ? `No older checkpoint here has a trainer_state.json to go on from. The weights may be whole: keep them, and begin a new training from them if need be. ${LOG_OF_SAVE}`
          : `Resume from ${older}, and move this folder away, but keep it: its weights may be whole. ${LOG_OF_SAVE}`,
      loaderErrors: () => STATE_NOT_FOUND_ERRORS,
    },
    overtaken: {
      text: ({ names, newer }: { names: string[]; newer: string }) =>
        `Training cannot go on from here: ${listNames(names)} ${names.length === 1 ? 'is' : 'are'} there, trainer_state.json is not. A resume takes ${newer}, not this.`,
      severity: 'warning',
      confidence: 'proven',
      settles: true,
      why: 'A Trainer writes trainer_state.json as the last file of a checkpoint: this save did not end, or the file was taken away since.',
      fix: 'Keep the folder for its weights, which may be whole, or delete it once a newer checkpoint is whole.',
      loaderErrors: () => STATE_NOT_FOUND_ERRORS,
    },
    folder: {
      text: (_: NoData) =>
        'Training cannot go on from here: trainer_state.json is a folder, where a Trainer reads a file.',
      settles: true,
      why: 'A Trainer reads it when it resumes, before the first step, and ends where it opens a folder as a file.',
      fix: 'Resume from another checkpoint, and move this folder away: resume_from_checkpoint=True takes the highest step without looking inside.',
      loaderErrors: () => [
        "IsADirectoryError: [Errno 21] Is a directory: '…trainer_state.json'",
      ],
    },
    weightsOnly: {
      text: ({ phase }: { phase: string }) =>
        `Training cannot go on from here: weights are there, trainer_state.json is not, though other steps of the run have it. If this is a save of the Trainer, ${phase}.`,
      severity: 'warning',
      confidence: 'inferred',
      settles: true,
      why: 'With resume_from_checkpoint=True a Trainer takes the highest step without looking inside, and raises where trainer_state.json is not there. Taken as: the Trainer saved here; a folder that you made for the weights alone is no fault.',
      loaderErrors: () => STATE_NOT_FOUND_ERRORS,
    },
    weightsKept: {
      text: ({ newer }: { newer: string }) =>
        `Weights are there, trainer_state.json is not. A resume takes ${newer}, not this.`,
      severity: 'notice',
      confidence: 'proven',
      settles: true,
      why: 'Training cannot go on from here. The weights can be used all the same.',
      fix: 'If the state was taken away on purpose, nothing need be done.',
    },
    perhaps: {
      text: ({ names }: { names: string[] }) =>
        `Training state is there (${listNames(names)}), trainer_state.json is not, in no checkpoint of this run.`,
      severity: 'warning',
      confidence: 'inferred',
      why: 'A Trainer writes trainer_state.json last, and cannot resume without it. Taken as: the state may also be that of a training loop of your own, which needs no such file.',
      fix: 'If a Trainer is to resume from here, save again; a loop of your own need do nothing.',
    },
  },
  run({ subject, report }) {
    const { folder, isStepFolder, holds, trainerState } = subject;
    // Without weights, which come first, it is no save: another check says so.
    if (folder === null || !isStepFolder || holds === 'nothing') return;
    // The Trainer's own mark says as much, and save-unfinished reports it.
    if (trainerState !== null || folder.files.has(SENTINEL)) return;
    if (subject.unexamined !== null && holds === 'unknown') return;
    const names = [...folder.files.keys()].filter((name) =>
      BEFORE_STATE.test(name),
    );
    const isOfTrainers = isTrainersRun(subject);
    const phase = phaseOf(subject);
    const newer = stepTakenInstead(subject);
    if (folder.folders.has(TRAINER_STATE)) {
      const severity = newer === null ? 'error' : 'warning';
      report('folder', {}, { path: subject.path }, { severity });
      return;
    }
    const older = olderState(subject);
    if (names.length === 0) {
      if (!isOfTrainers) return;
      if (newer !== null) report('weightsKept', { newer });
      else if (hasTrainersOwn(subject))
        report('missing', { names: ownNames(subject), phase, older });
      else report('weightsOnly', { phase });
    } else if (!isOfTrainers && !hasTrainersOwn(subject))
      report('perhaps', { names });
    else if (newer === null) report('missing', { names, phase, older });
    else report('overtaken', { names, newer });
  },
});

/** The newest older step that has what this one lacks; empty where none has. */
function olderState({ ofRun, step: own }: CheckpointSubject): string {
  const older = ofRun.findLast(
    ({ isStepFolder, step, trainerState }) =>
      isStepFolder &&
      trainerState !== null &&
      step !== null &&
      step < (own ?? Infinity),
  );
  return older?.path ?? '';
}

function ownNames({ folder }: CheckpointSubject): string[] {
  return folder?.files.has('training_args.bin') ? ['training_args.bin'] : [];
}

function phaseOf(subject: CheckpointSubject): string {
  const phase = savePhaseOf(subject);
  return phase === null ? 'the save did not end' : phaseWords(phase);
}
