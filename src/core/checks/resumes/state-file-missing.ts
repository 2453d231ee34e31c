import { defineCheck } from '../../define-check.ts';
import { ACCELERATE_RANDOM_STATES } from '../../layout/names.ts';
import type { Folder } from '../../layout/tree.ts';
import { listNames } from '../../wording.ts';

/**
 * What accelerate's `load_state` opens unguarded where the script prepared or
 * registered it (checkpointing.py); random states may lack.
 */
const ACCELERATES =
  /^(?:(?:optimizer|scheduler)(?:_\d+)?\.bin|scaler\.pt|custom_checkpoint_\d+\.pkl)$/;
/** Who saves the state through accelerate, whatever the weights are. */
const ACCELERATE_USERS: readonly string[] = ['accelerate', 'diffusers LoRA'];
/** FSDP's optimizer: one file, a folder of shards, or a file a rank. */
const FSDP_OPTIMIZER = /^optimizer(?:\.bin|_\d+|(?:_\d+)?_rank\d+\.bin)$/;

export const stateFileMissing = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'state-file-missing',
    question: 'resumes',
    severity: 'warning',
    confidence: 'inferred',
    title: 'Training state missing where the siblings have it',
    why: 'load_state of accelerate reads all that the script prepared and stops at the first file that is not there. Taken as: the script prepared the same at every step.',
    fix: 'Resume from the sibling, or save again. Weights can be loaded from here all the same.',
    since: '0.1.0',
  },
  messages: {
    accelerate: {
      text: ({ names, sibling }: { names: string[]; sibling: string }) =>
        `${listNames(names)} ${names.length === 1 ? 'is' : 'are'} not there, though ${sibling} has ${names.length === 1 ? 'it' : 'them'}.`,
      loaderErrors: ({ names }) => [
        `FileNotFoundError: [Errno 2] No such file or directory: '…${names[0] ?? ''}'`,
      ],
    },
    fsdp: {
      text: ({ names, sibling }: { names: string[]; sibling: string }) =>
        `The optimizer state (${listNames(names)}) is not there, though ${sibling} has it.`,
      why: 'A Trainer that does not find it goes on with a fresh optimizer and scheduler, and says nothing. Taken as: the run kept it at every step.',
    },
  },
  run({ subject, report }) {
    const { producer } = subject;
    const isAccelerates = ACCELERATE_USERS.includes(producer);
    if (!isAccelerates && producer !== 'FSDP') return;
    // A folder of weights alone was not meant to be resumed from.
    if (isAccelerates && !hasRandomStates(subject.folder)) return;
    const pattern = isAccelerates ? ACCELERATES : FSDP_OPTIMIZER;
    const own = namesLike(pattern, subject.folder);
    for (const one of subject.siblings()) {
      if (one.producer !== producer) continue;
      const theirs = namesLike(pattern, one.folder);
      const names = isAccelerates
        ? theirs.filter((name) => !own.includes(name))
        : theirs;
      const isLacking = isAccelerates ? names.length > 0 : own.length === 0;
      if (!isLacking || names.length === 0) continue;
      report(isAccelerates ? 'accelerate' : 'fsdp', {
        names,
        sibling: one.path,
      });
      return;
    }
  },
});

function hasRandomStates(folder: Folder | null): boolean {
  return namesLike(ACCELERATE_RANDOM_STATES, folder).length > 0;
}

function namesLike(pattern: RegExp, folder: Folder | null): string[] {
  if (folder === null) return [];
  return [...folder.files.keys(), ...folder.folders.keys()].filter((name) =>
    pattern.test(name),
  );
}
