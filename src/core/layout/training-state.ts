import { STATES_TRANSFERRED_BYTES } from '../bytes/ahead-limits.ts';
import type { ContentKind } from '../formats/content.ts';
import type {
  TorchPickleDefect,
  TorchStateDefect,
} from '../formats/torch-state.ts';
import {
  readTorchTraining,
  unknownTraining,
} from '../formats/torch-training.ts';
import type {
  TorchTraining,
  TrainingRole,
  TrainingUse,
} from '../formats/torch-training.ts';
import { findLostHeaders } from '../formats/torch-headers.ts';
import type { TorchZipDefect } from '../formats/torch-zip.ts';
import type { FileFacts } from './file-facts.ts';
import { memoise } from './memoise.ts';
import type { Memo } from './memoise.ts';
import { ACCELERATE_RANDOM_STATES, TRAINER_STATE } from './names.ts';
import { oncePer } from '../formats/once-per.ts';
import { oncePerRun } from './once-per-run.ts';
import { stateUsesIn } from './state-roles.ts';
import type { StateUse } from './state-roles.ts';
import type { CheckpointSubject } from './subjects.ts';

/** What reading a file of a training's state came to. */
export type StateReading =
  /** It is no torch file at all. */
  | { readonly kind: 'foreign'; readonly content: ContentKind }
  | { readonly kind: 'zip-defect'; readonly defect: TorchZipDefect }
  | {
      readonly kind: 'pickle-defect';
      readonly defect: TorchPickleDefect | TorchStateDefect;
    }
  | { readonly kind: 'read'; readonly training: TorchTraining };

/** One file of a training's state, and who asks for it. */
export interface StateFile extends StateUse {
  readonly file: FileFacts;
  /**
   * Its directory and its pickle, never the values, and what `areHeadersRead` says; a
   * few numbers are kept of it.
   * Rejects with a SourceError when the bytes cannot be had.
   */
  readonly reading: Memo<StateReading>;
}

/** The files of the training's state in a checkpoint's folder, one list for all who ask. */
export const stateFilesOf = oncePer(
  (checkpoint: CheckpointSubject): readonly StateFile[] => {
    const { folder } = checkpoint;
    if (folder === null) return [];
    return [...stateUsesIn(folder)].flatMap(([name, use]) => {
      const file = checkpoint.fileNamed(name);
      // What is read as the weights, too, is judged as such.
      const isWeights = checkpoint.loose.some((one) => one.file.name === name);
      return file === null || isWeights
        ? []
        : [
            {
              ...use,
              file,
              reading: memoise(() =>
                readState(file, use, areHeadersRead(checkpoint)),
              ),
            },
          ];
    });
  },
);

/**
 * Whether the state of a checkpoint is read. Over a network that of every one only where
 * they are small (`STATES_TRANSFERRED_BYTES`), else of the one to resume from by its
 * names.
 */
export function isStateRead(checkpoint: CheckpointSubject): boolean {
  return (
    checkpoint.medium.transferMaxBytes === undefined ||
    hasSmallStates(checkpoint) ||
    newestWithState(checkpoint) === checkpoint
  );
}

const hasSmallStates = oncePerRun((checkpoints) => {
  const files = checkpoints.flatMap(stateFilesOf);
  const total = files.reduce((sum, { file }) => sum + file.sizeBytes, 0);
  return total <= STATES_TRANSFERRED_BYTES;
});

/** Steps ascend within a run. */
const newestWithState = oncePerRun(
  (checkpoints) =>
    checkpoints.findLast(isWholeByNames) ??
    checkpoints.findLast((one) => stateFilesOf(one).length > 0),
);

/** Whether it has what its producer writes last. */
function isWholeByNames({ folder, isRunRoot }: CheckpointSubject): boolean {
  if (folder === null || isRunRoot) return false;
  const names = [...folder.files.keys()];
  return (
    folder.files.has(TRAINER_STATE) ||
    names.some((name) => ACCELERATE_RANDOM_STATES.test(name))
  );
}

/**
 * Whether the local headers in the torch files of a checkpoint are read, where nothing
 * else reads them: each takes a read, so of the one alone that a resume is to start from
 * by its names. Never in an artifact, downloaded or not: what is compressed has to be
 * gone through for each, and both give the same report.
 */
export function areHeadersRead(checkpoint: CheckpointSubject): boolean {
  const { transferMaxBytes, isUpload } = checkpoint.medium;
  if (transferMaxBytes !== undefined || isUpload === true) return false;
  return checkpoint.folder === null
    ? newestAlone(checkpoint).includes(checkpoint)
    : newestWithState(checkpoint) === checkpoint;
}

/** Lightning's `last.ckpt`, which carries no step, stands beside the newest with one. */
const newestAlone = oncePerRun((checkpoints) => {
  const alone = checkpoints.filter(({ folder }) => folder === null);
  return [alone.at(-1), alone.findLast(({ step }) => step !== null)];
});

/**
 * The records of a torch zip that are there and that torch.load does not find for want of
 * a local header; none where there are more records than are looked at.
 *
 * @throws SourceError when the bytes cannot be had
 */
export async function findLostRecords(
  file: FileFacts,
): Promise<readonly string[]> {
  const { kind } = await file.content();
  const zip = kind === 'zip' ? await file.torchZip() : null;
  if (!zip?.ok) return [];
  const { value } = zip;
  return (await file.read((reader) => findLostHeaders(reader, value))) ?? [];
}

async function readState(
  file: FileFacts,
  use: StateUse,
  withHeaders: boolean,
): Promise<StateReading> {
  try {
    const read = await readByContent(file, {
      rules: use.rules,
      role: roleOf(use),
    });
    if (!withHeaders || read.kind !== 'read') return read;
    const [record] = await findLostRecords(file);
    return record === undefined
      ? read
      : { kind: 'zip-defect', defect: { code: 'record-unreadable', record } };
  } finally {
    // Its directory has a record a tensor, and there may be thousands of such files.
    file.forget();
  }
}

/** accelerate names random states otherwise, and of users' own loops nothing is known. */
function roleOf({ role, reader }: StateUse): TrainingRole {
  if (reader === 'own') return 'any';
  if (role === 'random') return reader === 'Trainer' ? role : 'any';
  return role === 'optimizer' || role === 'scheduler' ? role : 'any';
}

/**
 * Its directory and its pickle, as its loader reads them.
 *
 * @throws SourceError when the bytes cannot be had
 */
export async function readByContent(
  file: FileFacts,
  use: TrainingUse,
): Promise<StateReading> {
  const { kind } = await file.content();
  if (kind === 'torch-legacy') return readLegacy(file, use);
  if (kind !== 'zip') return { kind: 'foreign', content: kind };
  const zip = await file.torchZip();
  if (!zip.ok) return { kind: 'zip-defect', defect: zip.defect };
  const training = await file.read((reader) =>
    readTorchTraining(reader, zip.value, use),
  );
  return training.ok
    ? { kind: 'read', training: training.value }
    : { kind: 'pickle-defect', defect: training.defect };
}

/** Written with `_use_new_zipfile_serialization=False`, or by torch before 1.6. */
async function readLegacy(
  file: FileFacts,
  { rules }: TrainingUse,
): Promise<StateReading> {
  const unknown = (why: string): StateReading => ({
    kind: 'read',
    training: unknownTraining(why),
  });
  if (rules !== 'weights-only')
    return unknown('of the legacy format only tensors are read');
  const state = await file.torchState();
  if (state === null) return unknown('it could not be read');
  if (!state.ok) return { kind: 'pickle-defect', defect: state.defect };
  return unknown(
    state.value.unknown ?? 'of the legacy format only tensors are read',
  );
}
