import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

/** A LoRA on q_proj and v_proj of 32 layers, as PEFT writes it. */
const LAYERS = 32;
const MODULES = ['q_proj', 'v_proj'];
const SIDES = ['lora_A', 'lora_B'];
const TENSOR_BYTES = 16;

/** @typedef {'healthy' | 'broken'} Health whether each checkpoint has its configuration */

/**
 * Makes a run of checkpoints with the files that Trainer and PEFT leave, and
 * fills each up to `files` with small ones.
 *
 * @param {string} root is made
 * @param {{ checkpoints: number, files: number, health: Health, seed: number, logged?: number }} options
 *   `logged`: entries that each checkpoint adds to the log in its state
 */
export function makeRun(
  root,
  { checkpoints, files, health, seed, logged = 0 },
) {
  const random = generator(seed);
  const stateOf = growingState(logged);
  const header = headerOf();
  for (let at = 1; at <= checkpoints; at++) {
    const folder = join(root, `checkpoint-${at * 10}`);
    mkdirSync(join(folder, 'samples'), { recursive: true });
    const own = {
      ...(health === 'healthy' ? { 'adapter_config.json': CONFIG } : {}),
      'adapter_model.safetensors': weights(header, random),
      'README.md': '---\nlibrary_name: peft\n---\n',
      'trainer_state.json': stateOf(at * 10),
      ...STATE,
    };
    for (const [name, content] of Object.entries(own))
      writeFileSync(join(folder, name), content);
    const rest = files - Object.keys(own).length;
    for (let sample = 0; sample < rest; sample++)
      writeFileSync(
        join(folder, 'samples', `${String(sample).padStart(4, '0')}.txt`),
        '',
      );
  }
}

/**
 * A trainer_state.json for one step after the other, as TrainerState.save_to_json of
 * transformers 5.18 writes it.
 *
 * @param {number} logged entries that each adds to the log
 * @returns {(step: number) => string}
 */
function growingState(logged) {
  /** @type {string[]} */
  const log = [];
  return (step) => {
    for (let at = 1; at <= logged; at++)
      log.push(
        `    {\n      "epoch": ${step / 1000},\n      "grad_norm": 0.16276855766773224,\n      "learning_rate": 0.009000000000000001,\n      "loss": 4.153538703918457,\n      "step": ${step - logged + at}\n    }`,
      );
    const lines = log.length === 0 ? '[]' : `[\n${log.join(',\n')}\n  ]`;
    return `{
  "best_global_step": null,
  "best_metric": null,
  "best_model_checkpoint": null,
  "epoch": ${step / 1000},
  "eval_steps": 500,
  "global_step": ${step},
  "is_hyper_param_search": false,
  "is_local_process_zero": true,
  "is_world_process_zero": true,
  "log_history": ${lines},
  "logging_steps": ${10 / Math.max(1, logged)},
  "max_steps": 100000,
  "num_input_tokens_seen": 0,
  "num_train_epochs": 3,
  "save_steps": 10,
  "stateful_callbacks": {},
  "total_flos": 123456789012.0,
  "train_batch_size": 8,
  "trial_name": null,
  "trial_params": null
}
`;
  };
}
const CORPUS = join(import.meta.dirname, '../../__tests__/corpus');
const TRAINER = join(CORPUS, 'trainer-lora/tree/checkpoint-2');

/** The state of a training as torch wrote it; of an optimizer before its first step. */
const STATE = {
  'optimizer.pt': readFileSync(
    join(CORPUS, 'accelerate-two-models/tree/state/optimizer_1.bin'),
  ),
  'scheduler.pt': readFileSync(join(TRAINER, 'scheduler.pt')),
  'rng_state.pth': readFileSync(join(TRAINER, 'rng_state.pth')),
  'training_args.bin': readFileSync(join(TRAINER, 'training_args.bin')),
};

const CONFIG = JSON.stringify({
  peft_type: 'LORA',
  r: 1,
  lora_alpha: 2,
  target_modules: MODULES,
  base_model_name_or_path: 'org/model',
});

function headerOf() {
  /** @type {Record<string, unknown>} */
  const tensors = { __metadata__: { format: 'pt' } };
  let begin = 0;
  for (let layer = 0; layer < LAYERS; layer++)
    for (const module of MODULES)
      for (const side of SIDES) {
        const name = `base_model.model.model.layers.${layer}.self_attn.${module}.${side}.weight`;
        const end = begin + TENSOR_BYTES;
        tensors[name] = {
          dtype: 'F32',
          shape: side === 'lora_A' ? [1, 4] : [4, 1],
          data_offsets: [begin, end],
        };
        begin = end;
      }
  const text = JSON.stringify(tensors);
  return Buffer.from(text.padEnd(Math.ceil(text.length / 8) * 8));
}

/** Tensors of a made model, as many as a small one has. */
const MODEL_TENSORS = 64;
/** Written over and over: what is in it does not change how it is read. */
const BLOCK_BYTES = 1 << 20;

/**
 * Makes a model of one file of numbers that are all finite.
 *
 * @param {string} root is made
 * @param {{ dtype: string, bytes: number, seed: number }} options
 */
export function makeModel(root, { dtype, bytes, seed }) {
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, 'config.json'), '{"model_type": "llama"}');
  const width = dtype === 'F32' ? 4 : 2;
  const each = Math.floor(bytes / MODEL_TENSORS / BLOCK_BYTES) * BLOCK_BYTES;
  /** @type {Record<string, unknown>} */
  const tensors = { __metadata__: { format: 'pt' } };
  for (let at = 0; at < MODEL_TENSORS; at++)
    tensors[`model.layers.${at}.mlp.up_proj.weight`] = {
      dtype,
      shape: [each / width],
      data_offsets: [at * each, (at + 1) * each],
    };
  const text = JSON.stringify(tensors);
  const header = Buffer.from(text.padEnd(Math.ceil(text.length / 8) * 8));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const random = generator(seed);
  const numbers = new Float32Array(BLOCK_BYTES / width);
  for (let at = 0; at < numbers.length; at++) numbers[at] = random() - 0.5;
  // A bfloat16 is the upper half of a float32, which lies behind the lower.
  const block =
    dtype === 'F32'
      ? numbers
      : new Uint16Array(numbers.buffer).filter((_half, at) => at % 2 === 1);
  const handle = openSync(join(root, 'model.safetensors'), 'w');
  writeSync(handle, Buffer.concat([length, header]));
  for (let at = 0; at < (each * MODEL_TENSORS) / BLOCK_BYTES; at++)
    writeSync(handle, new Uint8Array(block.buffer));
  closeSync(handle);
}

/** @param {Buffer} header @param {() => number} random */
function weights(header, random) {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const count = LAYERS * MODULES.length * SIDES.length;
  const values = new Float32Array((count * TENSOR_BYTES) / 4);
  for (let at = 0; at < values.length; at++) values[at] = random() - 0.5;
  return Buffer.concat([length, header, Buffer.from(values.buffer)]);
}

/**
 * Numbers of [0, 1): mulberry32, the same for the same seed everywhere.
 *
 * @param {number} seed
 */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
