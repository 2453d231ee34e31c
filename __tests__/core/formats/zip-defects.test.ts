import { describe, expect, test } from '@jest/globals';
import {
  ZIP_DIRECTORY_MAX_BYTES,
  ZIP_MAX_ENTRIES,
} from '../../../src/core/bytes/limits.ts';
import { readZipDirectory } from '../../../src/core/formats/zip/directory.ts';
import {
  archiveReader,
  buildZip,
  buildZipEnd,
  concatBytes,
  type ZipFile,
} from '../../builders/zip.ts';

const TWO: readonly ZipFile[] = [
  { name: 'a/one.txt', content: 'first' },
  { name: 'a/two.txt', content: 'the second' },
];
const GIB = 1024 ** 3;

async function defectOf(bytes: Uint8Array, sizeBytes?: number) {
  const read = await readZipDirectory(archiveReader(bytes, sizeBytes));
  return read.ok ? null : read.defect;
}

/** The archive with its end record changed at `at` (from its start). */
function withEndByte(bytes: Uint8Array, at: number, value: number): Uint8Array {
  const changed = bytes.slice();
  changed[bytes.length - 22 + at] = value;
  return changed;
}

describe('defects', () => {
  const zip = buildZip(TWO);

  test('no end record', async () => {
    expect(await defectOf(zip.subarray(0, -1))).toEqual({
      code: 'no-end-record',
      fileBytes: zip.length - 1,
      searchedBytes: zip.length - 1,
    });
    expect(await defectOf(new Uint8Array(21))).toEqual({
      code: 'no-end-record',
      fileBytes: 21,
      searchedBytes: 0,
    });
  });

  test('a tail of zeros, counted as far as was looked', async () => {
    const zeros = new Uint8Array(5000);
    const cut = concatBytes([zip.subarray(0, -22), zeros]);
    expect(await defectOf(cut)).toMatchObject({
      code: 'zero-tail',
      zeroBytes: 5000,
    });
    expect(await defectOf(new Uint8Array(100_000), GIB)).toMatchObject({
      zeroBytes: 65_557,
      searchedBytes: 65_557,
    });
  });

  test.each([
    [4, 1, 'disks'],
    [8, 7, 'disks'],
  ])('an end record with byte %d = %d', async (at, value, field) => {
    const bytes = withEndByte(zip, at, value);
    expect(await defectOf(bytes)).toEqual({
      code: 'end-record-invalid',
      field,
    });
  });

  test.each([
    [8, 1, 'zip64-offset'],
    [16, 1, 'disks'],
    [-56 + 4, -1, 'zip64-size'],
    [-56 + 39, 0, 'entry-count'],
    [-56 + 47, 0, 'directory-size'],
    [-56 + 55, 0, 'directory-offset'],
  ])('a Zip64 record with byte %d off', async (at, _, field) => {
    const bytes = buildZip(TWO, { isZip64: true });
    const index = bytes.length - 42 + at + (field === 'zip64-offset' ? 6 : 0);
    bytes[index] = field === 'zip64-size' ? 1 : 0x70;
    if (field === 'entry-count') bytes[index - 8] = 0x70;
    expect(await defectOf(bytes)).toEqual({
      code: 'end-record-invalid',
      field,
    });
  });

  test('a directory beyond the file', async () => {
    const bytes = withEndByte(zip, 18, 1);
    expect(await defectOf(bytes)).toMatchObject({
      code: 'directory-beyond-file',
      fileBytes: zip.length,
    });
  });

  test('a directory that is too short for its entries', async () => {
    const short = withEndByte(zip, 12, 50);
    expect(await defectOf(short)).toMatchObject({
      code: 'directory-truncated',
      index: 1,
      entries: 2,
    });
    const longer = withEndByte(withEndByte(zip, 12, 100), 8, 2);
    expect(await defectOf(longer)).toMatchObject({
      code: 'directory-truncated',
      index: 1,
    });
  });

  test('a directory that is elsewhere', async () => {
    const bytes = concatBytes([Uint8Array.of(0), zip]);
    expect(await defectOf(bytes)).toEqual({
      code: 'entry-invalid',
      index: 0,
      field: 'signature',
    });
  });

  test.each<[string, ZipFile]>([
    ['sizes', { name: 'x', directory: { sizeBytes: 1 } }],
    ['sizes', { name: 'x', method: 8, directory: { sizeBytes: 1 } }],
    ['disk', { name: 'x', directory: { disk: 0xffff } }],
    ['masked', { name: 'x', flags: 1 << 13 }],
    ['zip64', { name: 'x', isZip64: true, directory: { sizeBytes: 2 ** 53 } }],
  ])('an entry with invalid %s', async (field, file) => {
    expect(await defectOf(buildZip([file]))).toMatchObject({
      code: 'entry-invalid',
      field,
    });
  });

  test.each([false, true])('an entry beyond the file', async (isZip64) => {
    const directory = { localHeaderOffset: 500 };
    const bytes = buildZip([{ name: 'x', isZip64, directory }]);
    expect(await defectOf(bytes)).toEqual({
      code: 'entry-beyond-file',
      index: 0,
      name: 'x',
      endBytes: 530,
      fileBytes: bytes.length,
    });
  });

  test('more than our caps, before reading it', async () => {
    const entries = ZIP_MAX_ENTRIES + 1;
    const many = declare(entries, entries * 46);
    expect(await defectOf(many, GIB)).toMatchObject({
      code: 'too-many-entries',
      entries,
    });
    const large = archiveReader(declare(1, ZIP_DIRECTORY_MAX_BYTES + 1), GIB);
    expect(await readZipDirectory(large)).toMatchObject({
      ok: false,
      defect: { code: 'directory-too-large' },
    });
    expect(large.reads).toHaveLength(1);
  });

  /** Zip64 end records of a directory that is not there. */
  function declare(entries: number, sizeBytes: number): Uint8Array {
    const bytes = concatBytes([
      new Uint8Array(100),
      buildZipEnd([], GIB - 98, { isZip64: true }),
    ]);
    const view = new DataView(bytes.buffer);
    view.setBigUint64(100 + 24, BigInt(entries), true);
    view.setBigUint64(100 + 32, BigInt(entries), true);
    view.setBigUint64(100 + 40, BigInt(sizeBytes), true);
    view.setBigUint64(100 + 48, 0n, true);
    return bytes;
  }
});
