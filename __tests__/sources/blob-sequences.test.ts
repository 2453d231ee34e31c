import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { SourceError } from '../../src/core/bytes/reader.ts';
import {
  allOf,
  begin,
  failureOf,
  give,
  hang,
  refuse,
  reset,
  startStore,
  variedBytes,
} from '../helpers/blob-store.ts';
import type { Behaviour } from '../helpers/blob-store.ts';

const SIZE = 90_000;
const bytes = variedBytes(SIZE);
const other = bytes.map((byte) => byte ^ 255);
const quick = { timeouts: { connectMs: 500, stallMs: 40 } };

/** Another blob of the same size, with its own tag. */
const replaced: Behaviour = (exchange) =>
  give({ etag: '"other"' })({ ...exchange, bytes: other });
const longer: Behaviour = (exchange) =>
  give({})({ ...exchange, bytes: Buffer.concat([other, other]) });
/** Bytes from one place further, which say so. */
const moved: Behaviour = ({ response, start, end }) => {
  response.writeHead(206, {
    'content-range': `bytes ${start + 1}-${end}/${SIZE + 1}`,
    etag: '"0x8DC"',
  });
  response.end(other.subarray(start, end));
};
const stop: Behaviour = ({ request }) => request.socket.destroy();
const whole: Behaviour = ({ response }) => response.writeHead(200).end(other);

const BEHAVIOURS: readonly Behaviour[] = [
  ...[301, 400, 403, 403, 404, 410, 412, 416, 429, 500, 503].map((status) =>
    refuse(status, 'Code'),
  ),
  refuse(416, '', { 'content-range': 'bytes */77' }),
  ...[0, 1, 700].flatMap((sent) => [begin(sent, stop), begin(sent, hang)]),
  ...[give(), give(), give({ 'content-range': undefined })],
  give({ 'content-length': undefined }, (exact) => exact.subarray(0, 300)),
  give({ 'content-length': undefined }, (exact) =>
    Buffer.concat([exact, exact]),
  ),
  ...[reset, replaced, longer, moved, whole],
];

const sequences = fc.array(fc.constantFrom(...BEHAVIOURS), { maxLength: 8 });
const spots = fc.array(
  fc.tuple(
    fc.integer({ min: 0, max: SIZE - 3000 }),
    fc.integer({ min: 0, max: 3000 }),
    fc.boolean(),
  ),
  { minLength: 1, maxLength: 3 },
);

test('whatever the store does, bytes are right or refused', async () => {
  const store = await startStore(bytes);
  const outcomes = new Set<string>();
  await fc.assert(
    fc.asyncProperty(sequences, spots, async (behaviours, ranges) => {
      store.script.splice(0);
      const blob = await store.open({}, quick);
      store.script.push(...behaviours);
      for (const [start, length, isStream] of ranges) {
        const end = start + length;
        const read = isStream
          ? allOf(blob.stream(start, end))
          : blob.read(start, length);
        const got = await read.catch(() => null);
        outcomes.add(got === null ? 'refused' : 'read');
        // A failure of another kind, or one that tells a secret, fails this.
        if (got === null) await failureOf(store, read);
        const right = bytes.slice(start, end);
        expect(got ?? right).toEqual(right);
      }
      await blob.close();
    }),
    { numRuns: 120 },
  );
  await store.close();
  expect(outcomes).toEqual(new Set(['read', 'refused']));
}, 120_000);

test('nor is a blob opened on anything else than what the store has', async () => {
  const store = await startStore(bytes);
  // Of the first answer nothing is known yet that another blob could contradict.
  const honest = BEHAVIOURS.filter(
    (one) => ![replaced, longer, moved].includes(one),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...honest), { maxLength: 5 }),
      fc.constantFrom(0, 10, SIZE - 1, SIZE, SIZE + 70_000),
      async (behaviours, sizeBytes) => {
        store.script.splice(0, Infinity, ...behaviours);
        const opening = store.open({ sizeBytes }, quick);
        const blob = await opening.catch((error: unknown) => error);
        if (blob instanceof SourceError) return;
        store.script.splice(0);
        const opened = await opening;
        expect(opened.size).toBe(SIZE);
        const tail = await opened.read(SIZE - 2000, 2000);
        expect(tail).toEqual(bytes.slice(-2000));
        expect(await opened.read(3, 9)).toEqual(bytes.slice(3, 12));
        await opened.close();
      },
    ),
    { numRuns: 80 },
  );
  await store.close();
}, 120_000);
