import type { CheckpointSubject } from './subjects.ts';
import type { OptimizerFacts } from '../formats/torch-optimizer.ts';
import { predecessorOf, stateFileOf, trainingIn } from './role-files.ts';
import { isStateRead, stateFilesOf } from './training-state.ts';
import type { StateFile } from './training-state.ts';

/**
 * Why the files of a training's state that torch wrote say nothing of whether it can go
 * on, or `null` where each was read as far as its loader would, or was found broken.
 *
 * @throws SourceError when the bytes of one cannot be had
 */
export async function findStateGap(
  checkpoint: CheckpointSubject,
): Promise<string | null> {
  const asked = stateFilesOf(checkpoint).filter(
    ({ need }) => need !== 'unread',
  );
  if (asked.length > 0 && !isStateRead(checkpoint))
    return 'over a network the training state of one checkpoint a run is read where it is large, of the newest that has all its files';
  for (const one of asked) {
    const gap = await findFileGap(one);
    if (gap !== null) return gap;
  }
  return findKindGap(checkpoint);
}

/** Whether a script takes another optimizer or schedule than before, it alone knows. */
async function findKindGap(
  checkpoint: CheckpointSubject,
): Promise<string | null> {
  for (const asked of ['optimizer', 'scheduler'] as const) {
    const sibling = predecessorOf(checkpoint, asked);
    if (sibling === null || !isStateRead(sibling)) continue;
    const own = await trainingIn(stateFileOf(checkpoint, asked));
    const before = await trainingIn(stateFileOf(sibling, asked));
    if (own === null || before === null) continue;
    const isOther =
      asked === 'optimizer'
        ? isOtherKind(own.optimizer, before.optimizer)
        : own.scheduler?.isLambda !== before.scheduler?.isLambda;
    if (isOther)
      return `the ${asked} is of another kind than that of ${sibling.name} before it, and only a script with that kind takes it`;
  }
  return null;
}

/** By what they keep; a class may add to that later on. */
function isOtherKind(
  own: OptimizerFacts | null,
  before: OptimizerFacts | null,
): boolean {
  if (own === null || before === null) return false;
  const isSameSize = (own.keeps.length === 0) === (before.keeps.length === 0);
  const isShared = own.keeps.some((name) => before.keeps.includes(name));
  return !isSameSize || (own.keeps.length > 0 && !isShared);
}

async function findFileGap({
  file,
  role,
  reading,
}: StateFile): Promise<string | null> {
  const read = await reading();
  // A finding says what is wrong with it.
  if (read.kind !== 'read')
    return isOwnLimit(read.kind === 'foreign' ? '' : read.defect.code)
      ? `${file.name} is larger than what this version works through`
      : null;
  const { unknown, keys, optimizer, scheduler } = read.training;
  if (unknown !== null)
    return `of ${file.name} this version cannot tell whether its loader takes it: ${unknown}`;
  if (role === 'optimizer' && optimizer === null)
    return `${file.name} is not what the optimizers of torch keep, so that its own loader alone knows whether it is whole`;
  if (role === 'model' && !keys?.length)
    return `${file.name} holds no state dict that this version knows`;
  if (role === 'optimizer' && optimizer?.odd != null)
    return `${file.name} keeps ${optimizer.odd}, of which its loader makes nothing that this version knows`;
  if (role === 'scheduler' && scheduler === null)
    return `${file.name} is not what the schedulers of torch keep, so that its own loader alone knows whether it is whole`;
  if (role === 'scheduler' && scheduler?.hasOwn === false)
    return `${file.name} holds what all schedulers of torch keep, and nothing of its own kind, without which most do not load`;
  return null;
}

/** Budgets of this tool, which say nothing against the file. */
export function isOwnLimit(code: string): boolean {
  return (
    code === 'pickle-too-large' ||
    code === 'too-many-entries' ||
    code === 'directory-too-large'
  );
}
