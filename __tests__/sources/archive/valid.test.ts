import { describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { buildZip, type ZipFile, type ZipOptions } from '../../builders/zip.ts';
import {
  archiveOf,
  complaintsOf,
  factsOf,
  readWhole,
  sweptComplaintsOf,
} from '../../helpers/archive.ts';

const FILES: readonly ZipFile[] = [
  { name: 'run/' },
  { name: 'run/checkpoint-2/adapter_config.json', content: '{"r": 8}' },
  {
    name: 'run/checkpoint-2/adapter_model.safetensors',
    content: patterned(300_000),
  },
  { name: 'run/checkpoint-2/empty.txt' },
  { name: 'run/ä/日本.json', content: '[]', flags: 0x800 },
];

function patterned(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = 7;
  for (let at = 0; at < length; at += 1) {
    state = (state * 1_103_515_245 + 12_345) >>> 0;
    bytes[at] = at < 50_000 ? (at >> 6) & 0xff : state >>> 24;
  }
  return bytes;
}

/** Comparing large buffers element by element takes seconds. */
function expectSame(got: Uint8Array, wanted: Uint8Array): void {
  expect(Buffer.compare(got, wanted)).toBe(0);
}

const VARIANTS: Record<string, [ZipOptions, Partial<ZipFile>]> = {
  stored: [{}, {}],
  'stored, with descriptors': [{ hasDescriptors: true }, {}],
  'deflated by 1': [{}, { level: 1 }],
  'deflated by 9, with descriptors': [{ hasDescriptors: true }, { level: 9 }],
  zip64: [{ isZip64: true }, { isZip64: true }],
  'with the longest comment': [{ comment: 'c'.repeat(65_535) }, {}],
  'with a comment of 60 KB and zip64': [
    { comment: 'c'.repeat(60_000), isZip64: true },
    { level: 6, isZip64: true },
  ],
};

describe.each(Object.entries(VARIANTS))('%s', (_name, [options, fields]) => {
  const bytes = buildZip(
    FILES.map((file) => ({
      ...file,
      ...(file.name.endsWith('/') ? {} : fields),
    })),
    options,
  );

  test('nothing is found against it', async () => {
    expect(await complaintsOf(archiveOf(bytes))).toEqual([]);
    expect(await sweptComplaintsOf(archiveOf(bytes))).toEqual([]);
  });

  test('files are as they were put in', async () => {
    const source = archiveOf(bytes);
    for (const { name, content = '' } of FILES.slice(1)) {
      const whole = await readWhole(source, name);
      expectSame(whole, Buffer.from(content));
      const reader = await source.open(name);
      const end = Math.min(reader.size, 200_000);
      const start = Math.min(end, 60_000);
      expectSame(
        await reader.read(start, end - start),
        whole.subarray(start, end),
      );
      const streamed: Uint8Array[] = [];
      for await (const piece of reader.stream(start, end))
        streamed.push(new Uint8Array(piece));
      expectSame(Buffer.concat(streamed), whole.subarray(start, end));
      const scanned: Uint8Array[] = [];
      await reader.scan?.([[start, end]], (piece) => {
        scanned.push(new Uint8Array(piece));
      });
      expectSame(Buffer.concat(scanned), Buffer.concat(streamed));
    }
  });

  test('one pass gives every byte of every file, and the digest of all', async () => {
    const source = archiveOf(bytes);
    const got = new Map<string, Uint8Array[]>();
    const ended: string[] = [];
    const swept = await source.sweep?.((path) => {
      const pieces: Uint8Array[] = [];
      got.set(path, pieces);
      return Promise.resolve({
        feed: (piece) => {
          pieces.push(new Uint8Array(piece));
        },
        end: () => {
          ended.push(path);
        },
      });
    });
    expect(swept?.digest).toBe(
      `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
    );
    expect(ended).toEqual(FILES.slice(1).map(({ name }) => name));
    for (const { name, content = '' } of FILES.slice(1))
      expectSame(Buffer.concat(got.get(name) ?? []), Buffer.from(content));
  });

  test('its list is that of a walked folder', async () => {
    const listing = await archiveOf(bytes).list();
    expect(listing.entries.map(({ path, kind }) => `${kind} ${path}`)).toEqual([
      'folder run',
      'folder run/checkpoint-2',
      'file run/checkpoint-2/adapter_config.json',
      'file run/checkpoint-2/adapter_model.safetensors',
      'file run/checkpoint-2/empty.txt',
      'folder run/ä',
      'file run/ä/日本.json',
    ]);
    expect(factsOf(listing).sizeBytes).toBe(bytes.length);
  });
});
