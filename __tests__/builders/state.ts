import {
  built,
  dict,
  FALSE,
  float,
  global,
  int,
  list,
  long,
  NONE,
  pickle,
  reduced,
  tensor,
  text,
  TRUE,
  tuple,
} from './pickle.ts';
import { buildTorchZip } from './torch-zip.ts';

/** Text, numbers and the like as opcodes; what is an array of numbers is opcodes. */
type Fields = Readonly<Record<string, readonly number[]>>;

/** A dict of named values. */
export function fields(named: Fields): number[] {
  return dict(
    ...Object.entries(named).map(
      ([name, value]) => [text(name), value] as const,
    ),
  );
}

/** A file as torch.save writes it, of what a pickle describes. */
export function torchFile(
  value: readonly number[],
  storages: readonly Uint8Array[] = [],
): Uint8Array {
  return buildTorchZip({ pickle: pickle([0x80, 2], value, 0x2e), storages });
}

/** The parameters of the adapter that `adapterFiles` builds. */
export const ADAPTER_SHAPES: readonly (readonly number[])[] = [
  [2, 4],
  [4, 2],
];

/** What a test changes of the state of AdamW. */
export interface OptimizerSpec {
  /** Of the parameters, in their order. */
  readonly shapes?: readonly (readonly number[])[];
  readonly step?: number;
  /** Parameters of each group; by default the first has them all. */
  readonly groups?: readonly number[];
  /** Parameters that have no state, as those without a gradient. */
  readonly without?: readonly number[];
  /** Every element of the first moments. */
  readonly moment?: number;
  /** Values that each state keeps besides. */
  readonly more?: Fields;
}

/** What `optimizer.pt` and `optimizer.bin` hold: the state of AdamW. */
export function optimizerFile(spec: OptimizerSpec = {}): Uint8Array {
  const storages: Uint8Array[] = [];
  const value = optimizerState(spec, storages);
  return torchFile(value, storages);
}

/**
 * The state of AdamW as opcodes.
 *
 * @param storages takes the values of its tensors
 */
export function optimizerState(
  { shapes = ADAPTER_SHAPES, step = 2, ...spec }: OptimizerSpec,
  storages: Uint8Array[],
): number[] {
  const { groups = [shapes.length], without = [], moment = 0.01 } = spec;
  const put = (shape: readonly number[], value: number) => {
    const elements = shape.reduce((product, size) => product * size, 1);
    const key = String(storages.length);
    storages.push(
      new Uint8Array(new Float32Array(elements).fill(value).buffer),
    );
    return tensor({ shape, key });
  };
  const states = shapes.flatMap((shape, at) =>
    without.includes(at)
      ? []
      : [
          [
            int(at),
            fields({
              step: put([], step),
              exp_avg: put(shape, moment),
              exp_avg_sq: put(shape, 0.0001),
              ...spec.more,
            }),
          ] as const,
        ],
  );
  let next = 0;
  const param_groups = groups.map((count) => {
    const params = Array.from({ length: count }, () => int(next++));
    return adamGroup(params);
  });
  return fields({
    state: dict(...states),
    param_groups: list(...param_groups),
  });
}

/** A group of the parameters of AdamW. */
export function adamGroup(
  params: readonly number[][],
  changed: Fields = {},
): number[] {
  return fields({
    lr: float(0.0005),
    betas: tuple(float(0.9), float(0.999)),
    eps: float(1e-8),
    weight_decay: float(0),
    amsgrad: FALSE,
    maximize: FALSE,
    foreach: NONE,
    capturable: FALSE,
    differentiable: FALSE,
    fused: NONE,
    decoupled_weight_decay: TRUE,
    initial_lr: float(0.001),
    params: list(...params),
    ...changed,
  });
}

/** What `scheduler.pt` and `scheduler.bin` hold: LambdaLR, as transformers' are. */
export function schedulerFile(step = 2, changed: Fields = {}): Uint8Array {
  return torchFile(schedulerState(step, changed));
}

/** The state of LambdaLR as opcodes. */
export function schedulerState(step: number, changed: Fields = {}): number[] {
  return fields({
    base_lrs: list(float(0.001)),
    last_epoch: int(step),
    _step_count: int(step + 1),
    _is_initial: FALSE,
    _get_lr_called_within_step: FALSE,
    _last_lr: list(float(0.0005)),
    lr_lambdas: list(dict()),
    ...changed,
  });
}

/** What `scaler.pt` holds: torch's GradScaler, in runs of fp16. */
export function scalerFile(): Uint8Array {
  return torchFile(
    fields({
      scale: float(65_536),
      growth_factor: float(2),
      backoff_factor: float(0.5),
      growth_interval: int(2000),
      _growth_tracker: int(2),
    }),
  );
}

/** Of the Mersenne Twister, in words. */
const TWISTER_WORDS = 624;
/** `torch.get_rng_state()`. */
const CPU_STATE_BYTES = 5056;
/** `torch.cuda.get_rng_state()`. */
const CUDA_STATE_BYTES = 16;

/** `random.getstate()`. */
function pythonState(): number[] {
  const words = Array.from({ length: TWISTER_WORDS }, (_, at) =>
    long((at * 2_654_435_761) % 2 ** 32),
  );
  return tuple(int(3), tuple(...words, int(624)), NONE);
}

/** `numpy.random.get_state()`: an array by the functions that numpy 2 names. */
function numpyState(): number[] {
  const latin1 = (value: string) =>
    reduced(global('_codecs', 'encode'), text(value), text('latin1'));
  const bytes = Array.from({ length: 4 * TWISTER_WORDS }, (_, at) =>
    String.fromCharCode((at * 167) % 256),
  ).join('');
  const type = built(
    reduced(global('numpy', 'dtype'), text('u4'), FALSE, TRUE),
    tuple(int(3), text('<'), NONE, NONE, NONE, int(-1), int(-1), int(0)),
  );
  const array = built(
    reduced(
      global('numpy._core.multiarray', '_reconstruct'),
      global('numpy', 'ndarray'),
      tuple(int(0)),
      latin1('b'),
    ),
    tuple(int(1), tuple(int(TWISTER_WORDS)), type, FALSE, latin1(bytes)),
  );
  return tuple(text('MT19937'), array, int(623), int(0), float(0));
}

function byteTensor(bytes: number, storages: Uint8Array[]): number[] {
  const key = String(storages.length);
  storages.push(new Uint8Array(bytes).fill(7));
  return tensor({ shape: [bytes], key, storage: 'ByteStorage' });
}

/** What `rng_state.pth` and `rng_state_0.pth` of a Trainer hold. */
export function rngFile({ hasCuda = false, changed = {} } = {}) {
  const storages: Uint8Array[] = [];
  const value = fields({
    python: pythonState(),
    numpy: numpyState(),
    cpu: byteTensor(CPU_STATE_BYTES, storages),
    ...(hasCuda ? { cuda: byteTensor(CUDA_STATE_BYTES, storages) } : {}),
    ...changed,
  });
  return torchFile(value, storages);
}

/** What `random_states_0.pkl` of accelerate holds: a torch zip by that name. */
export function randomStatesFile(step = 2): Uint8Array {
  const storages: Uint8Array[] = [];
  const value = fields({
    step: int(step),
    random_state: pythonState(),
    numpy_random_seed: numpyState(),
    torch_manual_seed: byteTensor(CPU_STATE_BYTES, storages),
  });
  return torchFile(value, storages);
}

/** What `training_args.bin` holds: an object, which nothing loads to resume. */
export function trainingArgsFile(): Uint8Array {
  const made = [
    ...global('transformers.training_args', 'TrainingArguments'),
    0x29, // EMPTY_TUPLE
    0x81, // NEWOBJ
  ];
  return torchFile(built(made, fields({ output_dir: text('out') })));
}
