import { expect, test } from '@jest/globals';
import { HELD_MAX_BYTES } from '../../../src/core/bytes/limits.ts';
import { fileFacts } from '../../../src/core/layout/file-facts.ts';
import { shelfOf } from '../../../src/core/layout/shelf.ts';
import { stateDict, tensor } from '../../builders/pickle.ts';
import { safetensors } from '../../builders/safetensors.ts';
import { buildTorchLegacy } from '../../builders/torch-legacy.ts';
import { buildTorchZip } from '../../builders/torch-zip.ts';
import { memorySource } from '../../helpers/memory-source.ts';
import { bytesOf } from '../values/naive.ts';

const EIGHT = [1, 2, 3, 4, 5, 6, 7, Infinity];

function factsOf(bytes: Uint8Array) {
  const entry = { path: 'w', kind: 'file', sizeBytes: bytes.length } as const;
  return fileFacts(memorySource('run', { w: bytes }), entry, {
    recall: (_text, _size, decode) => decode(),
    shelf: shelfOf(HELD_MAX_BYTES),
    documents: shelfOf(HELD_MAX_BYTES),
  });
}

test('values of a safetensors file', async () => {
  const facts = factsOf(
    safetensors({
      a: { shape: [2, 4], bytes: bytesOf('F32', EIGHT) },
      b: { shape: [3], bytes: new Uint8Array(12) },
    }),
  );
  expect(await facts.values()).toMatchObject({
    unexamined: [],
    tensors: [
      {
        name: 'a',
        infinite: 1,
        firstPlace: [1, 3],
        largest: 7,
        constant: null,
      },
      { name: 'b', elements: 3, constant: 0 },
    ],
  });
});

test.each(['little', 'big'] as const)(
  'values of a torch file of %s-endian bytes',
  async (byteorder) => {
    const facts = factsOf(
      buildTorchZip({
        pickle: stateDict({
          a: tensor({ shape: [2, 4] }),
          part: tensor({ shape: [2, 2], offset: 2, strides: [1, 2] }),
        }),
        storages: [bytesOf('F32', EIGHT, byteorder)],
        records: { byteorder },
      }),
    );
    const values = await facts.values();
    expect(
      new Map(values?.tensors.map((one) => [one.name, one.largest])),
    ).toEqual(
      new Map([
        ['a', 7],
        ['part', 6],
      ]),
    );
  },
);

test('values of a legacy torch file, each behind its count', async () => {
  const values = await factsOf(
    buildTorchLegacy({
      values: [bytesOf('F32', EIGHT), bytesOf('F32', EIGHT.toReversed())],
    }),
  ).values();
  expect(values).toMatchObject({
    unexamined: [],
    tensors: [
      { name: 'a', infinite: 1, firstPlace: [1, 3], largest: 7 },
      { name: 'b', infinite: 1, firstPlace: [0, 0], largest: 7 },
    ],
  });
});

test('of a storage that is compressed the values are not examined', async () => {
  const storage = bytesOf('F32', EIGHT);
  const facts = factsOf(
    buildTorchZip({
      pickle: stateDict({
        a: tensor({ shape: [2, 4] }),
        b: tensor({ shape: [2, 4], key: '1' }),
      }),
      storages: [storage, storage],
      edit: (files) =>
        files.map((one) =>
          one.name.endsWith('data/1') ? { ...one, method: 8 } : one,
        ),
    }),
  );
  expect(await facts.values()).toMatchObject({
    tensors: [{ name: 'a' }],
    unexamined: [{ name: 'b', reason: 'its storage is compressed' }],
  });
});

test('where the order of bytes is not known, no values are told', async () => {
  const facts = factsOf(
    buildTorchZip({
      pickle: stateDict({ a: tensor({ shape: [2, 4] }) }),
      storages: [bytesOf('F32', EIGHT)],
      edit: (files) =>
        files.map((one) =>
          one.name.endsWith('/byteorder') ? { ...one, method: 8 } : one,
        ),
    }),
  );
  expect(await facts.values()).toBeNull();
});

test('values are not told where the header or the pickle is not', async () => {
  expect(await factsOf(new Uint8Array(9)).values()).toBeNull();
  const odd = buildTorchZip({ pickle: Uint8Array.of(0x80, 2, 0x4e) });
  expect(await factsOf(odd).values()).toBeNull();
});

test('facts keep values until they are let go', async () => {
  const facts = factsOf(safetensors({ a: { shape: [2] } }));
  const first = facts.values();
  expect(facts.values()).toBe(first);
  facts.forget();
  expect(facts.values()).not.toBe(first);
  expect(await facts.values()).toEqual(await first);
});
