import { describe, expect, test } from '@jest/globals';
import { readZipDirectory } from '../../../src/core/formats/zip/directory.ts';
import {
  readContentOffset,
  readStored,
} from '../../../src/core/formats/zip/stored.ts';
import type { ZipDirectory } from '../../../src/core/formats/zip/types.ts';
import {
  archiveReader,
  buildZip,
  concatBytes,
  type ZipFile,
} from '../../builders/zip.ts';

const TWO: readonly ZipFile[] = [
  { name: 'a/one.txt', content: 'first' },
  { name: 'a/two.txt', content: 'the second' },
];

async function readAll(bytes: Uint8Array): Promise<ZipDirectory> {
  const read = await readZipDirectory(archiveReader(bytes));
  if (!read.ok) throw new Error(read.defect.code);
  return read.value;
}

describe('what is noted and not refused', () => {
  test.each([1, 100, 65_535])('%d trailing bytes', async (bytes) => {
    const zip = concatBytes([buildZip(TWO), new Uint8Array(bytes).fill(9)]);
    expect((await readAll(zip)).notes).toEqual([
      { code: 'trailing-bytes', bytes },
    ]);
  });

  test('a comment that is cut', async () => {
    const zip = buildZip(TWO, { comment: 'whole' }).subarray(0, -2);
    expect((await readAll(zip)).notes).toEqual([
      { code: 'comment-cut', missingBytes: 2 },
    ]);
  });

  test('entries in the way of each other', async () => {
    const far = { localHeaderOffset: 90 };
    const files = [{ name: 'x' }, { name: 'x', directory: far }, { name: 'y' }];
    expect((await readAll(buildZip(files))).notes).toEqual([
      { code: 'entry-beyond-directory', name: 'x', count: 1 },
      { code: 'duplicate-name', name: 'x', count: 1 },
    ]);
    const sizes = { sizeBytes: 3, compressedBytes: 4 };
    const zip64 = { name: 'x', isZip64: true, directory: sizes };
    expect((await readAll(buildZip([zip64]))).notes).toContainEqual({
      code: 'sizes-differ',
      name: 'x',
      count: 1,
    });
  });

  test('a Zip64 locator that leads to no record', async () => {
    const bytes = buildZip(TWO, { isZip64: true });
    bytes[bytes.length - 98] = 0;
    expect(await readAll(bytes)).toMatchObject({ isZip64: false });
  });
});

describe('contents', () => {
  test.each([0, 5, 40])(
    'of a file that became %d bytes long are not there',
    async (left) => {
      const bytes = buildZip(TWO);
      const [, two] = (await readAll(bytes)).entries;
      if (!two) throw new Error('no entry');
      const cut = archiveReader(bytes.subarray(0, left));
      expect(await readStored(cut, two, 100)).toEqual({
        ok: false,
        defect: { code: 'content-beyond-file' },
      });
    },
  );

  test.each([false, true])('of a stored entry', async (isTorchLike) => {
    const bytes = buildZip(TWO, { isTorchLike });
    const [, two] = (await readAll(bytes)).entries;
    if (!two) throw new Error('no entry');
    const whole = await readStored(archiveReader(bytes), two, 100);
    expect(whole.ok && new TextDecoder().decode(whole.value)).toBe(
      'the second',
    );
    const start = await readStored(archiveReader(bytes), two, 3);
    expect(start.ok && new TextDecoder().decode(start.value)).toBe('the');
    const offset = await readContentOffset(archiveReader(bytes), two);
    expect(offset.ok && bytes[offset.value]).toBe('t'.charCodeAt(0));
  });

  test.each<[string, ZipFile]>([
    [
      'local-header-invalid',
      { name: 'x', directory: { localHeaderOffset: 5 } },
    ],
    ['content-not-stored', { name: 'x', method: 8 }],
    ['content-not-stored', { name: 'x', flags: 1 }],
    [
      'content-beyond-file',
      { name: 'x', isZip64: true, directory: { sizeBytes: 999 } },
    ],
  ])('%s', async (code, file) => {
    const bytes = buildZip([file]);
    const [entry] = (await readAll(bytes)).entries;
    if (!entry) throw new Error('no entry');
    const read = await readStored(archiveReader(bytes), entry, 100);
    expect(read).toEqual({ ok: false, defect: { code } });
  });
});
