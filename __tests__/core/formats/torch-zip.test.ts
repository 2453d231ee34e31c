import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  findTorchRecord,
  readTorchZip,
} from '../../../src/core/formats/torch-zip.ts';
import { torchLoaderErrors } from '../../../src/core/formats/torch-zip-errors.ts';
import { buildTorchZip, type TorchZipSpec } from '../../builders/torch-zip.ts';
import { archiveReader, concatBytes } from '../../builders/zip.ts';

const STORAGES = [new Uint8Array(48).fill(1), new Uint8Array(8).fill(2)];
const BUILT = buildTorchZip({ storages: STORAGES });

async function open(bytes: Uint8Array) {
  return readTorchZip(archiveReader(bytes));
}

async function zipOf(spec: TorchZipSpec) {
  const read = await open(buildTorchZip(spec));
  if (!read.ok) throw new Error(read.defect.code);
  return read.value;
}

/** The code of the defect and the loader's words. */
async function refusal(bytes: Uint8Array) {
  const read = await open(bytes);
  if (read.ok) return null;
  return [read.defect.code, ...torchLoaderErrors(read.defect)];
}

describe('a torch zip', () => {
  test('tells its root, storages, version and byte order', async () => {
    const zip = await zipOf({ storages: STORAGES, root: 'adapter_model' });
    expect(zip).toMatchObject({
      root: 'adapter_model',
      storages: { count: 2, bytes: 56 },
      unreadableStorages: [],
      version: 3,
      byteOrder: 'little',
      isTorchScript: false,
      isCrcOff: false,
      pickle: { name: 'adapter_model/data.pkl', sizeBytes: 4 },
    });
    expect(findTorchRecord(zip, 'data/1')?.sizeBytes).toBe(8);
    expect(findTorchRecord(zip, 'data/2')).toBeUndefined();
  });

  test('of old torch lacks most of the records', async () => {
    const records = {
      byteorder: null,
      '.format_version': null,
      '.storage_alignment': null,
      '.data/serialization_id': null,
    };
    expect(await zipOf({ records })).toMatchObject({ byteOrder: 'little' });
  });

  test.each<[string, TorchZipSpec]>([
    ['isTorchScript', { records: { 'constants.pkl': 'x' } }],
    [
      'isCrcOff',
      {
        edit: (files) =>
          files.map((file) => ({ ...file, directory: { crc32: 0 } })),
      },
    ],
  ])('is told by %s', async (key, spec) => {
    expect(await zipOf(spec)).toHaveProperty(key, true);
  });

  test.each(['10', '1', ' \n+3', '3x'])('has version %j', async (version) => {
    const zip = await zipOf({ records: { version } });
    expect(zip.version).toBe(Number.parseInt(version, 10));
  });

  test('may be compressed, which leaves version and byte order open', async () => {
    const zip = await zipOf({
      edit: (files) => files.map((file) => ({ ...file, method: 8 })),
    });
    expect(zip).toMatchObject({ version: null, byteOrder: null });
  });

  test('may be big-endian, and spell names in capitals', async () => {
    const records = { byteorder: 'big', 'data.pkl': null, 'DATA.PKL': 'x' };
    expect(await zipOf({ records })).toMatchObject({
      byteOrder: 'big',
      pickle: { name: 'archive/DATA.PKL' },
    });
  });

  test.each([1, 100, 4000])('may have %d trailing bytes', async (count) => {
    const bytes = concatBytes([BUILT, new Uint8Array(count)]);
    expect(await refusal(bytes)).toBeNull();
  });

  test('lists storages that torch cannot read', async () => {
    const extra = [{ name: 'archive/data/9', flags: 1 }];
    expect(await zipOf({ extra })).toHaveProperty('unreadableStorages', [
      'data/9',
    ]);
  });
});

test('any change of the bytes leaves a result', async () => {
  const place = fc.nat({ max: BUILT.length - 1 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(place, fc.nat({ max: 255 })), { maxLength: 5 }),
      async (changes) => {
        const bytes = BUILT.slice();
        for (const [at, value] of changes) bytes[at] = value;
        expect(await open(bytes)).toHaveProperty('ok');
      },
    ),
    { numRuns: 400 },
  );
});
