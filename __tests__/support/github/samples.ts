import { adapterConfig } from '../../builders/checkpoint.ts';
import {
  dict,
  FALSE,
  float,
  global,
  int,
  list,
  ORDERED_DICT,
  pickle,
  reduced,
  text,
  tuple,
} from '../../builders/pickle.ts';
import { safetensorsOf } from '../../builders/safetensors.ts';
import {
  fields,
  rngFile,
  schedulerFile,
  trainingArgsFile,
} from '../../builders/state.ts';
import { bytesContent, joined, trained, zeros } from './contents.ts';
import type { Content } from './contents.ts';
import { zipContent } from './zip-content.ts';
import type { ZipEntry } from './zip-content.ts';

/** Modules of a layer of Llama, with their inputs and outputs. */
type Modules = Readonly<Record<string, readonly [number, number]>>;

const ATTENTION: Modules = {
  'self_attn.q_proj': [896, 896],
  'self_attn.v_proj': [896, 224],
};
const ALL_OF_7B: Modules = {
  'self_attn.q_proj': [4096, 4096],
  'self_attn.k_proj': [4096, 4096],
  'self_attn.v_proj': [4096, 4096],
  'self_attn.o_proj': [4096, 4096],
  'mlp.gate_proj': [4096, 11_008],
  'mlp.up_proj': [4096, 11_008],
  'mlp.down_proj': [11_008, 4096],
};
const LAYERS = 32;

/** Weights of LoRA on every layer: a real header, and numbers behind it. */
export function loraWeights(
  modules: Modules,
  rank: number,
  seed: number,
): Content {
  const header: Record<string, unknown> = { __metadata__: { format: 'pt' } };
  let at = 0;
  const put = (name: string, shape: readonly number[]) => {
    const end = at + shape.reduce((product, size) => product * size, 4);
    header[name] = { dtype: 'F32', shape, data_offsets: [at, end] };
    at = end;
  };
  for (let layer = 0; layer < LAYERS; layer++)
    for (const [module, [inputs, outputs]] of Object.entries(modules)) {
      const path = `base_model.model.model.layers.${layer}.${module}`;
      put(`${path}.lora_A.weight`, [rank, inputs]);
      put(`${path}.lora_B.weight`, [outputs, rank]);
    }
  const text = JSON.stringify(header);
  const padded = text.padEnd(Math.ceil(text.length / 8) * 8);
  return joined([bytesContent(safetensorsOf(padded)), trained(at, seed)]);
}

interface CheckpointSpec {
  readonly modules: Modules;
  readonly rank: number;
  readonly optimizerBytes: number;
}

/** The files of a checkpoint of the Trainer at a step. */
function checkpoint(step: number, spec: CheckpointSpec): ZipEntry[] {
  const { modules, rank, optimizerBytes } = spec;
  const names = Object.keys(modules).map((path) => path.split('.').at(-1));
  const state = { global_step: step, epoch: step / 100, log_history: [] };
  const contents: Record<string, string | Uint8Array | Content> = {
    'adapter_config.json': adapterConfig({ r: rank, target_modules: names }),
    'adapter_model.safetensors': loraWeights(modules, rank, 2 * step),
    'optimizer.pt': optimizer(
      optimizerBytes,
      2 * step + 1,
      2 * LAYERS * names.length,
    ),
    'rng_state.pth': rngFile(),
    'scheduler.pt': schedulerFile(step),
    'training_args.bin': trainingArgsFile(),
    'trainer_state.json': JSON.stringify(state),
    'README.md': '# A checkpoint\n',
  };
  return Object.entries(contents).map(([name, content]) => ({
    name: `checkpoint-${step}/${name}`,
    content,
  }));
}

/** Spells what comes again by the number under which it was put: BINPUT, BINGET. */
function memo() {
  const known = new Map<string, number>();
  return (name: string, opcodes: readonly number[]): readonly number[] => {
    const number = known.get(name);
    if (number !== undefined) return [0x68, number];
    known.set(name, known.size);
    return [...opcodes, 0x71, known.size - 1];
  };
}

/** Adam's state of so many parameters, all of them views of one storage. */
function optimizer(
  sizeBytes: number,
  seed: number,
  parameters: number,
): Content {
  const elements = Math.floor(sizeBytes / 4);
  const each = Math.floor(elements / (2 * parameters));
  const once = memo();
  const word = (name: string) => once(name, text(name));
  const view = (shape: readonly number[], offset: number) => {
    const maker = once('maker', global('torch._utils', '_rebuild_tensor_v2'));
    const id = tuple(
      word('storage'),
      once('class', global('torch', 'FloatStorage')),
      text('0'),
      word('cpu'),
      int(elements),
    );
    const sizes = [tuple(...shape.map(int)), tuple(...shape.map(() => int(1)))];
    const hooks = once('hooks', ORDERED_DICT);
    return reduced(maker, [...id, 0x51], int(offset), ...sizes, FALSE, hooks);
  };
  const states = Array.from(
    { length: parameters },
    (_, at) =>
      [
        int(at),
        dict(
          [word('step'), view([], 0)],
          [word('exp_avg'), view([each], 2 * at * each)],
          [word('exp_avg_sq'), view([each], (2 * at + 1) * each)],
        ),
      ] as const,
  );
  const params = states.map(([number]) => number);
  const value = fields({
    state: dict(...states),
    param_groups: list(fields({ lr: float(0.1), params: list(...params) })),
  });
  return zipContent([
    { name: 'optimizer/data.pkl', content: pickle([0x80, 2], value, 0x2e) },
    { name: 'optimizer/byteorder', content: 'little' },
    { name: 'optimizer/data/0', content: trained(4 * elements, seed) },
    { name: 'optimizer/version', content: '3\n' },
  ]);
}

/**
 * 2.0 GB: two checkpoints, 448 tensors in each, stored; with a lower rank as much
 * less. Deflated, all of it is held in memory.
 */
export function twoCheckpoints(rank = 64, isDeflated = false): Content {
  const optimizerBytes = 5_625_000 * rank;
  const spec = { modules: ALL_OF_7B, rank, optimizerBytes };
  const entries = [1, 2].flatMap((at) => checkpoint(at * 100, spec));
  return zipContent(isDeflated ? entries.map(deflated) : entries);
}

function deflated({ name, content }: ZipEntry): ZipEntry {
  const isVirtual = typeof content === 'object' && 'sizeBytes' in content;
  const bytes = isVirtual ? content.slice(0, content.sizeBytes) : content;
  return { name, content: bytes, method: 'deflated' };
}

/** 1 GB: 200 checkpoints, 3 MB of weights and 2 MB of an optimizer in each, stored. */
export function manyCheckpoints(count = 200): Content {
  const spec = { modules: ATTENTION, rank: 8, optimizerBytes: 2_000_000 };
  const steps = Array.from({ length: count }, (_, at) => (at + 1) * 10);
  return zipContent(steps.flatMap((step) => checkpoint(step, spec)));
}

/** An adapter among so many other files that the directory needs Zip64. */
export function manyEntries(count = 100_000): Content {
  const spec = { modules: ATTENTION, rank: 8, optimizerBytes: 1000 };
  const others = Array.from({ length: count }, (_, at) => ({
    name: `samples/${at % 100}/${at}.txt`,
    content: `${at}\n`,
  }));
  return zipContent([...others, ...checkpoint(10, spec)]);
}

/** 5 GB: a sparse file over 4 GiB, and an adapter behind it. */
export function overFourGiB(): Content {
  const spec = { modules: ATTENTION, rank: 8, optimizerBytes: 1000 };
  const sparse = { name: 'cache/sparse.bin', content: zeros(5_000_000_000) };
  return zipContent([sparse, ...checkpoint(10, spec)]);
}

/** A comment that the directory's end has to be searched across. */
export function longComment(): Content {
  const spec = { modules: ATTENTION, rank: 8, optimizerBytes: 1000 };
  return zipContent(checkpoint(10, spec), { comment: '-'.repeat(60_000) });
}
