import { oncePer } from '../formats/once-per.ts';
import type { CheckpointSubject } from './subjects.ts';

/**
 * Makes a fact of a whole run once, whichever of its checkpoints asks first: each
 * looking through all others takes seconds from some thousand checkpoints on.
 */
export function oncePerRun<T>(
  make: (checkpoints: readonly CheckpointSubject[]) => T,
): (checkpoint: CheckpointSubject) => T {
  const once = oncePer(make);
  return ({ ofRun }) => once(ofRun);
}
