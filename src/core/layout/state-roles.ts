import type { TrainingRules } from '../formats/torch-training.ts';
import {
  ACCELERATE_OPTIMIZER,
  ACCELERATE_RANDOM_STATES,
  FSDP_WHOLE_MODEL,
  SCALER_FILE,
  TRAINERS_ONLY,
} from './names.ts';
import { isZeroTag } from './sharded-state.ts';
import type { Folder } from './tree.ts';

/** What a file of a training's state keeps. */
export type StateRole =
  | 'model'
  | 'optimizer'
  | 'scheduler'
  | 'scaler'
  | 'random'
  | 'data'
  | 'custom'
  | 'arguments';

/** Who reads it: `own` is a training loop of which nothing is known. */
export type StateReader = 'Trainer' | 'accelerate' | 'own';

/** What a reader does with the file, by its name and its neighbours. */
export interface StateUse {
  readonly role: StateRole;
  readonly reader: StateReader;
  readonly rules: TrainingRules;
  /**
   * `needed`: where it cannot be read, the resume ends. `perhaps`: so it is for scripts
   * that prepare the same data again. `tolerated`: the reader goes on without it.
   * `unread`: nothing asks for it.
   */
  readonly need: 'needed' | 'perhaps' | 'tolerated' | 'unread';
}

type Given = Pick<StateUse, 'role' | 'rules' | 'need'>;

/**
 * accelerate checkpointing.py, `load_accelerator_state` and `load_custom_state`: what it
 * loads it loads with numpy's arrays allowed, objects of the user's own with anything.
 * A sampler is saved as an object, which its own `load` refuses.
 */
const ACCELERATES: readonly (readonly [RegExp, Given])[] = [
  [
    /^optimizer(?:_\d+)?\.bin$/,
    { role: 'optimizer', rules: 'with-numpy', need: 'needed' },
  ],
  [
    /^scheduler(?:_\d+)?\.bin$/,
    { role: 'scheduler', rules: 'with-numpy', need: 'needed' },
  ],
  [/^scaler\.pt$/, { role: 'scaler', rules: 'with-numpy', need: 'needed' }],
  [
    ACCELERATE_RANDOM_STATES,
    { role: 'random', rules: 'with-numpy', need: 'tolerated' },
  ],
  [
    /^(?:sampler|dl_state_dict)(?:_\d+)?\.bin$/,
    { role: 'data', rules: 'anything', need: 'perhaps' },
  ],
  [
    /^custom_checkpoint_\d+\.pkl$/,
    { role: 'custom', rules: 'anything', need: 'needed' },
  ],
];

/**
 * transformers trainer.py, `_load_optimizer_and_scheduler`, `_load_scaler` and
 * `_load_rng_state`; training_args.bin is written and never read again.
 */
const TRAINERS: readonly (readonly [RegExp, Given])[] = [
  // FULL_STATE_DICT: accelerate utils/fsdp_utils.py, load_fsdp_model.
  [FSDP_WHOLE_MODEL, { role: 'model', rules: 'weights-only', need: 'needed' }],
  [
    /^optimizer\.(?:pt|bin)$/,
    { role: 'optimizer', rules: 'weights-only', need: 'needed' },
  ],
  [
    /^scheduler\.pt$/,
    { role: 'scheduler', rules: 'weights-only', need: 'needed' },
  ],
  [/^scaler\.pt$/, { role: 'scaler', rules: 'weights-only', need: 'needed' }],
  [
    /^rng_state(?:_\d+)?\.pth$/,
    { role: 'random', rules: 'with-numpy', need: 'needed' },
  ],
  [
    /^training_args\.bin$/,
    { role: 'arguments', rules: 'anything', need: 'unread' },
  ],
];

const hasName = ({ files }: Folder, pattern: RegExp): boolean =>
  [...files.keys()].some((name) => pattern.test(name));

/** The files of a training's state that lie directly in a folder, by their names. */
export function stateUsesIn(folder: Folder): ReadonlyMap<string, StateUse> {
  const isTrainers = hasName(folder, TRAINERS_ONLY);
  const isAccelerates =
    !isTrainers &&
    (hasName(folder, ACCELERATE_RANDOM_STATES) ||
      folder.files.has(ACCELERATE_OPTIMIZER));
  const found = new Map<string, StateUse>();
  for (const name of folder.files.keys()) {
    const trainers = given(TRAINERS, name);
    const accelerates = given(ACCELERATES, name);
    if (isAccelerates && accelerates !== null)
      found.set(name, { ...accelerates, reader: 'accelerate' });
    else if (isTrainers && trainers !== null)
      found.set(name, {
        ...trainers,
        reader: 'Trainer',
        need: isPassedOver(folder, trainers) ? 'unread' : trainers.need,
      });
    else if (trainers !== null && isOfAnyLoop(name, trainers))
      found.set(name, { ...trainers, rules: 'anything', reader: 'own' });
  }
  return found;
}

/** Whether loops of users' own give the name, too. */
function isOfAnyLoop(name: string, { role }: Given): boolean {
  return name !== SCALER_FILE && role !== 'model';
}

function given(
  table: readonly (readonly [RegExp, Given])[],
  name: string,
): Given | null {
  return table.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

/** A Trainer loads optimizer and scheduler where both are there, and neither else. */
function isPassedOver(folder: Folder, { role }: Given): boolean {
  const hasZero = [folder, ...folder.folders.values()].some(isZeroTag);
  if (role === 'optimizer') return hasZero || !folder.files.has('scheduler.pt');
  if (role !== 'scheduler' || hasZero) return false;
  const hasOptimizer =
    folder.files.has('optimizer.pt') ||
    folder.files.has(ACCELERATE_OPTIMIZER) ||
    [...folder.folders.keys()].some((name) => name.includes('optimizer'));
  return !hasOptimizer;
}
