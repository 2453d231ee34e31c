import { defineCheck } from '../../define-check.ts';
import type { StateReader, StateRole } from '../../layout/state-roles.ts';
import { isStateRead, stateFilesOf } from '../../layout/training-state.ts';
import type { StateFile } from '../../layout/training-state.ts';
import type { Json } from '../../types.ts';
import { placeholderAdvice } from '../placeholder-advice.ts';
import { findStateCause } from '../state-cause.ts';
import type { StateCause } from '../state-cause.ts';
import { lastOfUnended } from '../../layout/save-phase.ts';
import { stepTakenInstead } from '../../layout/trainer-saves.ts';

/** What every message knows of the file. */
interface Broken {
  readonly [key: string]: Json;
  readonly name: string;
  readonly role: StateRole;
  readonly reader: StateReader;
  readonly words: string;
  readonly loaderErrors: readonly string[];
}

const KEPT: Readonly<Record<StateRole, string>> = {
  model: 'the whole model as FSDP gathers it',
  optimizer: 'the state of the optimizer',
  scheduler: 'the state of the learning rate schedule',
  scaler: 'the state of the gradient scaler',
  random: 'the state of the random generators',
  data: 'the place in the data',
  custom: 'the state of an object of the script',
  arguments: 'the arguments of the training',
};

const LOG_OF_SAVE =
  'Look for a full disk, a quota or a killed process in the log of the save.';

const loaderErrors = (data: Broken) => data.loaderErrors;
const found = ({ name, role, words }: Broken) =>
  `${name}, ${KEPT[role]}, ${words}.`;

/** Removing either of the pair makes a Trainer pass over both. */
const WITHOUT: Partial<Readonly<Record<StateRole, string>>> = {
  optimizer:
    ', or move the file away: a Trainer then goes on with a fresh optimizer and its schedule from the start, and says nothing of it',
  scheduler:
    ', or move the file away: a Trainer then goes on with a fresh optimizer and its schedule from the start, and says nothing of it',
  random:
    ', or move the file away: a Trainer then goes on with other random numbers',
};

export const stateFileUnreadable = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'state-file-unreadable',
    question: 'resumes',
    severity: 'error',
    confidence: 'proven',
    title: 'File of the training state that cannot be loaded',
    why: 'A resume loads every file of the training state that is there, and ends at the first that it cannot read: a broken file is worse than none.',
    fix: 'Resume from another checkpoint, and look for a full disk, a quota or a killed process in the log of the save.',
    since: '0.1.0',
  },
  messages: {
    raises: {
      text: found,
      fix: ({ role, reader, words }: Broken) => {
        const other = `esume from another checkpoint${reader === 'Trainer' ? (WITHOUT[role] ?? '') : ''}.`;
        const advice = placeholderAdvice(words.replace(/^is /, ''));
        return advice === null
          ? `R${other} ${LOG_OF_SAVE}`
          : `${advice} Else r${other}`;
      },
      loaderErrors,
    },
    overtaken: {
      text: (data: Broken & { newer: string }) =>
        `${found(data)} A resume takes ${data.newer}, not this.`,
      severity: 'warning',
      settles: true,
      why: 'A resume from here ends at this file.',
      fix: 'Delete this folder, or keep it for its weights only.',
      loaderErrors,
    },
    notAllowed: {
      text: (data: Broken) => found(data),
      severity: 'warning',
      confidence: 'inferred',
      why: 'Trainer and accelerate load the training state with weights_only=True, which takes tensors and plain containers. Taken as: the script allows no class besides (torch.serialization.add_safe_globals), and imports no library that does.',
      fix: 'If a resume ends at this file, call torch.serialization.add_safe_globals for the class in the script that resumes.',
      loaderErrors,
    },
    ownLoop: {
      text: found,
      severity: 'warning',
      confidence: 'inferred',
      why: 'Nothing that a Trainer or accelerate writes lies beside it. Taken as: a training loop of your own saved it with torch.save and loads it with torch.load, which refuses it.',
      loaderErrors,
    },
    tolerated: {
      text: found,
      severity: 'warning',
      confidence: 'proven',
      why: 'load_state of accelerate goes on without a word where it cannot read the random states: shuffling and dropout continue with other numbers, and accelerator.step starts at 0.',
      fix: 'Resume from another checkpoint if the run has to be reproducible; else nothing need be done.',
      loaderErrors: () => ['Could not load random states'],
    },
    perhaps: {
      text: found,
      severity: 'warning',
      confidence: 'inferred',
      why: 'load_state of accelerate reads it where the script prepared a data loader that keeps its place. Taken as: the script that resumes prepares the same.',
      loaderErrors,
    },
    unread: {
      text: found,
      severity: 'notice',
      confidence: 'proven',
      why: 'No resume reads this file as things are, but a save that was whole would not have left it so.',
      fix: 'Look for a full disk, a quota or a killed process in the log of the save; the other files of the folder may have suffered, too.',
    },
  },
  async run({ subject, report }) {
    if (!isStateRead(subject)) return;
    const died = lastOfUnended(subject);
    for (const one of stateFilesOf(subject)) {
      const cause = await findStateCause(one);
      if (cause === null) continue;
      const { file, role, reader } = one;
      // Where a save died is told once: trainer-state-missing.
      if (file.name === died) continue;
      const { words, loaderErrors } = cause;
      const data = { name: file.name, role, reader, words, loaderErrors };
      const newer = stepTakenInstead(subject);
      const message = messageFor(one, cause, newer);
      if (message === null) continue;
      const where = { path: file.path };
      if (message === 'overtaken')
        report(message, { ...data, newer: newer ?? '' }, where);
      else report(message, data, where);
    }
  },
});

function messageFor(
  { need, reader, rules }: StateFile,
  { global }: StateCause,
  newer: string | null,
) {
  // Of a loop of the user's own it is not known what it allows.
  if (global !== null && rules === 'anything') return null;
  if (need === 'unread') return global === null ? 'unread' : null;
  if (global !== null) return 'notAllowed';
  if (reader === 'own') return 'ownLoop';
  if (need !== 'needed') return need;
  return newer === null ? 'raises' : 'overtaken';
}
