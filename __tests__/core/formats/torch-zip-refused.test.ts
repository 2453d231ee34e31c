import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readTorchZip } from '../../../src/core/formats/torch-zip.ts';
import { torchLoaderErrors } from '../../../src/core/formats/torch-zip-errors.ts';
import { buildTorchZip, type TorchZipSpec } from '../../builders/torch-zip.ts';
import {
  archiveReader,
  concatBytes,
  type ZipFile,
} from '../../builders/zip.ts';

type Edit = NonNullable<TorchZipSpec['edit']>;

const STORAGES = [new Uint8Array(48).fill(1), new Uint8Array(8).fill(2)];
const BUILT = buildTorchZip({ storages: STORAGES });

async function open(bytes: Uint8Array) {
  return readTorchZip(archiveReader(bytes));
}

/** The code of the defect and the loader's words. */
async function refusal(bytes: Uint8Array) {
  const read = await open(bytes);
  if (read.ok) return null;
  return [read.defect.code, ...torchLoaderErrors(read.defect)];
}

// The words are those of torch 2.13.0 on the same archives.
describe('is refused', () => {
  const OPENING = 'PytorchStreamReader failed reading zip archive: ';

  test('wherever it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: BUILT.length - 1 }), async (length) => {
        const words = length < 22 ? 'not a ZIP archive' : FAILED_FINDING;
        expect(await refusal(BUILT.subarray(0, length))).toEqual([
          expect.stringMatching(/^(?:no-end-record|zero-tail)$/),
          OPENING + words,
        ]);
      }),
      { numRuns: 300 },
    );
  });
  const FAILED_FINDING = 'failed finding central directory';

  test('with a tail of zeros, or too much after its end', async () => {
    const zeros = BUILT.slice();
    zeros.fill(0, -100);
    expect(await refusal(zeros)).toEqual([
      'zero-tail',
      OPENING + FAILED_FINDING,
    ]);
    const big = { storages: [new Uint8Array(100_000).fill(7)] };
    const far = concatBytes([
      buildTorchZip(big),
      new Uint8Array(70_000).fill(9),
    ]);
    expect(await refusal(far)).toEqual([
      'no-end-record',
      OPENING + FAILED_FINDING,
    ]);
  });

  test('in other words where the search runs past the start', async () => {
    const cut = buildTorchZip({ storages: [new Uint8Array(30_000).fill(7)] });
    expect(await refusal(cut.subarray(0, 20_000))).toEqual([
      'no-end-record',
      '[Errno 22] Invalid argument',
    ]);
  });

  const located = (name: string) =>
    `PytorchStreamReader failed locating file ${name}: file not found`;
  const outside = 'file in archive is not in a subdirectory';

  test.each<[string, string, TorchZipSpec]>([
    ['record-missing', located('data.pkl'), { records: { 'data.pkl': null } }],
    [
      'record-missing',
      'Expected hasRecord("version") to be true, but got false.',
      { records: { version: null } },
    ],
    ['record-empty', 'EOFError', { pickle: new Uint8Array() }],
    [
      'version-unsupported',
      'Attempted to read a PyTorch file with version 11, but the maximum supported version for reading is 10.',
      { records: { version: '11' } },
    ],
    [
      'version-unsupported',
      'Attempted to read a PyTorch file with version 0, but the minimum supported version for reading is 1.',
      { records: { '.data/version': '0' } },
    ],
    [
      'version-invalid',
      "Couldn't parse the version abc as Long Long.",
      { records: { version: 'abc' } },
    ],
    ['version-invalid', 'stoull', { records: { version: '9'.repeat(30) } }],
    [
      'byteorder-invalid',
      'Unknown endianness type: middle',
      { records: { byteorder: 'middle' } },
    ],
    [
      'alignment-invalid',
      'invalid literal for int() with base 10',
      { records: { '.storage_alignment': 'zz' } },
    ],
    [
      'second-root',
      `${outside} archive/: other/x`,
      { extra: [{ name: 'other/x' }] },
    ],
    [
      'not-in-folder',
      `${outside}: x`,
      { edit: (files) => [{ name: 'x' }, ...files] },
    ],
    [
      'no-entries',
      'Weights only load failed',
      { edit: () => [], options: { isZip64: false } },
    ],
    [
      'name-not-utf8',
      "'utf-8' codec can't decode byte",
      { extra: [{ name: 'archive/NOTUTF8' }] },
    ],
    [
      'record-unsupported',
      'PytorchStreamReader failed retrieving file meta-data for data.pkl: unsupported encryption',
      { edit: changed('archive/data.pkl', { flags: 1 }) },
    ],
    [
      'record-unsupported',
      'PytorchStreamReader failed retrieving file meta-data for byteorder: unsupported method',
      { edit: changed('archive/byteorder', { method: 12 }) },
    ],
    [
      'record-unsupported',
      'PytorchStreamReader failed retrieving file meta-data for .format_version: unsupported feature',
      { edit: changed('archive/.format_version', { flags: 32 }) },
    ],
    [
      'record-unreadable',
      'PytorchStreamReader failed reading file version: invalid header or archive is corrupted',
      {
        edit: changed('archive/version', {
          directory: { localHeaderOffset: 3 },
        }),
      },
    ],
    [
      'entry-invalid',
      `${OPENING}unsupported encryption`,
      { edit: changed('archive/version', { flags: 1 << 13 }) },
    ],
    [
      'entry-invalid',
      `${OPENING}unsupported multidisk archive`,
      { edit: changed('archive/version', { directory: { disk: 2 } }) },
    ],
    [
      'entry-beyond-file',
      `${OPENING}invalid header or archive is corrupted`,
      {
        edit: changed('archive/version', {
          directory: { localHeaderOffset: 1e9 },
        }),
      },
    ],
  ])('for %s: %s', async (code, words, spec) => {
    expect(await refusal(withBadName(buildTorchZip(spec)))).toEqual([
      code,
      words,
    ]);
  });

  function changed(name: string, change: Partial<ZipFile>): Edit {
    return (files) =>
      files.map((file) => (file.name === name ? { ...file, ...change } : file));
  }

  /** Every `NOTUTF8` made what it says. */
  function withBadName(bytes: Uint8Array): Uint8Array {
    const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join(
      '',
    );
    for (const { index } of text.matchAll(/NOTUTF8/g)) bytes[index] = 0xff;
    return bytes;
  }
});

test('our own caps have no words of the loader', () => {
  expect(
    torchLoaderErrors({ code: 'too-many-entries', entries: 2, maxEntries: 1 }),
  ).toEqual([]);
});

test('what is not a torch zip says what it may be', async () => {
  const extra = [{ name: 'weights.npy' }];
  const read = await open(buildTorchZip({ edit: () => extra }));
  expect(read).toMatchObject({
    defect: { code: 'not-in-folder', kind: 'npz' },
  });
});
