import { torchNotStateDict } from '../../../src/core/checks/loads/torch-not-state-dict.ts';
import { adapterConfig, adapterFiles } from '../../builders/checkpoint.ts';
import {
  FALSE,
  global,
  int,
  pickle,
  reduced,
  stateDict,
  tensor,
  text,
  tuple,
} from '../../builders/pickle.ts';
import { buildTorchZip } from '../../builders/torch-zip.ts';
import { testCheck } from '../../helpers/test-check.ts';

const A = tensor({ shape: [2, 4] });
const torchFile = (bytes: Uint8Array) =>
  buildTorchZip({ pickle: bytes, storages: [new Uint8Array(32)] });
const adapter = (bytes: Uint8Array) => ({
  'adapter_config.json': adapterConfig(),
  'adapter_model.bin': torchFile(bytes),
});
/** The opcodes of a dict without PROTO and STOP. */
const dict = (tensors: Readonly<Record<string, readonly number[]>>) => [
  ...stateDict(tensors).slice(2, -1),
];
const META = reduced(
  global('torch._utils', '_rebuild_meta_tensor_no_storage'),
  global('torch', 'float32'),
  tuple(int(2), int(4)),
  tuple(int(4), int(1)),
  FALSE,
);
const SPARSE = reduced(
  global('torch._utils', '_rebuild_sparse_tensor'),
  reduced(
    global('torch.serialization', '_get_layout'),
    text('torch.sparse_coo'),
  ),
  tuple(
    tensor({ shape: [1, 2], key: '1', storage: 'LongStorage' }),
    tensor({ shape: [2], key: '2' }),
    reduced(global('torch', 'Size'), tuple(int(4))),
    [0x88],
  ),
);

testCheck(torchNotStateDict, {
  clean: {
    'a state dict': adapter(stateDict({ 'a.lora_A.weight': A })),
    'a number beside the tensors, which PEFT and transformers pass over':
      adapter(stateDict({ 'a.lora_A.weight': A, epoch: int(3) })),
    'an adapter in safetensors': adapterFiles(),
    "a file of Lightning's": {
      'last.ckpt': torchFile(stateDict({ state_dict: dict({ a: A }) })),
    },
    'an empty dict, which is another check': adapter(stateDict({})),
  },
  found: {
    'a list of tensors': {
      files: adapter(pickle([0x80, 2, 0x5d], A, [0x61, 0x2e])),
      expect: [{ message: 'notDict', severity: 'error', text: /type list/ }],
    },
    'one tensor': {
      files: adapter(pickle([0x80, 2], A, [0x2e])),
      expect: [{ message: 'notDict', text: /type Tensor/ }],
    },
    'a state dict in a dict': {
      files: adapter(
        stateDict({ state_dict: dict({ 'a.lora_A.weight': A, b: A }) }),
      ),
      expect: [
        {
          message: 'nested',
          severity: 'error',
          text: /holds 2 tensors, none of them by its own name: they lie deeper \(state_dict\.a\.lora_A\.weight, state_dict\.b\)/,
        },
      ],
    },
    'a key that is a number': {
      files: adapter(pickle([0x80, 2, 0x7d], int(1), A, [0x73, 0x2e])),
      expect: [{ message: 'keys', text: /1 key that is no text/ }],
    },
    'a tensor on the meta device': {
      files: adapter(stateDict({ a: A, b: META })),
      expect: [
        { message: 'noData', text: /1 tensor without any values \(b\)/ },
      ],
    },
    'a sparse tensor': {
      files: {
        'adapter_config.json': adapterConfig(),
        'adapter_model.bin': buildTorchZip({
          pickle: stateDict({ a: A, b: SPARSE }),
          storages: [new Uint8Array(32), new Uint8Array(16), new Uint8Array(8)],
        }),
      },
      expect: [{ message: 'sparse', text: /1 sparse tensor \(b\)/ }],
    },
  },
});
