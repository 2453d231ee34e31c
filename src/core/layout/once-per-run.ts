import type { CheckpointSubject } from './subjects.ts';

/**
 * Makes a fact of a whole run once, whichever of its checkpoints asks first: each
 * looking through all others takes seconds from some thousand checkpoints on.
 */
export function oncePerRun<T>(
  make: (checkpoints: readonly CheckpointSubject[]) => T,
): (checkpoint: CheckpointSubject) => T {
  const known = new WeakMap<readonly CheckpointSubject[], { made: T }>();
  return ({ ofRun }) => {
    const before = known.get(ofRun);
    if (before !== undefined) return before.made;
    const made = make(ofRun);
    known.set(ofRun, { made });
    return made;
  };
}
