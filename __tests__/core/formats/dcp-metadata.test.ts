import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { parseDcpMetadata } from '../../../src/core/formats/dcp-metadata.ts';
import { global, text } from '../../builders/pickle.ts';
import { dcpMetadata } from '../../builders/sharded.ts';
import { caseUrl } from '../../helpers/corpus.ts';

const REAL = new URL('tree/step-10/.metadata', caseUrl('dcp-two-processes'));

test('the list that torch wrote places four tensors in the file of each rank', async () => {
  const read = parseDcpMetadata(await readFile(REAL));
  const extents = read.ok ? [...read.value.files] : [];
  expect(
    extents.map(([name, { pieces, pieceBytes, endBytes }]) => [
      name,
      pieces,
      pieceBytes,
      endBytes,
    ]),
  ).toEqual([
    ['__0_0.distcp', 4, 6308, 6308],
    ['__1_0.distcp', 4, 6308, 6308],
  ]);
});

test('no cut of it is taken for a whole list', async () => {
  const bytes = await readFile(REAL);
  for (let length = 0; length < bytes.length; length += 1) {
    const read = parseDcpMetadata(bytes.subarray(0, length));
    expect(read.ok ? 'read' : read.defect.code).toBe('pickle-cut');
  }
});

test('no changed byte of it makes the reader throw', async () => {
  const bytes = await readFile(REAL);
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Uint8Array.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 0x55;
    expect(() => parseDcpMetadata(changed)).not.toThrow();
  }
});

test.each([
  ['a path with a folder', { name: 'a/b', length: 1 }],
  ['the folder above', { name: '..', length: 1 }],
  ['no name', { name: '', length: 1 }],
  ['a length below 0', { name: 'a', length: -1 }],
  ['an offset below 0', { name: 'a', offset: -1, length: 1 }],
  ['another class', { name: 'a', length: 1, storageClass: '_Other' }],
])('of %s it is not known where the value lies', (_name, place) => {
  const read = parseDcpMetadata(dcpMetadata([place]));
  expect(read).toMatchObject({
    ok: true,
    value: { unknown: 'a value lies where this version cannot say' },
  });
  expect(read.ok && read.value.files.size).toBe(0);
});

test('an object of many fields that stands for many values is not gone through for each', () => {
  const count = 2000;
  const fields = Array.from({ length: count }, (_, at) => [
    ...text(`k${at}`),
    0x4e,
  ]);
  const info = [
    ...global('torch.distributed.checkpoint.filesystem', '_StorageInfo'),
    ...[0x29, 0x81, 0x7d, 0x28],
    ...fields.flat(),
    ...[0x75, 0x62],
  ];
  // BINPUT it once, and BINGET it for each value.
  const values = Array.from({ length: count }, () => [0x4e, 0x68, 7]);
  const storage = [0x7d, 0x28, 0x4e, ...info, 0x71, 7, ...values.flat(), 0x75];
  const read = parseDcpMetadata(dcpMetadata([], { storage_data: storage }));
  expect(read).toMatchObject({
    ok: true,
    value: { unknown: 'it says more of its values than is read' },
  });
});
