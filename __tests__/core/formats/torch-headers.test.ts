import { describe, expect, test } from '@jest/globals';
import {
  LOCAL_HEADERS_GAP_BYTES,
  LOCAL_HEADERS_MAX,
} from '../../../src/core/bytes/limits.ts';
import { findLostHeaders } from '../../../src/core/formats/torch-headers.ts';
import { readTorchZip } from '../../../src/core/formats/torch-zip.ts';
import { buildTorchZip, withoutHeader } from '../../builders/torch-zip.ts';
import { archiveReader } from '../../builders/zip.ts';

/** What is lost of a file, and the reads that it took. */
async function lostIn(bytes: Uint8Array) {
  const zip = await readTorchZip(archiveReader(bytes));
  if (!zip.ok) throw new Error(zip.defect.code);
  const reader = archiveReader(bytes);
  return { lost: await findLostHeaders(reader, zip.value), ...reader };
}

const storagesOf = (count: number, bytes: number) =>
  Array.from({ length: count }, () => new Uint8Array(bytes).fill(0xaa));
const WHOLE = buildTorchZip({ storages: storagesOf(4, 64) });

describe('local headers', () => {
  test('of a whole file none is lost, and one read shows it', async () => {
    const { lost, reads } = await lostIn(WHOLE);
    expect(lost).toEqual([]);
    expect(reads).toHaveLength(1);
  });

  // As torch.load 2.13 refuses, or not, each of these.
  test.each<[string, Uint8Array, string[]]>([
    ['zeros', withoutHeader(WHOLE, 'data/1'), ['data/1']],
    [
      'garbage',
      withoutHeader(WHOLE, 'data/1', new Uint8Array(30).fill(0xa5)),
      ['data/1'],
    ],
    [
      'the signature alone',
      withoutHeader(WHOLE, 'data/3', new Uint8Array(4)),
      ['data/3'],
    ],
    [
      'a name that leads beyond the file',
      withoutHeader(WHOLE, 'data/3', Uint8Array.of(0xff, 0xff), 26),
      ['data/3'],
    ],
    [
      'a name of no length, of which torch takes no notice',
      withoutHeader(WHOLE, 'data/1', new Uint8Array(2), 26),
      [],
    ],
    [
      'another method, of which torch takes none either',
      withoutHeader(WHOLE, 'data/1', Uint8Array.of(8, 0), 8),
      [],
    ],
    [
      'what is read before the storages',
      withoutHeader(withoutHeader(WHOLE, '.data/serialization_id'), 'data/0'),
      ['.data/serialization_id', 'data/0'],
    ],
    [
      'the format version',
      withoutHeader(WHOLE, '.format_version'),
      ['.format_version'],
    ],
  ])('%s', async (_name, bytes, expected) => {
    expect((await lostIn(bytes)).lost).toEqual(expected);
  });

  test('a record of 0 bytes, and one that torch.load does not ask for', async () => {
    const bytes = buildTorchZip({
      storages: [new Uint8Array()],
      extra: [{ name: 'archive/notes', content: 'x' }],
    });
    const without = withoutHeader(withoutHeader(bytes, 'data/0'), 'notes');
    expect((await lostIn(without)).lost).toEqual([]);
  });

  test('what lies far apart is read by itself', async () => {
    const size = LOCAL_HEADERS_GAP_BYTES + 1;
    const { lost, reads } = await lostIn(
      withoutHeader(buildTorchZip({ storages: storagesOf(3, size) }), 'data/2'),
    );
    expect(lost).toEqual(['data/2']);
    // With data/0 what lies before it, and with the end of the last what lies behind.
    expect(reads).toHaveLength(4);
    expect(Math.max(...reads.map(({ length }) => length))).toBeLessThan(2048);
  });

  test('small records come in pieces of 256 KiB', async () => {
    const { lost, reads } = await lostIn(
      withoutHeader(
        buildTorchZip({ storages: storagesOf(3000, 64) }),
        'data/2999',
      ),
    );
    expect(lost).toEqual(['data/2999']);
    expect(reads).toHaveLength(3);
    for (const { length } of reads)
      expect(length).toBeLessThanOrEqual(256 * 1024);
  });

  test('of more records than are looked at nothing is said', async () => {
    const bytes = buildTorchZip({ storages: storagesOf(LOCAL_HEADERS_MAX, 1) });
    const { lost, reads } = await lostIn(bytes);
    expect(lost).toBeNull();
    expect(reads).toHaveLength(0);
  });
});
