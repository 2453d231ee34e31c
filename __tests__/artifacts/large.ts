import { adapterConfig } from '../builders/checkpoint.ts';
import { bytesContent, joined, trained } from '../support/github/contents.ts';
import type { Content } from '../support/github/contents.ts';
import type { ZipEntry } from '../support/github/zip-content.ts';

/** What a LoRA of a Llama takes: two matrices for each projection of each layer. */
export interface AdapterSize {
  readonly layers: number;
  readonly projections: readonly string[];
  readonly rank: number;
  readonly hidden: number;
}

/** Values of 3 MB in 128 tensors, as rank 8 on two projections of 32 layers. */
export const SMALL: AdapterSize = {
  layers: 32,
  projections: ['q_proj', 'v_proj'],
  rank: 8,
  hidden: 768,
};

/** Values of 470 MB in 448 tensors. */
export const LARGE: AdapterSize = {
  layers: 32,
  projections: [
    'q_proj',
    'k_proj',
    'v_proj',
    'o_proj',
    'g_proj',
    'u_proj',
    'd_proj',
  ],
  rank: 64,
  hidden: 4096,
};

/** The weights of such an adapter, whose values are made as they are asked for. */
export function adapterContent(size: AdapterSize, seed: number): Content {
  const { layers, projections, rank, hidden } = size;
  const tensorBytes = rank * hidden * 4;
  const entries: Record<string, unknown> = {};
  let at = 0;
  for (let layer = 0; layer < layers; layer++)
    for (const projection of projections)
      for (const [half, shape] of [
        ['A', [rank, hidden]],
        ['B', [hidden, rank]],
      ] as const) {
        const name = `base_model.model.model.layers.${layer}.self_attn.${projection}.lora_${half}.weight`;
        const data_offsets = [at, at + tensorBytes];
        entries[name] = { dtype: 'F32', shape, data_offsets };
        at += tensorBytes;
      }
  const text = JSON.stringify(entries);
  const header = text.padEnd(Math.ceil(text.length / 8) * 8);
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(header.length), true);
  return joined([
    bytesContent(length),
    bytesContent(header),
    trained(at, seed),
  ]);
}

/** A folder as Trainer leaves it, in the order in which an upload has it. */
export function trainerCheckpoint(
  step: number,
  size: AdapterSize,
  optimizerBytes: number,
): ZipEntry[] {
  const { rank, projections } = size;
  const state = {
    global_step: step,
    log_history: [{ step, learning_rate: 1e-4 }],
  };
  const files: readonly [string, Content][] = [
    ['README.md', bytesContent('# adapter\n'.repeat(500))],
    [
      'adapter_config.json',
      bytesContent(adapterConfig({ r: rank, target_modules: projections })),
    ],
    ['adapter_model.safetensors', adapterContent(size, step)],
    ['optimizer.pt', trained(optimizerBytes, step + 1)],
    ['rng_state.pth', trained(14_244, step + 2)],
    ['scheduler.pt', trained(1_064, step + 3)],
    ['trainer_state.json', bytesContent(JSON.stringify(state))],
    ['training_args.bin', trained(5_560, step + 4)],
  ];
  return files.map(([name, content]) => ({
    name: `checkpoint-${step}/${name}`,
    content,
  }));
}
