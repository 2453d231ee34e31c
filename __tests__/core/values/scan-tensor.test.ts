import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { VALUE_DIGEST } from '../../../src/core/bytes/limits.ts';
import { scanTensor } from '../../../src/core/values/scan-tensor.ts';
import type {
  ByteOrder,
  Scanned,
} from '../../../src/core/values/scan-tensor.ts';
import { bytesOf, kernelFor, naiveScan } from './naive.ts';

/** Feeds the bytes in pieces of these lengths, the rest as one, each at its own place. */
function scanInPieces(
  dtype: string,
  bytes: Uint8Array,
  order: ByteOrder,
  lengths: readonly number[],
  shift: number,
): Scanned {
  const scan = scanTensor(kernelFor(dtype), order, bytes.length);
  let at = 0;
  for (const length of [...lengths, bytes.length]) {
    const piece = bytes.subarray(at, at + length);
    const moved = new Uint8Array(shift + piece.length);
    moved.set(piece, shift);
    scan.feed(moved.subarray(shift));
    at += piece.length;
  }
  return scan.finish();
}

const number = fc.oneof(
  { weight: 4, arbitrary: fc.float({ noDefaultInfinity: true, noNaN: true }) },
  { weight: 2, arbitrary: fc.constantFrom(0, -0, 1, 0.5) },
  { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity) },
);
const numbers = fc.oneof(
  fc.array(number, { maxLength: 80 }),
  fc
    .tuple(fc.constantFrom(0, -0, 1, 0.25), fc.integer({ min: 1, max: 300 }))
    .map(([one, length]) => Array.from({ length }, () => one)),
);

test.each(['F64', 'F32', 'BF16', 'I32'])(
  '%s in pieces of any length at any place is what one number after another shows',
  (dtype) => {
    fc.assert(
      fc.property(
        numbers,
        fc.constantFrom<ByteOrder>('little', 'big'),
        fc.array(fc.integer({ min: 0, max: 21 }), { maxLength: 12 }),
        fc.integer({ min: 0, max: 9 }),
        (values, order, lengths, shift) => {
          const bytes = bytesOf(
            dtype,
            dtype === 'I32' ? values.map((one) => one | 0) : values,
            order,
          );
          const { digest, ...shown } = scanInPieces(
            dtype,
            bytes,
            order,
            lengths,
            shift,
          );
          expect(shown).toEqual(naiveScan(dtype, bytes, order));
          expect(digest).toBe(scanInPieces(dtype, bytes, order, [], 0).digest);
        },
      ),
      { seed: 3, numRuns: 400 },
    );
  },
);

test.each<ByteOrder>(['little', 'big'])(
  'a Buffer at an odd place is what an array is, and is left as it was: %s',
  (order) => {
    const bytes = bytesOf('F32', [1, NaN, 3, 4], order);
    const moved = Buffer.concat([Uint8Array.of(0), bytes]);
    const buffer = moved.subarray(1);
    const scan = scanTensor(kernelFor('F32'), order, bytes.length);
    scan.feed(buffer);
    expect(scan.finish()).toMatchObject(naiveScan('F32', bytes, order));
    expect(new Uint8Array(buffer)).toEqual(new Uint8Array(bytes));
  },
);

test.each(['F64', 'F32', 'BF16'])(
  'one NaN, infinity or zero is found wherever it is in %s',
  (dtype) => {
    const LENGTH = 41;
    for (const planted of [NaN, -Infinity, 0])
      for (let at = 0; at < LENGTH; at++) {
        const values = Array.from({ length: LENGTH }, (_, one) =>
          one === at ? planted : 1,
        );
        const scanned = scanInPieces(
          dtype,
          bytesOf(dtype, values),
          'little',
          [13, 8],
          3,
        );
        expect(scanned).toMatchObject({
          nan: Number.isNaN(planted) ? 1 : 0,
          infinite: planted === -Infinity ? 1 : 0,
          firstBad: planted === 0 ? null : at,
          constant: null,
        });
      }
  },
);

test('the digest tells tensors apart that differ in a few hundred bytes', () => {
  const long = new Uint8Array(64 * 1024).map((_, at) => at * 7);
  const other = long.slice();
  other.fill(1, 30_000, 30_000 + VALUE_DIGEST.stride);
  const digestOf = (bytes: Uint8Array) =>
    scanInPieces('F32', bytes, 'little', [], 0).digest;
  expect(digestOf(long)).not.toBe(digestOf(other));
  expect(digestOf(long)).toBe(digestOf(long.slice()));
});

test('pages that repeat are counted, however the bytes are cut', () => {
  const page = Uint8Array.from({ length: 4096 }, (_, at) => (at * 7) % 251);
  const other = page.map((byte) => byte ^ 1);
  const zero = new Uint8Array(4096);
  const parts = [page, page, other, zero, zero, page, page.subarray(0, 4088)];
  const bytes = new Uint8Array(Buffer.concat(parts));
  for (const cuts of [[], [1], [61, 4095], [4096], [5000, 5001, 20_000]])
    expect(scanInPieces('U8', bytes, 'little', cuts, 0).repeatedPages).toBe(2);
  const short = bytes.subarray(0, 7951);
  expect(scanInPieces('U8', short, 'little', [], 0).repeatedPages).toBe(0);
});
