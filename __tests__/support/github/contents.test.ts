import { describe, expect, jest, test } from '@jest/globals';
import { crc32 } from 'node:zlib';
import { Readable } from 'node:stream';
import { fromRandomAccessReader, RandomAccessReader } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import {
  bytesContent,
  crc32Of,
  joined,
  pieces,
  trained,
  zeros,
} from './contents.ts';
import type { Content } from './contents.ts';
import {
  longComment,
  manyCheckpoints,
  manyEntries,
  overFourGiB,
  twoCheckpoints,
} from './samples.ts';
import { zipContent } from './zip-content.ts';

// Others may need the machine at the same time.
jest.setTimeout(30_000);

describe('checksums are those of the bytes', () => {
  test.each<[string, Content]>([
    ['no zeros', zeros(0)],
    ['zeros', zeros(1_234_567)],
    ['less than a tile', trained(12_345, 7)],
    ['some tiles', trained(3_500_000, 8)],
    ['parts', joined([bytesContent('head'), zeros(99), trained(4000, 1)])],
  ])('%s', (_name, content) => {
    let expected = 0;
    for (const piece of pieces(content)) expected = crc32(piece, expected);
    expect(content.crc32?.()).toBe(expected);
    expect(crc32Of(content)).toBe(expected);
  });
});

test('a slice is the same whatever its bounds', () => {
  const content = joined([
    bytesContent('abc'),
    trained(2_200_000, 3),
    zeros(5),
  ]);
  const whole = content.slice(0, content.sizeBytes);
  for (const [start, end] of [
    [0, 0],
    [1, 2],
    [2, 4],
    [1_048_500, 1_048_700],
    [3, 2_200_008],
  ] as const)
    expect(
      Buffer.compare(content.slice(start, end), whole.subarray(start, end)),
    ).toBe(0);
});

test('numbers look trained: finite, small, none zero, another content another', () => {
  const numbers = (seed: number) =>
    new Float32Array(trained(2_000_000, seed).slice(0, 2_000_000).buffer);
  const first = numbers(1);
  expect(first.every((number) => number !== 0 && Math.abs(number) < 0.2)).toBe(
    true,
  );
  expect(new Set(first).size).toBeGreaterThan(100_000);
  expect(numbers(2)).not.toEqual(first);
});

describe('yauzl reads what is built', () => {
  test.each<[string, () => Content, number, number]>([
    ['2 GB', twoCheckpoints, 16, 2e9],
    ['200 checkpoints', manyCheckpoints, 1600, 1e9],
    ['over 4 GiB', overFourGiB, 9, 5e9],
    ['a long comment', longComment, 8, 3.05e6],
  ])('%s', async (_name, build, entries, sizeBytes) => {
    const content = build();
    expect(content.sizeBytes / sizeBytes).toBeCloseTo(1, 1);
    const read = await readZip(content);
    expect(read.names).toHaveLength(entries);
    const name = read.names.find((one) =>
      one.endsWith('adapter_model.safetensors'),
    );
    const weights = await read.bytes(name ?? '');
    const headerBytes = Number(weights.readBigUInt64LE(0));
    const header: unknown = JSON.parse(
      weights.subarray(8, 8 + headerBytes).toString(),
    );
    expect(Object.keys(header ?? {}).length).toBeGreaterThan(128);
  });

  test('deflated entries and names beyond ASCII', async () => {
    const content = zipContent([
      { name: 'é.txt', content: 'a'.repeat(1000), method: 'deflated' },
      { name: 'b.txt', content: 'b' },
    ]);
    const read = await readZip(content);
    expect(read.names).toEqual(['é.txt', 'b.txt']);
    expect((await read.bytes('é.txt')).toString()).toBe('a'.repeat(1000));
  });
});

test('a hundred thousand entries have a Zip64 end', () => {
  const content = manyEntries();
  const tail = Buffer.from(
    content.slice(content.sizeBytes - 98, content.sizeBytes),
  );
  expect(tail.readUInt32LE(0)).toBe(0x06064b50);
  expect(tail.readBigUInt64LE(32)).toBe(100_008n);
  expect(tail.readUInt16LE(98 - 22 + 10)).toBe(0xffff);
});

test('a virtual content cannot be deflated', () => {
  expect(() =>
    zipContent([{ name: 'a', content: zeros(1), method: 'deflated' }]),
  ).toThrow(/only be stored/);
});

class ContentReader extends RandomAccessReader {
  readonly #content: Content;
  constructor(content: Content) {
    super();
    this.#content = content;
  }
  override _readStreamForRange(start: number, end: number) {
    return Readable.from(pieces(this.#content, start, end));
  }
}

async function readZip(content: Content) {
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    fromRandomAccessReader(
      new ContentReader(content),
      content.sizeBytes,
      { autoClose: false, lazyEntries: true },
      (error, file) => (error === null ? resolve(file) : reject(error)),
    );
  });
  const entries = new Map<string, Entry>();
  await new Promise((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      entries.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.on('end', resolve);
    zip.on('error', reject);
    zip.readEntry();
  });
  return {
    names: [...entries.keys()],
    /** The first megabyte at most: enough for a header. */
    bytes: async (name: string): Promise<Buffer> => {
      const entry = entries.get(name);
      if (entry === undefined) throw new Error(`no ${name}`);
      const stream = await new Promise<Readable>((resolve, reject) => {
        zip.openReadStream(entry, (error, opened) =>
          error === null ? resolve(opened) : reject(error),
        );
      });
      const chunks: Buffer[] = [];
      let length = 0;
      for await (const chunk of stream) {
        if (Buffer.isBuffer(chunk)) chunks.push(chunk);
        length += chunks.at(-1)?.length ?? 0;
        if (length > 1_000_000) break;
      }
      return Buffer.concat(chunks);
    },
  };
}
