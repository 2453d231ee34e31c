import { defineCheck } from '../../define-check.ts';
import { ACCELERATE_USERS } from '../folder-names.ts';
import { ACCELERATE_RANDOM_STATES, SCALER_FILE } from '../../layout/names.ts';
import type { Folder } from '../../layout/tree.ts';
import { gapsIn, numberedFromZero, plainFirst } from '../numbered-files.ts';
import { formatCount, formatNumber, listNames } from '../../wording.ts';

/**
 * What accelerate's `load_state` opens unguarded where the script prepared or
 * registered it (checkpointing.py); random states may lack.
 */
const ACCELERATES =
  /^(?:(?:optimizer|scheduler)(?:_\d+)?\.bin|scaler\.pt|custom_checkpoint_\d+\.pkl)$/;
/** FSDP's optimizer: one file, a folder of shards, or a file a rank. */
const FSDP_OPTIMIZER = /^optimizer(?:\.bin|_\d+|(?:_\d+)?_rank\d+\.bin)$/;

export const stateFileMissing = defineCheck({
  // Of the run, so that each folder is looked at once, however many there are.
  altitude: 'run',
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
      settles: true,
      loaderErrors: ({ names }) => [
        `FileNotFoundError: [Errno 2] No such file or directory: '…${names[0] ?? ''}'`,
      ],
    },
    scaler: {
      text: ({ sibling }: { sibling: string }) =>
        `scaler.pt is not there, though ${sibling} has it.`,
      why: 'load_state of accelerate reads it where the script scales gradients (mixed_precision="fp16"), and stops where it is not there. Taken as: the script scaled them at every step.',
      loaderErrors: () => [
        "FileNotFoundError: [Errno 2] No such file or directory: '…scaler.pt'",
      ],
    },
    numbered: {
      text: ({ names, missing }: { names: string[]; missing: number }) =>
        `${formatCount(missing, 'file')} of the state ${missing === 1 ? 'is' : 'are'} not there, though those of higher numbers are: ${listNames(names)}.`,
      severity: 'error',
      confidence: 'proven',
      why: 'accelerate numbers what it saves from the first on without a gap. load_state reads all that the script prepared and stops at the first file that is not there.',
      fix: 'Bring the file back from where the state was saved, or resume from another checkpoint. Weights can be loaded from here all the same.',
      loaderErrors: ({ names }) => [
        `FileNotFoundError: [Errno 2] No such file or directory: '…${names[0] ?? ''}'`,
        'RuntimeError: Number of custom checkpoints in folder … does not match the number of registered objects:',
      ],
    },
    random: {
      text: ({
        names,
        missing,
        files,
      }: {
        names: string[];
        missing: number;
        files: number;
      }) =>
        `Random states of ${formatCount(files, 'process', 'processes')} are there, and those of ${formatNumber(missing)} of lower rank are not: ${listNames(names)}.`,
      severity: 'notice',
      why: 'Each process wrote one. accelerate goes on without it, and the process draws other random numbers than it would have. Taken as: the ranks count from 0 without a gap.',
      fix: 'Nothing need be done to resume; gather the files of all nodes where the order of the data matters.',
    },
    fsdp: {
      text: ({ names, sibling }: { names: string[]; sibling: string }) =>
        `The optimizer state (${listNames(names)}) is not there, though ${sibling} has it.`,
      settles: true,
      why: 'A Trainer that does not find it goes on with a fresh optimizer and scheduler, and says nothing. Taken as: the run kept it at every step.',
    },
  },
  run({ subject: { checkpoints }, report }) {
    for (const { producer, folder, path } of checkpoints) {
      if (folder === null || !ACCELERATE_USERS.includes(producer)) continue;
      const where = { path, checkpoint: path };
      const numbered = numberedGaps(folder);
      if (numbered.missing > 0) report('numbered', numbered, where);
      const { names, missing } = gapsIn([...folder.files.keys()], RANDOM);
      const files = namesLike(ACCELERATE_RANDOM_STATES, folder).length;
      if (missing > 0)
        report('random', { names: [...names], missing, files }, where);
    }
    for (const { message, pattern, producers, isState } of KINDS) {
      const own = checkpoints
        .filter(({ producer }) => producers.includes(producer))
        .filter(({ folder }) => isState(folder))
        .map(({ path, folder }) => ({
          path,
          folder,
          names: namesLike(pattern, folder),
        }));
      const fullest = fullestOf(own);
      own.forEach(({ path, folder, names }, at) => {
        const said = new Set(numberedGaps(folder).names);
        const missing =
          message === 'fsdp' && names.length > 0
            ? []
            : lackingOf(fullest, names).filter((name) => !said.has(name));
        if (missing.length === 0) return;
        const sibling = nearestWith(own, at, missing);
        const where = { path, checkpoint: path };
        if (missing.every((name) => name === SCALER_FILE))
          report('scaler', { sibling }, where);
        else report(message, { names: missing, sibling }, where);
      });
    }
  },
});

interface Named {
  readonly path: string;
  readonly names: readonly string[];
}

function fullestOf(all: readonly Named[]): readonly string[] {
  return all.reduce<readonly string[]>(
    (most, { names }) => (sizeOf(names) > sizeOf(most) ? names : most),
    [],
  );
}

/** The checkpoint that has these files and is the fewest away, an older one first. */
function nearestWith(
  all: readonly Named[],
  place: number,
  missing: readonly string[],
): string {
  const away = (one: Named) => Math.abs(all.indexOf(one) - place);
  const [nearest] = all
    .filter(({ names }) => missing.every((name) => names.includes(name)))
    .sort((left, right) => away(left) - away(right));
  return nearest?.path ?? '';
}

const PLAIN = [plainFirst('optimizer'), plainFirst('scheduler')];
/** What a script prepares or registers, and accelerate numbers without a gap. */
const NUMBERED = [...PLAIN, numberedFromZero('custom_checkpoint')];
const RANDOM = numberedFromZero('random_states');

function numberedGaps(folder: Folder | null) {
  const files = [...(folder?.files.keys() ?? [])];
  // The first alone may be meant to lack: FSDP keeps it in a folder.
  const gaps = NUMBERED.filter(
    (one) => !PLAIN.includes(one) || files.includes(one.nameOf(0)),
  ).map((one) => gapsIn(files, one));
  return {
    names: gaps.flatMap(({ names }) => names),
    missing: gaps.reduce((sum, { missing }) => sum + missing, 0),
  };
}

/** Of which producers which files are compared with one another. */
interface Kind {
  readonly message: 'accelerate' | 'fsdp';
  readonly producers: readonly string[];
  readonly pattern: RegExp;
  readonly isState: (folder: Folder | null) => boolean;
}

const KINDS: readonly Kind[] = [
  {
    message: 'accelerate',
    producers: ACCELERATE_USERS,
    pattern: ACCELERATES,
    // A folder of weights alone was not meant to be resumed from.
    isState: (folder: Folder | null) =>
      namesLike(ACCELERATE_RANDOM_STATES, folder).length > 0,
  },
  {
    message: 'fsdp',
    producers: ['FSDP'],
    pattern: FSDP_OPTIMIZER,
    isState: (folder: Folder | null) => folder !== null,
  },
];

/** How many there are without those that have no first before them. */
function sizeOf(names: readonly string[]): number {
  return lackingOf(names, []).length;
}

/**
 * What the others have and these have not. `optimizer_1.bin` without an
 * `optimizer.bin` before it is no state to go by.
 */
function lackingOf(all: readonly string[], own: readonly string[]): string[] {
  const [there, here] = [new Set(all), new Set(own)];
  return all.filter((name) => {
    const first = name.replace(/_\d+(?=\.bin$)/, '');
    return !here.has(name) && there.has(first);
  });
}

function namesLike(pattern: RegExp, folder: Folder | null): string[] {
  if (folder === null) return [];
  return [...folder.files.keys(), ...folder.folders.keys()].filter((name) =>
    pattern.test(name),
  );
}
