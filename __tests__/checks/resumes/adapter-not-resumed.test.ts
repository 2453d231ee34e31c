import { adapterNotResumed } from '../../../src/core/checks/resumes/adapter-not-resumed.ts';
import {
  adapterConfig,
  adapterFiles,
  adapterWeights,
  modelFiles,
} from '../../builders/checkpoint.ts';
import { safetensors } from '../../builders/safetensors.ts';
import { zeroFiles } from '../../builders/sharded.ts';
import { buildTorchZip } from '../../builders/torch-zip.ts';
import { optimizerFile } from '../../builders/state.ts';
import { trainerSave } from '../../builders/trainer-save.ts';
import { testCheck } from '../../helpers/test-check.ts';

type Files = Readonly<Record<string, Uint8Array | string | null>>;

const withFiles = (files: Files) =>
  trainerSave('checkpoint-2', { step: 2, files });
const PATH = 'run/checkpoint-2/adapter_model.safetensors';
const INDEX = JSON.stringify({ metadata: {}, weight_map: {} });
const NO_OWN = {
  'adapter_config.json': null,
  'adapter_model.safetensors': null,
};

testCheck(adapterNotResumed, {
  clean: {
    'a healthy checkpoint': withFiles({}),
    'adapters in subfolders alone': withFiles({
      ...NO_OWN,
      ...adapterFiles('mine'),
      ...adapterFiles('ref'),
    }),
    'a configuration without weights in the folder itself': withFiles({
      'adapter_model.safetensors': null,
      ...adapterFiles('mine'),
    }),
    'a subfolder with a configuration alone': withFiles({
      'best/adapter_config.json': adapterConfig(),
    }),
    'a subfolder with a text': withFiles({ 'notes/README.md': '# Notes' }),
    'a model in a subfolder': withFiles(modelFiles('merged')),
    'an adapter deeper down': withFiles(adapterFiles('old/best')),
    'a subfolder that is loaded as `default`': withFiles({
      ...adapterFiles('default'),
      ...adapterFiles('ref'),
    }),
    'a model in shards, which is not looked for': withFiles({
      'config.json': '{}',
      'model.safetensors.index.json': INDEX,
    }),
    'a state dict of the model with its adapter': withFiles({
      'model.safetensors': safetensors({
        'base_model.model.lm_head.lora_A.default.weight': { shape: [2, 4] },
      }),
    }),
    'the state of DeepSpeed, of which the weights are loaded': withFiles({
      ...adapterFiles('ref'),
      ...zeroFiles('.', { ranks: [0], tag: 'global_step2' }),
    }),
    'an adapter beside a model that is trained as a whole': withFiles({
      ...modelFiles(),
      'optimizer.pt': optimizerFile({ shapes: [[2, 4], [4, 2], [8]] }),
    }),
    'what DeepSpeed leaves beside its state': withFiles({
      ...adapterFiles('ref'),
      'zero_to_fp32.py': '',
    }),
    'the weights of FSDP': withFiles({
      ...adapterFiles('ref'),
      'pytorch_model_fsdp.bin': buildTorchZip(),
    }),
    'shards of FSDP': withFiles({
      ...adapterFiles('ref'),
      'pytorch_model_fsdp_0/.metadata': '',
    }),
    'a folder that no Trainer saved': {
      ...adapterFiles('checkpoint-2'),
      ...adapterFiles('checkpoint-2/ref'),
    },
    'the output folder, which nothing resumes from': {
      ...withFiles({}),
      ...adapterFiles(),
      ...adapterFiles('ref'),
    },
    'a run that keeps no state to go on with': withFiles({
      ...adapterFiles('ref'),
      'optimizer.pt': null,
      'scheduler.pt': null,
    }),
  },
  found: {
    'the reference adapter of TRL': {
      files: withFiles(adapterFiles('ref')),
      expect: [
        {
          message: 'besideNamed',
          severity: 'warning',
          path: PATH,
          text: /: a resume loads the adapter in the subfolder ref, and not adapter_model\.safetensors \(\d+ bytes\) of the checkpoint itself\.$/,
          fix: /^Move the subfolder out .* TRL makes its `ref` anew/,
        },
      ],
    },
    'copies in several subfolders, one of a torch file, one a checkpoint': {
      files: withFiles({
        'best/adapter_model.bin': buildTorchZip(),
        ...adapterFiles('checkpoint-6'),
      }),
      expect: [
        {
          message: 'besideNamed',
          path: PATH,
          text: /: a resume loads the adapters in 2 subfolders, best, checkpoint-6, and not /,
          fix: /^Move the subfolders out of the checkpoint before the resume\.$/,
        },
      ],
    },
    'an adapter kept as it was initialised': {
      files: withFiles(adapterFiles('pissa_init')),
      expect: [{ message: 'besideNamed', text: /pissa_init/ }],
    },
    'an adapter in a torch file': {
      files: withFiles({
        'adapter_model.safetensors': null,
        'adapter_model.bin': buildTorchZip(),
        'ref/adapter_model.safetensors': adapterWeights(),
      }),
      expect: [
        {
          message: 'besideNamed',
          path: 'run/checkpoint-2/adapter_model.bin',
          text: /not adapter_model\.bin/,
        },
      ],
    },
    'a merged model beside the adapter': {
      files: withFiles(modelFiles()),
      expect: [
        {
          message: 'besideModel',
          severity: 'warning',
          path: PATH,
          text: /: a resume loads model\.safetensors \(\d+ bytes\), and not the adapter beside it, adapter_model\.safetensors \(\d+ bytes\)\.$/,
        },
      ],
    },
    'a model in a torch file, which is looked for before an index': {
      files: withFiles({
        'pytorch_model.bin': buildTorchZip(),
        'model.safetensors.index.json': INDEX,
      }),
      expect: [
        { message: 'besideModel', text: /a resume loads pytorch_model\.bin/ },
      ],
    },
    'a model before adapters in subfolders': {
      files: withFiles({
        ...modelFiles(),
        ...adapterFiles('ref'),
        ...adapterFiles('default'),
      }),
      expect: [{ message: 'besideModel', path: PATH }],
    },
    'a model that cannot be read': {
      files: withFiles({ 'model.safetensors': 'x' }),
      expect: [{ message: 'besideModel' }],
    },
  },
});
