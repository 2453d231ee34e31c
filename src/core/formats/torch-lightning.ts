import type { PickleValue } from './pickle/values.ts';
import { byName, entriesOf } from './torch-dict.ts';
import type { ShapeOf } from './torch-misfit.ts';
import { describeOptimizer } from './torch-optimizer.ts';
import type { OptimizerFacts } from './torch-optimizer.ts';

/**
 * What Lightning keeps in its one file (lightning/pytorch/trainer/connectors/
 * checkpoint_connector.py, `dump_checkpoint`), as far as its loaders ask for it.
 */
export interface LightningFacts {
  /** Whether `state_dict` is a dict. */
  readonly hasWeights: boolean;
  /** Whether `loops` holds the progress of the fit. */
  readonly hasFitLoop: boolean;
  /**
   * Of each optimizer what its state holds, `null` for none of torch's; `null` in all
   * where there is no list, as with `save_weights_only=True`.
   */
  readonly optimizers: readonly (OptimizerFacts | null)[] | null;
  /** States of learning rate schedules; `null` where there is no list of them. */
  readonly schedulers: number | null;
}

/** The entry by which Lightning tells its own files, and their version. */
const VERSION = 'pytorch-lightning_version';
/** A model of several parts has an optimizer each; what is beyond is no model's. */
const OPTIMIZERS_MAX = 1000;

/** What the dict at the root says, or `null` where Lightning did not write it. */
export function describeLightning(
  root: ReadonlyMap<string, PickleValue>,
  shapeOf: ShapeOf,
): LightningFacts | null {
  if (root.get(VERSION)?.kind !== 'text') return null;
  const loops = byName(entriesOf(root.get('loops')) ?? []);
  const optimizers = root.get('optimizer_states');
  const schedulers = root.get('lr_schedulers');
  return {
    hasWeights: entriesOf(root.get('state_dict')) !== null,
    hasFitLoop: entriesOf(loops.get('fit_loop')) !== null,
    optimizers:
      optimizers?.kind === 'list'
        ? describeEach(optimizers.items, shapeOf)
        : null,
    schedulers: schedulers?.kind === 'list' ? schedulers.items.length : null,
  };
}

/** A hostile list may name one large state a thousand times: each is described once. */
function describeEach(
  items: readonly PickleValue[],
  shapeOf: ShapeOf,
): readonly (OptimizerFacts | null)[] {
  const known = new Map<PickleValue, OptimizerFacts | null>();
  return items.slice(0, OPTIMIZERS_MAX).map((item) => {
    const before = known.get(item);
    if (before !== undefined) return before;
    const facts = describeOptimizer(byName(entriesOf(item) ?? []), shapeOf);
    known.set(item, facts);
    return facts;
  });
}
