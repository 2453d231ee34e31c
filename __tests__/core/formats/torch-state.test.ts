import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { PICKLE_LIMITS } from '../../../src/core/bytes/limits.ts';
import { unpickle } from '../../../src/core/formats/pickle/machine.ts';
import { parseTorchState } from '../../../src/core/formats/torch-state.ts';
import {
  FALSE,
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

/** Storages of 32 bytes each, whatever their key, but for `missing`. */
const storageBytes = (key: string) => (key === 'missing' ? null : 32);
const parse = (bytes: Uint8Array) => parseTorchState(bytes, storageBytes);
const A = tensor({ shape: [2, 4] });
/** Of `A`. */
const F32 = {
  key: '0',
  offset: 0,
  strides: [4, 1],
  elementBytes: 4,
  storageBytes: 32,
};

test('a state dict gives its tensors by name', () => {
  const bytes = stateDict({
    'a.lora_A.weight': A,
    'a.lora_B.weight': tensor({
      shape: [4, 4],
      key: '1',
      storage: 'BFloat16Storage',
    }),
    view: tensor({ shape: [2, 2], strides: [1, 2], offset: 4, elements: 8 }),
    parameter: reduced(
      global('torch._utils', '_rebuild_parameter'),
      A,
      FALSE,
      ORDERED_DICT,
    ),
  });
  expect(parse(bytes)).toEqual({
    ok: true,
    value: {
      unknown: null,
      root: 'dict',
      inner: [],
      others: [],
      oddKeys: 0,
      trailingBytes: 0,
      storagesAt: null,
      tensors: [
        {
          name: 'a.lora_A.weight',
          form: 'dense',
          dtype: 'F32',
          shape: [2, 4],
          storage: F32,
        },
        {
          name: 'a.lora_B.weight',
          form: 'dense',
          dtype: 'BF16',
          shape: [4, 4],
          storage: { ...F32, key: '1', elementBytes: 2 },
        },
        {
          name: 'view',
          form: 'dense',
          dtype: 'F32',
          shape: [2, 2],
          storage: { ...F32, offset: 4, strides: [1, 2] },
        },
        {
          name: 'parameter',
          form: 'dense',
          dtype: 'F32',
          shape: [2, 4],
          storage: F32,
        },
      ],
    },
  });
});

test('of a repeated name the last tensor counts, as in Python', () => {
  const twice = pickle(
    [0x80, 2, 0x7d, 0x28],
    [...text('a'), ...tensor({ shape: [8] }), ...text('a'), ...A],
    [0x75, 0x2e],
  );
  expect(parse(twice)).toMatchObject({
    value: { tensors: [{ name: 'a', shape: [2, 4] }] },
  });
});

test.each([
  [
    'an object of a class that torch allows and this reader does not know',
    { a: reduced(global('torch', 'Size'), int(1)) },
    /an object of torch\.Size/,
  ],
  [
    'a tensor of a quantised storage',
    { a: tensor({ shape: [2, 4], elements: 32, storage: 'QInt8Storage' }) },
    /a tensor that is not made as torch makes it/,
  ],
  [
    'a dict with a tuple for a key',
    { a: [0x7d, ...tuple(int(1)), ...int(1), 0x73] },
    /keys of a rare kind/,
  ],
])('%s is left open', (_name, tensors, words) => {
  expect(parse(stateDict(tensors))).toMatchObject({
    ok: true,
    value: { tensors: [], unknown: expect.stringMatching(words) },
  });
});

test('what is no tensor stands beside the tensors, with its type', () => {
  const inner = [...stateDict({ w: A }).slice(2, -1)];
  const bytes = stateDict({ a: A, epoch: int(3), optimizer: inner });
  expect(parse(bytes)).toMatchObject({
    value: {
      unknown: null,
      root: 'dict',
      tensors: [{ name: 'a' }],
      inner: [{ name: 'optimizer.w', shape: [2, 4] }],
      others: [
        { name: 'epoch', type: 'int' },
        { name: 'optimizer', type: 'dict' },
      ],
    },
  });
});

test('a list is no state dict', () => {
  expect(parse(pickle([0x80, 2, 0x5d, 0x2e]))).toMatchObject({
    value: { unknown: null, root: 'list', tensors: [] },
  });
});

test.each([
  ['no STOP', stateDict({ a: A }).slice(0, -1), { code: 'pickle-cut' }],
  [
    'a text of 2^63 bytes',
    pickle([0x80, 4, 0x8d, 255, 255, 255, 255, 255, 255, 255, 127]),
    { code: 'pickle-cut' },
  ],
  [
    'a text longer than the file',
    pickle([0x80, 2, 0x58, 255, 255, 255, 255, 1]),
    { code: 'pickle-cut' },
  ],
  ['an unknown opcode', pickle([0x80, 2, 0xff]), { code: 'opcode-unknown' }],
  ['an empty stack', pickle([0x80, 2, 0x85]), { code: 'stack-empty' }],
  ['no mark', pickle([0x80, 2, 0x74]), { code: 'stack-empty' }],
  ['nothing left at STOP', pickle([0x80, 2, 0x2e]), { code: 'stack-empty' }],
  ['an empty memo', pickle([0x80, 2, 0x68, 9]), { code: 'memo-empty' }],
  [
    'text that is no UTF-8',
    pickle([0x80, 2, 0x58, 1, 0, 0, 0, 0xff, 0x2e]),
    { code: 'operand-invalid' },
  ],
  [
    'a record that is not there',
    stateDict({ a: tensor({ shape: [2, 4], key: 'missing' }) }),
    { code: 'storage-missing', key: 'missing' },
  ],
  [
    'a record of another size',
    stateDict({ a: tensor({ shape: [3] }) }),
    { code: 'storage-size', expectedBytes: '12', foundBytes: 32 },
  ],
  [
    'a tensor beyond its values',
    stateDict({ a: tensor({ shape: [3, 4], elements: 8 }) }),
    { code: 'tensor-out-of-bounds' },
  ],
  [
    'more sizes than strides',
    stateDict({ a: tensor({ shape: [2, 4], strides: [1] }) }),
    { code: 'tensor-out-of-bounds' },
  ],
])('%s is a defect', (_name, bytes, defect) => {
  expect(parse(bytes)).toMatchObject({ ok: false, defect });
});

test('lone surrogates are text to Python, and so here', () => {
  const bytes = pickle([0x80, 2, 0x58, 3, 0, 0, 0, 0xed, 0xa0, 0x80, 0x2e]);
  expect(unpickle(bytes, PICKLE_LIMITS)).toMatchObject({
    ok: true,
    value: { value: { kind: 'text' } },
  });
});

test.each([
  ['operations', [0x4e, 0x30], 'maxOperations'],
  ['objects that are dropped again', [0x7d, 0x30], 'maxObjects'],
  ['tuples in one another', [0x4e, 0x85, 0x85, 0x30], 'maxObjects'],
  ['values on the stack', [0x4e], 'maxStack'],
  ['marks', [0x28], 'maxStack'],
] as const)('ten million %s end at a budget', (_name, unit, budget) => {
  const bytes = new Uint8Array(10_000_000);
  for (let at = 0; at < bytes.length; at += 1)
    bytes[at] = unit[at % unit.length] ?? 0;
  expect(unpickle(bytes, PICKLE_LIMITS)).toMatchObject({
    ok: false,
    defect: { code: 'pickle-too-large', budget },
  });
});

test('a container in itself, a billion times over, costs one operation each', () => {
  // BINPUT, then two of it in a tuple, again and again: 2^40 leaves as a tree.
  const doubling = Array.from({ length: 40 }, () => [0x71, 0, 0x68, 0, 0x86]);
  const bytes = pickle([0x80, 2, 0x5d], doubling.flat(), [0x2e]);
  expect(unpickle(bytes, PICKLE_LIMITS)).toMatchObject({
    ok: true,
    value: { operations: 3 + 3 * 40 },
  });
  expect(parse(bytes)).toMatchObject({ ok: true });
});

test('bytes of any kind never throw', () => {
  const opcodes = fc.constantFrom(
    ...stateDict({ a: A }),
    ...[0x28, 0x2e, 0x51, 0x52, 0x62, 0x72, 0x73, 0x75, 0x81, 0x85, 0x8a],
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 300 }),
        fc
          .array(opcodes, { maxLength: 300 })
          .map((all) => Uint8Array.from(all)),
      ),
      (bytes) => {
        expect(typeof parse(bytes).ok).toBe('boolean');
      },
    ),
    { numRuns: 2000 },
  );
});
