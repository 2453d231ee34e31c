import { weightsUnchanged } from '../../../src/core/checks/trained/weights-unchanged.ts';
import {
  adapterConfig,
  adapterFiles,
  adapterWeights,
  modelFiles,
} from '../../builders/checkpoint.ts';
import { filled } from '../../builders/floats.ts';
import { safetensors } from '../../builders/safetensors.ts';
import { testCheck } from '../../helpers/test-check.ts';

const WEIGHTS = adapterWeights();
const MODULE = 'base_model.model.model.layers.0.self_attn.q_proj';

const step = (at: number, weights = WEIGHTS, ...rates: readonly number[]) => ({
  [`checkpoint-${at}/adapter_config.json`]: adapterConfig(),
  [`checkpoint-${at}/adapter_model.safetensors`]: weights,
  [`checkpoint-${at}/trainer_state.json`]: JSON.stringify({
    global_step: at,
    log_history: rates.map((learning_rate) => ({ learning_rate })),
  }),
});

const MODEL = Object.entries(modelFiles());
const model = (at: number) =>
  Object.fromEntries(
    MODEL.map(([name, content]) => [`checkpoint-${at}/${name}`, content]),
  );

/** The same tensors and other metadata of the same length. */
const dated = (date: string) =>
  safetensors(
    {
      [`${MODULE}.lora_A.weight`]: filled([2, 4], 0.25),
      [`${MODULE}.lora_B.weight`]: filled([4, 2], 0.5),
    },
    { date },
  );

const DEAD = safetensors({
  [`${MODULE}.lora_A.weight`]: filled([2, 4], NaN),
  [`${MODULE}.lora_B.weight`]: filled([4, 2], NaN),
});

/** Steps of a run whose schedule ended at a rate of 0 with step 2. */
const ended = (at: number) => ({
  ...step(at),
  [`checkpoint-${at}/trainer_state.json`]: JSON.stringify({
    global_step: at,
    log_history: [2, 4, 6]
      .filter((one) => one <= at)
      .map((one) => ({ learning_rate: one === 2 ? 1e-4 : 0, step: one })),
  }),
});

const [LAST] = WEIGHTS.slice(-1);
const OTHER = WEIGHTS.slice();
OTHER[OTHER.length - 1] = (LAST ?? 0) ^ 1;

testCheck(weightsUnchanged, {
  clean: {
    'a run whose steps differ': {
      ...step(2, adapterWeights()),
      ...step(4, adapterWeights()),
    },
    'steps that differ in one bit': { ...step(2), ...step(4, OTHER) },
    'an output root that equals the last step': {
      ...step(2),
      'adapter_config.json': adapterConfig(),
      'adapter_model.safetensors': WEIGHTS,
    },
    'equal weights of two runs': {
      'a/checkpoint-2/adapter_config.json': adapterConfig(),
      'a/checkpoint-2/adapter_model.safetensors': WEIGHTS,
      'b/checkpoint-4/adapter_config.json': adapterConfig(),
      'b/checkpoint-4/adapter_model.safetensors': WEIGHTS,
    },
    'weights that are all NaN since': { ...step(2, DEAD), ...step(4, DEAD) },
    'a single adapter': adapterFiles(),
  },
  found: {
    'two equal steps': {
      files: { ...step(2, WEIGHTS, 1e-4), ...step(4, WEIGHTS, 1e-4) },
      expect: [
        {
          message: 'same',
          severity: 'warning',
          path: 'run/checkpoint-4/adapter_model.safetensors',
          text: /^The weights of step 4 are those of step 2, byte for byte\.$/,
        },
      ],
    },
    'two steps that differ in their metadata alone': {
      files: {
        ...step(2, dated('2026-01-01')),
        ...step(4, dated('2026-01-02')),
      },
      expect: [{ message: 'same' }],
    },
    'equal steps of an archive': {
      files: { ...step(2), ...step(4), ...step(6, OTHER) },
      isUpload: true,
      expect: [{ message: 'same' }],
    },
    'steps of an archive that differ in their metadata alone': {
      files: {
        ...step(2, dated('2026-01-01')),
        ...step(4, dated('2026-01-02')),
      },
      isUpload: true,
      expect: [{ message: 'same' }],
    },
    'equal checksums where values are not read': {
      files: { ...step(2), ...step(4), ...step(6, OTHER) },
      isUpload: true,
      options: { depth: 'headers' },
      expect: [
        {
          message: 'sameSums',
          severity: 'warning',
          path: 'run/checkpoint-4/adapter_model.safetensors',
          text: /^The weights of step 4 have the size and the checksum \(CRC-32 [0-9a-f]{8}\) of those of step 2, as the archive/,
        },
      ],
    },
    'equal checksums of models': {
      files: { ...model(2), ...model(4) },
      isUpload: true,
      options: { depth: 'headers' },
      expect: [{ message: 'sameSums' }],
    },
    'three equal steps with learning rates': {
      files: {
        ...step(2, WEIGHTS, 1e-4),
        ...step(4, WEIGHTS, 1e-4),
        ...step(6, WEIGHTS, 0, 1e-4),
      },
      expect: [
        {
          message: 'still',
          severity: 'error',
          text: /^The weights of step 6 are those of 2 steps before it \(2 and 4\), byte for byte, and learning rates above 0 are logged\.$/,
        },
        { message: 'same' },
      ],
    },
    'three equal steps of rate 0': {
      files: {
        ...step(2, WEIGHTS, 0),
        ...step(4, WEIGHTS, 0),
        ...step(6, WEIGHTS, 0),
      },
      expect: [{ message: 'same' }, { message: 'same' }],
    },
    'equal steps after a schedule that ended at a rate of 0': {
      files: { ...ended(2), ...ended(4), ...ended(6) },
      expect: [{ message: 'same' }, { message: 'same' }],
    },
    'a step that differs between equal ones': {
      files: { ...step(2), ...step(4, OTHER), ...step(6), ...step(8, OTHER) },
      expect: [
        {
          message: 'same',
          text: /^The weights of step 6 are those of step 2,/,
        },
        {
          message: 'same',
          text: /^The weights of step 8 are those of step 4,/,
        },
      ],
    },
    'more equal steps than are named': {
      files: {
        ...step(2, WEIGHTS, 0),
        ...step(4, WEIGHTS, 0),
        ...step(6, WEIGHTS, 0),
        ...step(8, WEIGHTS, 0),
        ...step(10, WEIGHTS, 0),
      },
      expect: [
        { message: 'same', text: /of step 4 are those of step 2, byte/ },
        { message: 'same', text: /of step 6 are those of step 2 and 4, byte/ },
        {
          message: 'same',
          text: /of step 8 are those of step 2, 4 and 6, byte/,
        },
        {
          message: 'same',
          text: /^The weights of step 10 are those of step 2, 4, 6 and 1 more, byte for byte\.$/,
        },
      ],
    },
  },
});
