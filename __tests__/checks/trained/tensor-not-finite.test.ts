import { tensorNotFinite } from '../../../src/core/checks/trained/tensor-not-finite.ts';
import { adapterConfig, adapterFiles } from '../../builders/checkpoint.ts';
import { floats } from '../../builders/floats.ts';
import { stateDict, tensor } from '../../builders/pickle.ts';
import { safetensors } from '../../builders/safetensors.ts';
import type { TensorSpec } from '../../builders/safetensors.ts';
import { buildTorchZip } from '../../builders/torch-zip.ts';
import { testCheck } from '../../helpers/test-check.ts';

const MODULE = 'base_model.model.model.layers.0.self_attn.q_proj';

const adapter = (b: TensorSpec) => ({
  'adapter_config.json': adapterConfig(),
  'adapter_model.safetensors': safetensors({
    [`${MODULE}.lora_A.weight`]: { shape: [2, 4] },
    [`${MODULE}.lora_B.weight`]: b,
  }),
});
const model = (weight: TensorSpec) => ({
  'config.json': '{"model_type": "llama"}',
  'model.safetensors': safetensors({
    'model.mask': weight,
    'model.other': { shape: [4] },
  }),
});
const LARGEST = 3.4028234663852886e38;
const NAN_AT_END = adapter(floats([2, 2], [1, 2, 3, NaN]));

testCheck(tensorNotFinite, {
  clean: {
    'a healthy adapter': adapterFiles(),
    'the largest and the smallest numbers of the type': adapter(
      floats([2, 2], [LARGEST, -LARGEST, 1e-45, -0]),
    ),
    'whole numbers of any bits': adapter({
      dtype: 'I32',
      shape: [2],
      bytes: new Uint8Array(8).fill(0xff),
    }),
    'a tensor of nothing': adapter({ shape: [0, 2] }),
    'a model, whose values are not read at depth auto': model(
      floats([2], [NaN, 1]),
    ),
  },
  found: {
    'one NaN, with its place': {
      files: NAN_AT_END,
      expect: [
        {
          message: 'found',
          severity: 'error',
          path: 'run/adapter_model.safetensors',
          text: /^In adapter_model\.safetensors, 1 of 2 tensors holds 1 NaN: .*lora_B\.weight \(first at \[1, 1\]\)\.$/,
        },
      ],
    },
    'both, in two tensors': {
      files: {
        'adapter_config.json': adapterConfig(),
        'adapter_model.safetensors': safetensors({
          [`${MODULE}.lora_A.weight`]: floats([1, 3], [Infinity, -Infinity, 0]),
          [`${MODULE}.lora_B.weight`]: floats([3, 1], [0, NaN, NaN]),
        }),
      },
      expect: [
        {
          message: 'found',
          text: /^In adapter_model\.safetensors, 2 of 2 tensors hold 2 NaN and 2 infinities: .*lora_A\.weight \(first at \[0, 0\]\), .*lora_B\.weight \(first at \[1, 0\]\)\.$/,
        },
      ],
    },
    'a NaN in bfloat16': {
      files: adapter({
        dtype: 'BF16',
        shape: [2],
        bytes: Uint8Array.of(0x80, 0x3f, 0xc0, 0x7f),
      }),
      expect: [{ message: 'found', text: /holds 1 NaN: .*\[1\]\)/ }],
    },
    'a NaN in a torch file': {
      files: {
        'adapter_config.json': adapterConfig(),
        'adapter_model.bin': buildTorchZip({
          pickle: stateDict({ a: tensor({ shape: [2, 4] }) }),
          storages: [
            new Uint8Array(Float32Array.of(0, 0, 0, 0, 0, 0, NaN, 0).buffer),
          ],
        }),
      },
      expect: [
        {
          message: 'found',
          text: /1 of 1 tensor holds 1 NaN: a \(first at \[1, 2\]\)/,
        },
      ],
    },
    'a mask of infinities in a model': {
      files: model(floats([2], [-Infinity, 0])),
      options: { depth: 'values' },
      expect: [
        {
          message: 'masks',
          severity: 'warning',
          text: /1 of 2 tensors holds 1 infinity: model\.mask \(first at \[0\]\)/,
        },
      ],
    },
    'a NaN in a model': {
      files: model(floats([2], [NaN, -Infinity])),
      options: { depth: 'values' },
      expect: [{ message: 'found', severity: 'error' }],
    },
  },
});
