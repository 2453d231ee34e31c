import { describe, expect, test } from '@jest/globals';
import {
  DamagedError,
  NOT_REACHABLE,
  SourceError,
} from '../../../src/core/bytes/reader.ts';
import type { ByteReader } from '../../../src/core/bytes/reader.ts';
import { archiveReader, buildZip, buildZipEnd } from '../../builders/zip.ts';
import { archiveOf, countedArchive, factsOf } from '../../helpers/archive.ts';
import { memoryReader } from '../../helpers/memory-source.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

/** A large archive of which only local headers and the directory are held. */
function sparseArchive(
  files: readonly { readonly name: string; readonly sizeBytes: number }[],
): ByteReader {
  let at = 0;
  const records = files.map(({ name, sizeBytes }) => {
    const record = { name, sizeBytes, localHeaderOffset: at, flags: 8 };
    at += 30 + name.length + sizeBytes + 16;
    return record;
  });
  const headers = records.map(({ name, localHeaderOffset }) => ({
    at: localHeaderOffset,
    bytes: buildZip([{ name }], { hasDescriptors: true }).slice(
      0,
      30 + name.length,
    ),
  }));
  const tail = buildZipEnd(records, at, { isZip64: at > 0xffff_ffff });
  const reader = archiveReader(tail, at + tail.length);
  return {
    ...reader,
    read: async (start, length) => {
      const bytes = await reader.read(start, length);
      for (const header of headers) {
        const from = Math.max(start, header.at);
        const to = Math.min(start + length, header.at + header.bytes.length);
        if (from < to)
          bytes.set(
            header.bytes.subarray(from - header.at, to - header.at),
            from - start,
          );
      }
      return bytes;
    },
  };
}

function run(checkpoints: number) {
  return Array.from({ length: checkpoints }, (_, at) => {
    const folder = `run/checkpoint-${at + 1}`;
    return [
      { name: `${folder}/adapter_config.json`, sizeBytes: 900 },
      { name: `${folder}/adapter_model.safetensors`, sizeBytes: 3 * MIB },
      { name: `${folder}/optimizer.pt`, sizeBytes: 2 * MIB },
      { name: `${folder}/trainer_state.json`, sizeBytes: 2000 },
    ];
  }).flat();
}

describe('a run of 200 checkpoints in 1 GB', () => {
  const files = run(200);
  const archive = sparseArchive(files);

  test('costs a request a checkpoint and 0.7 % of its bytes', async () => {
    const { source, cost } = countedArchive(archive);
    await source.list();
    const wants = files
      .filter(({ name }) => !name.endsWith('.pt'))
      .map(({ name, sizeBytes }) => ({
        path: name,
        bytes: Math.min(sizeBytes, 24 * KIB),
      }));
    await source.ahead?.(wants);
    for (const { path, bytes } of wants) {
      const reader = await source.open(path);
      // Not all of it: the zeros that stand for its content have no right checksum.
      await reader.read(0, Math.min(bytes - 1, 8 * KIB));
      await reader.read(1, bytes - 1);
      await reader.close();
    }
    expect(cost.requests).toBeLessThanOrEqual(204);
    expect(cost.bytes).toBeLessThan(0.007 * archive.size);
  });

  test('without fetching ahead, a file costs one request', async () => {
    const { source, cost } = countedArchive(archive);
    await source.list();
    const before = cost.requests;
    const reader = await source.open(
      'run/checkpoint-100/adapter_model.safetensors',
    );
    await reader.read(0, 8 * KIB);
    await reader.read(8, 40 * KIB);
    expect(cost.requests - before).toBe(1);
  });

  test('what fails while fetching ahead is met by the read', async () => {
    let isFailing = false;
    const { source } = countedArchive({
      ...archive,
      read: (start, length) =>
        isFailing
          ? Promise.reject(new SourceError('ECONNRESET', 'reset'))
          : archive.read(start, length),
    });
    await source.list();
    isFailing = true;
    const path = 'run/checkpoint-100/optimizer.pt';
    await source.ahead?.([{ path, bytes: 1000 }]);
    const reader = await source.open(path);
    await expect(reader.read(0, 10)).rejects.toMatchObject({
      code: 'ECONNRESET',
    });
    isFailing = false;
    expect((await reader.read(0, 10)).length).toBe(10);
  });
});

test('the directory of a small archive and of a large one costs one request', async () => {
  const small = countedArchive(buildZip([{ name: 'a', content: 'x' }]));
  await small.source.list();
  expect(small.cost.requests).toBe(1);
  const large = countedArchive(sparseArchive([{ name: 'a', sizeBytes: MIB }]));
  await large.source.list();
  expect(large.cost).toEqual({ requests: 1, bytes: 64 * KIB });
});

test('files and offsets above 4 GiB are read where they lie', async () => {
  const GIB = 1024 * MIB;
  const files = [
    { name: 'model-00001.safetensors', sizeBytes: 5 * GIB },
    { name: 'small.json', sizeBytes: 2 },
  ];
  const { source, cost } = countedArchive(sparseArchive(files));
  const listing = await source.list();
  expect(factsOf(listing)).toMatchObject({ defect: null, faults: [] });
  expect(listing.entries.map(({ sizeBytes }) => sizeBytes)).toEqual([
    5 * GIB,
    2,
  ]);
  const reader = await source.open('model-00001.safetensors');
  expect((await reader.read(5 * GIB - 4, 4)).length).toBe(4);
  const small = await source.open('small.json');
  expect((await small.read(0, 1)).length).toBe(1);
  expect(cost.bytes).toBeLessThan(512 * KIB);
});

test('100,000 files are listed in some reads and in seconds', async () => {
  const files = Array.from({ length: 100_000 }, (_, at) => ({
    name: `run/checkpoint-${at % 1000}/file-${at}.bin`,
    sizeBytes: 10,
  }));
  let at = 0;
  const records = files.map(({ name, sizeBytes }) => {
    const record = { name, sizeBytes, localHeaderOffset: at, flags: 8 };
    at += 30 + name.length + sizeBytes + 16;
    return record;
  });
  const tail = buildZipEnd(records, at, { isZip64: true });
  const { source, cost } = countedArchive(
    archiveReader(tail, at + tail.length),
  );
  const start = performance.now();
  const { entries, archive } = await source.list();
  expect(performance.now() - start).toBeLessThan(10_000);
  expect(archive).toMatchObject({ defect: null, faults: [] });
  expect(entries).toHaveLength(101_001);
  expect(cost.requests).toBeLessThanOrEqual(3);
}, 60_000);

describe('a compressed file', () => {
  const content = new Uint8Array(40 * MIB).map((_, at) => (at >> 8) & 0xff);
  const name = 'model.safetensors';
  const bytes = buildZip([{ name, content, level: 1 }], {
    hasDescriptors: true,
  });

  test('gives its start for little, and what lies deep not at all', async () => {
    const { source, cost } = countedArchive(bytes);
    await source.list();
    const before = cost.bytes;
    const reader = await source.open(name);
    expect(reader.access).toBe('prefix');
    const head = await reader.read(0, 8 * KIB);
    expect(Buffer.compare(head, content.subarray(0, 8 * KIB))).toBe(0);
    expect(cost.bytes - before).toBeLessThanOrEqual(64 * KIB);
    await expect(reader.read(35 * MIB, 1)).rejects.toMatchObject({
      code: NOT_REACHABLE,
    });
    await expect(reader.read(35 * MIB, 1)).rejects.toThrow(
      /compression-level: 0/,
    );
    await reader.close();
  });

  test('a read that failed is begun anew', async () => {
    let isFailing = false;
    const reader = memoryReader(bytes);
    const archive = archiveOf({
      ...reader,
      read: (start, length) =>
        isFailing
          ? Promise.reject(new SourceError('ECONNRESET', 'reset'))
          : reader.read(start, length),
    });
    const file = await archive.open(name);
    await file.read(0, 100);
    isFailing = true;
    await expect(file.read(8 * MIB, 100)).rejects.toMatchObject({
      code: 'ECONNRESET',
    });
    isFailing = false;
    const again = await file.read(8 * MIB, 100);
    expect(
      Buffer.compare(again, content.subarray(8 * MIB, 8 * MIB + 100)),
    ).toBe(0);
  });

  test('is scanned whole in one pass', async () => {
    const reader = await archiveOf(bytes).open(name);
    let sum = 0;
    await reader.scan?.([[35 * MIB, 35 * MIB + 3]], (piece, at) => {
      for (const [offset, byte] of piece.entries())
        sum += byte === content[at + offset] ? 1 : 100;
    });
    expect(sum).toBe(3);
  });
});

test('a bomb is stopped where it grows beyond its size', async () => {
  const zeros = new Uint8Array(64 * MIB);
  const stated = { sizeBytes: 1000 };
  const bytes = buildZip(
    [{ name: 'a', content: zeros, level: 9, directory: stated }],
    {
      hasDescriptors: true,
    },
  );
  const reader = await archiveOf(bytes).open('a');
  await expect(reader.read(0, 1000)).rejects.toThrow(DamagedError);
  await expect(reader.scan?.([[0, 1000]], () => undefined)).rejects.toThrow(
    /longer than the 1,000 bytes/,
  );
});
