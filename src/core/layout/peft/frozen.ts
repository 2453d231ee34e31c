/**
 * Tables that the type draws at random and never trains (tuners/*: buffers, and
 * parameters without `requires_grad`); a shadow's backbone is copied from the base.
 */
const FROZEN =
  /(?:^|\.)(?:p?vera_[AB]|frod_(?:V|s_indices|s_size)\.[^.]*|shadow_backbone\..*)$/;

/** Whether a tensor of an adapter holds what training does not move. */
export function isFrozen(name: string): boolean {
  return FROZEN.test(name);
}
