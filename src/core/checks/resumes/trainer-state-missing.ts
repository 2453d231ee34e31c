import { defineCheck } from '../../define-check.ts';
import { oncePerRun } from '../../layout/once-per-run.ts';
import type { CheckpointSubject } from '../../layout/subjects.ts';
import { listNames } from '../../wording.ts';
import { newerStep } from '../newer-step.ts';

/** Written before trainer_state.json, where a Trainer keeps its state at all. */
const BEFORE_STATE =
  /^(?:optimizer\.pt|scheduler\.pt|rng_state(?:_\d+)?\.pth)$/;
/** Names that only a Trainer gives; the others are in loops of users' own, too. */
const TRAINERS_ONLY = /^(?:rng_state(?:_\d+)?\.pth|training_args\.bin)$/;

/** transformers 5, trainer_jit_checkpoint.py. */
const SENTINEL = 'checkpoint-is-incomplete.txt';

export const trainerStateMissing = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'trainer-state-missing',
    question: 'resumes',
    severity: 'error',
    confidence: 'proven',
    title: 'Trainer checkpoint whose save did not end',
    why: 'A Trainer writes trainer_state.json as the last file of a checkpoint. Without it resume_from_checkpoint raises, and with resume_from_checkpoint=True it does so for the whole run, since it takes the highest step without looking inside.',
    fix: 'Delete or move this folder, so that the next older one is taken, and look into the log for what ended the save (a full disk, a killed process).',
    since: '0.1.0',
  },
  messages: {
    missing: {
      text: ({ names }: { names: string[] }) =>
        `Training state is there (${listNames(names)}), trainer_state.json is not.`,
      loaderErrors: () => [
        "FileNotFoundError: [Errno 2] No such file or directory: '…trainer_state.json'",
      ],
    },
    sentinel: {
      text: ({ name }: { name: string }) =>
        `${name} is there: the Trainer puts it there before it saves and takes it away at the end.`,
      why: 'The save did not end, so that any of its files may be missing or cut.',
    },
    overtaken: {
      text: ({ names, newer }: { names: string[]; newer: string }) =>
        `Training state is there (${listNames(names)}), trainer_state.json is not. ${newer} is newer, and is what a resume takes.`,
      severity: 'warning',
      confidence: 'proven',
      why: 'A Trainer writes trainer_state.json as the last file of a checkpoint, so this save did not end. Training cannot go on from here.',
      fix: 'Delete this folder, or keep it for its weights only.',
      loaderErrors: () => [
        "FileNotFoundError: [Errno 2] No such file or directory: '…trainer_state.json'",
      ],
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
    const { folder, isStepFolder, holds } = subject;
    // Without weights, which come first, it is no save: another check says so.
    if (folder === null || !isStepFolder || holds === 'nothing') return;
    if (folder.files.has(SENTINEL))
      return report('sentinel', { name: SENTINEL });
    const files = [...folder.files.keys()];
    const names = files.filter((name) => BEFORE_STATE.test(name));
    if (names.length === 0 || hasTrainerState(subject)) return;
    const isTrainers =
      files.some((name) => TRAINERS_ONLY.test(name)) || isTrainersRun(subject);
    const newer = newerStep(subject);
    if (!isTrainers) report('perhaps', { names });
    else if (newer === null) report('missing', { names });
    else report('overtaken', { names, newer });
  },
});

function hasTrainerState({ folder }: CheckpointSubject): boolean {
  return folder?.files.has('trainer_state.json') ?? false;
}

const isTrainersRun = oncePerRun((checkpoints) =>
  checkpoints.some(hasTrainerState),
);
