import { expect, test } from '@jest/globals';
import { torchPickleRefused } from '../../../src/core/checks/loads/torch-pickle-refused.ts';
import { adapterConfig, adapterFiles } from '../../builders/checkpoint.ts';
import {
  global,
  int,
  ORDERED_DICT,
  pickle,
  reduced,
  stateDict,
  tensor,
  text,
  tuple,
} from '../../builders/pickle.ts';
import {
  buildTorchLegacy,
  legacyDict,
  legacyTensor,
} from '../../builders/torch-legacy.ts';
import { buildTorchZip } from '../../builders/torch-zip.ts';
import { inspect } from '../../../src/core/inspect.ts';
import { memorySource } from '../../helpers/memory-source.ts';
import { testCheck } from '../../helpers/test-check.ts';

const VALUES = new Uint8Array(32);
const torchFile = (bytes: Uint8Array) =>
  buildTorchZip({ pickle: bytes, storages: [VALUES] });
const adapter = (bytes: Uint8Array) => ({
  'adapter_config.json': adapterConfig(),
  'adapter_model.bin': torchFile(bytes),
});
const A = tensor({ shape: [2, 4] });
const EVAL = stateDict({ a: reduced(global('builtins', 'eval'), text('1')) });

testCheck(torchPickleRefused, {
  clean: {
    'a state dict': adapter(stateDict({ 'a.lora_A.weight': A })),
    'what this reader does not know': adapter(
      stateDict({ a: reduced(global('torch', 'Size')) }),
    ),
    'an adapter in safetensors': adapterFiles(),
    "a file of Lightning's, which loads it with weights_only=False": {
      'last.ckpt': torchFile(EVAL),
    },
    'a file that is no zip, which is another check': {
      'adapter_config.json': adapterConfig(),
      'adapter_model.bin': 'text',
    },
    'more operations than are worked through': adapter(
      new Uint8Array(5_000_000).fill(0x29),
    ),
  },
  found: {
    'a name that is not allowed': {
      files: adapter(EVAL),
      expect: [
        {
          message: 'global',
          severity: 'error',
          path: 'run/adapter_model.bin',
          text: /^The pickle of adapter_model\.bin refers to builtins\.eval, which/,
        },
      ],
    },
    "a name that is not allowed, in FSDP's own file": {
      files: {
        'checkpoint-4/pytorch_model_fsdp.bin': torchFile(EVAL),
        'checkpoint-4/trainer_state.json': '{}',
      },
      expect: [{ message: 'global', severity: 'error' }],
    },
    'a module that torch blocks': {
      files: adapter(stateDict({ a: reduced(global('os', 'system')) })),
      expect: [{ message: 'blockedGlobal', severity: 'error' }],
    },
    'another protocol': {
      files: adapter(pickle([0x80, 4, 0x7d, 0x94, 0x2e])),
      expect: [
        { message: 'opcode', severity: 'error', text: /opcode 148 at byte 3/ },
      ],
    },
    'a call of a number': {
      files: adapter(pickle([0x80, 2], int(1), [0x29, 0x52, 0x2e])),
      expect: [{ message: 'structure', severity: 'error' }],
    },
    'an empty memo': {
      files: adapter(pickle([0x80, 2, 0x68, 9, 0x2e])),
      expect: [{ message: 'broken', severity: 'error', text: /at byte 2/ }],
    },
    'no end': {
      files: adapter(stateDict({ a: A }).slice(0, -1)),
      expect: [{ message: 'cut', severity: 'error' }],
    },
    'a record that is not there': {
      files: adapter(stateDict({ a: tensor({ shape: [2, 4], key: '7' }) })),
      expect: [
        {
          message: 'storageMissing',
          severity: 'error',
          text: /data\/7 is not in the archive/,
        },
      ],
    },
    'a record of another size': {
      files: adapter(stateDict({ a: tensor({ shape: [3] }) })),
      expect: [
        {
          message: 'storageSize',
          text: /^In adapter_model\.bin, data\/0 has 32 bytes, its tensor takes 12 bytes\.$/,
        },
      ],
    },
    'a legacy file with a storage without a type, which torch cannot read': {
      files: {
        'adapter_config.json': adapterConfig(),
        'adapter_model.bin': buildTorchLegacy({
          object: legacyDict({
            a: legacyTensor('0', {
              type: 'UntypedStorage',
              module: 'torch.storage',
            }),
          }),
        }),
      },
      expect: [{ message: 'untyped', severity: 'error' }],
    },
    'a tensor of whole numbers with a gradient': {
      files: adapter(
        stateDict({
          a: reduced(
            global('torch._utils', '_rebuild_tensor_v2'),
            [
              ...tuple(
                text('storage'),
                global('torch', 'LongStorage'),
                text('0'),
                text('cpu'),
                int(4),
              ),
              0x51,
            ],
            int(0),
            tuple(int(4)),
            tuple(int(1)),
            [0x88],
            ORDERED_DICT,
          ),
        }),
      ),
      expect: [{ message: 'gradient', severity: 'error' }],
    },
    'a tensor beyond its values': {
      files: adapter(stateDict({ a: tensor({ shape: [3, 4], elements: 8 }) })),
      expect: [{ message: 'outOfBounds', text: /\[3, 4\] reaches beyond/ }],
    },
  },
});

test('in a file that was named by itself a name is a warning', async () => {
  const { findings } = await inspect({
    targets: [
      {
        named: 'x.pt',
        sources: [memorySource('x.pt', { '': torchFile(EVAL) })],
      },
    ],
    options: { expect: 'auto', require: 'all' },
    checks: [torchPickleRefused],
  });
  expect(findings.map(({ message, severity }) => [message, severity])).toEqual([
    ['global', 'warning'],
  ]);
});
