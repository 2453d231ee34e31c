import { oncePerRun } from './once-per-run.ts';
import type { CheckpointSubject } from './subjects.ts';
import { stateFilesOf } from './training-state.ts';
import type { StateFile, StateReading } from './training-state.ts';

/** A part of the state that a resume takes from a file of its own. */
type Asked = 'optimizer' | 'scheduler';

/** The file that a resume takes a part of the state from; `null` where there is none. */
export function stateFileOf(
  checkpoint: CheckpointSubject,
  asked: Asked,
): StateFile | null {
  const found = stateFilesOf(checkpoint).find(
    ({ role, need }) => role === asked && need === 'needed',
  );
  return found ?? null;
}

/** Whether a file of the state holds the same in both, by the checksums of its records. */
export async function isSameFile(
  one: CheckpointSubject,
  other: CheckpointSubject,
  asked: Asked,
): Promise<boolean> {
  const own = (await trainingIn(stateFileOf(one, asked)))?.content ?? null;
  const others = await trainingIn(stateFileOf(other, asked));
  return own !== null && own === others?.content;
}

/** What a file of the state tells; `null` where there is none, or it is not known to load. */
export async function trainingIn(file: StateFile | null) {
  const read: StateReading | undefined = await file?.reading();
  return read?.kind === 'read' &&
    read.training.unknown === null &&
    read.training.misfit === null
    ? read.training
    : null;
}

/** Of each checkpoint that keeps an optimizer or a schedule the one before it that does. */
export function predecessorOf(
  checkpoint: CheckpointSubject,
  asked: Asked,
): CheckpointSubject | null {
  return predecessors[asked](checkpoint).get(checkpoint) ?? null;
}

const predecessors = {
  optimizer: oncePerRun((all) => findPredecessors(all, 'optimizer')),
  scheduler: oncePerRun((all) => findPredecessors(all, 'scheduler')),
};

function findPredecessors(
  checkpoints: readonly CheckpointSubject[],
  asked: Asked,
) {
  const before = new Map<CheckpointSubject, CheckpointSubject>();
  let last: CheckpointSubject | null = null;
  for (const one of checkpoints) {
    if (one.step === null || stateFileOf(one, asked) === null) continue;
    if (last !== null) before.set(one, last);
    last = one;
  }
  return before;
}
