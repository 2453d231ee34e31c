import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { scanTensor } from '../../../src/core/values/scan-tensor.ts';
import type { Scanned } from '../../../src/core/values/scan-tensor.ts';
import { kernelFor } from './naive.ts';
import { PLAIN, plainScan } from './plain.ts';

function scan(dtype: string, pieces: readonly Uint8Array[]) {
  const total = pieces.reduce((sum, { length }) => sum + length, 0);
  const scanned = scanTensor(kernelFor(dtype), 'little', total);
  for (const piece of pieces) scanned.feed(piece);
  return scanned.finish();
}

function withoutDigest({ digest, ...shown }: Scanned) {
  expect(Number.isSafeInteger(digest)).toBe(true);
  return shown;
}

/** Bytes cut at these places, each piece at a place of its own in its buffer. */
function cutAt(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, at) => {
    const piece = bytes.subarray(places[at], end);
    const moved = new Uint8Array(at + piece.length);
    moved.set(piece, at);
    return moved.subarray(at);
  });
}

/** Random elements, of which some are all zeros, all ones, or infinite where that is a pattern. */
const elements = (unit: number) =>
  fc
    .array(
      fc.oneof(
        {
          weight: 6,
          arbitrary: fc.uint8Array({ minLength: unit, maxLength: unit }),
        },
        { weight: 2, arbitrary: fc.constant(new Uint8Array(unit)) },
        {
          weight: 1,
          arbitrary: fc.constant(new Uint8Array(unit).fill(0xff)),
        },
        {
          weight: 1,
          arbitrary: fc.constantFrom(0x7c, 0x7f, 0xfc).map((last) => {
            const one = new Uint8Array(unit);
            one[unit - 1] = last;
            // 0x7f80: infinity of float32 and bfloat16, NaN elsewhere or a number.
            if (unit > 1 && last === 0x7f) one[unit - 2] = 0x80;
            return one;
          }),
        },
      ),
      { maxLength: 40 },
    )
    .chain((list) =>
      fc.constantFrom(
        list,
        // All of them the first: a constant.
        list.map(() => list[0] ?? new Uint8Array(unit)),
      ),
    )
    .map((list) => Uint8Array.from(list.flatMap((one) => [...one])));

test.each([...PLAIN])(
  '%s of any bytes, cut anywhere, shows what one number after another does',
  (dtype, plain) => {
    fc.assert(
      fc.property(
        elements(plain.width * plain.parts).chain((bytes) =>
          fc.tuple(
            fc.constant(bytes),
            fc.array(fc.nat({ max: bytes.length }), { maxLength: 8 }),
          ),
        ),
        ([bytes, cuts]) => {
          const whole = scan(dtype, [bytes]);
          expect(withoutDigest(whole)).toEqual(plainScan(plain, bytes));
          expect(scan(dtype, cutAt(bytes, cuts))).toEqual(whole);
        },
      ),
      { seed: 4, numRuns: 300 },
    );
  },
);

/** Of dtypes that have one: the bytes of a NaN. */
const NANS: Readonly<Record<string, readonly number[]>> = {
  F64: [0, 0, 0, 0, 0, 0, 0xf8, 0x7f],
  F32: [0, 0, 0xc0, 0x7f],
  F16: [0, 0x7e],
  BF16: [0xc0, 0x7f],
  C64: [0, 0, 0, 0, 0, 0, 0xc0, 0x7f],
  F8_E4M3: [0x7f],
  F8_E5M2: [0x7e],
  F8_E4M3FNUZ: [0x80],
  F8_E5M2FNUZ: [0x80],
  F8_E8M0: [0xff],
};

test.each(Object.entries(NANS))(
  'a NaN of %s is found at every place, through every cut',
  (dtype, nan) => {
    const LENGTH = 19;
    for (let place = 0; place < LENGTH; place++) {
      const bytes = new Uint8Array(LENGTH * nan.length);
      bytes.set(nan, place * nan.length);
      for (let cut = 0; cut <= bytes.length; cut++)
        expect(scan(dtype, cutAt(bytes, [cut]))).toMatchObject({
          nan: 1,
          infinite: 0,
          firstBad: place,
          constant: null,
        });
    }
  },
);

test('a number that lies alone in a tensor of zeros is no constant, wherever it is', () => {
  for (const [dtype, { width, parts }] of PLAIN) {
    // In E8M0 there is no zero.
    if (dtype === 'F8_E8M0') continue;
    const unit = width * parts;
    for (let place = 0; place < 9; place++) {
      const bytes = new Uint8Array(9 * unit);
      bytes[place * unit] = 1;
      for (let cut = 0; cut <= bytes.length; cut++)
        expect(scan(dtype, cutAt(bytes, [cut])).constant).toBeNull();
    }
  }
});
