import { expect, test } from '@jest/globals';
import {
  configure,
  Uint8ArrayReader,
  Uint8ArrayWriter,
  ZipReader,
} from '@zip.js/zip.js';
import { buffer } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import * as yauzl from 'yauzl';
import { readText } from '../../../scripts/check-catalogue.mjs';
import {
  archiveOf,
  complaintsOf,
  sweptComplaintsOf,
} from '../../helpers/archive.ts';
import { mutate } from './mutations.ts';

interface Answers {
  readonly zipfile: string;
  readonly bases: readonly string[];
  readonly crc32: number;
  /** One character a mutation: `x` refused, `.` read. */
  readonly answers: string;
}

const recorded = JSON.parse(
  readText('__tests__/sources/archive/zipfile-answers.json'),
) as Answers;
// No Buffer: its `slice` shares memory.
const bases = recorded.bases.map(
  (text) => new Uint8Array(Buffer.from(text, 'base64')),
);
const ALL = recorded.answers.length;
/** Those libraries take some milliseconds each. */
const JUDGED_HERE = 1000;

function mutation(seed: number): Uint8Array {
  return mutate(bases[seed % bases.length] ?? new Uint8Array(0), seed);
}

function seeds(count: number): number[] {
  return Array.from({ length: count }, (_, seed) => seed);
}

/** Both ways of reading have to find something. */
async function isReported(bytes: Uint8Array): Promise<boolean> {
  const single = await complaintsOf(archiveOf(bytes));
  const swept = await sweptComplaintsOf(archiveOf(bytes));
  return single.length > 0 && swept.length > 0;
}

async function refusedBy(
  read: (bytes: Uint8Array) => Promise<void>,
  bytes: Uint8Array,
): Promise<boolean> {
  try {
    await read(bytes);
    return false;
  } catch {
    return true;
  }
}

async function readByYauzl(bytes: Uint8Array): Promise<void> {
  const file = await yauzl.fromBufferPromise(Buffer.from(bytes));
  for await (const entry of file.eachEntry()) {
    const stream = await file.openReadStreamPromise(entry);
    const content = await buffer(stream);
    if (crc32(content) !== entry.crc32) throw new Error('CRC-32');
  }
}

async function readByZipJs(bytes: Uint8Array): Promise<void> {
  configure({ useWebWorkers: false });
  const reader = new ZipReader(new Uint8ArrayReader(bytes));
  for (const entry of await reader.getEntries())
    if (!entry.directory)
      await entry.getData(new Uint8ArrayWriter(), { checkSignature: true });
  await reader.close();
}

test('the mutations are those that zipfile was asked about', () => {
  const sum = seeds(ALL).reduce((crc, seed) => crc32(mutation(seed), crc), 0);
  expect(sum).toBe(recorded.crc32);
});

test('what was not mutated is taken by all', async () => {
  for (const base of bases) {
    expect(await complaintsOf(archiveOf(base))).toEqual([]);
    expect(await sweptComplaintsOf(archiveOf(base))).toEqual([]);
    await readByYauzl(base);
    await readByZipJs(base);
  }
});

test('whatever zipfile refuses is reported', async () => {
  const missed: number[] = [];
  let refused = 0;
  for (const seed of seeds(ALL)) {
    if (recorded.answers[seed] !== 'x') continue;
    refused += 1;
    if (!(await isReported(mutation(seed)))) missed.push(seed);
  }
  expect(missed).toEqual([]);
  expect(refused).toBeGreaterThan(1000);
}, 60_000);

test.each([
  ['yauzl', readByYauzl],
  ['zip.js', readByZipJs],
])(
  'whatever %s refuses is reported',
  async (_name, read) => {
    const missed: number[] = [];
    let refused = 0;
    for (const seed of seeds(JUDGED_HERE)) {
      const bytes = mutation(seed);
      if (!(await refusedBy(read, bytes))) continue;
      refused += 1;
      if (!(await isReported(bytes))) missed.push(seed);
    }
    expect(missed).toEqual([]);
    expect(refused).toBeGreaterThan(300);
  },
  60_000,
);
