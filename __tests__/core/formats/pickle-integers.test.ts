import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { PICKLE_LIMITS } from '../../../src/core/bytes/limits.ts';
import { unpickle } from '../../../src/core/formats/pickle/machine.ts';

const LONG1_MAX_BYTES = 255;

/** LONG1 and STOP. */
function integerOf(bytes: readonly number[]): bigint {
  const read = unpickle(
    Uint8Array.from([0x8a, bytes.length, ...bytes, 0x2e]),
    PICKLE_LIMITS,
  );
  if (!read.ok || read.value.value.kind !== 'int')
    throw new Error('it is no integer');
  return read.value.value.value;
}

/** Examples of `pickle.encode_long` in CPython's Lib/pickle.py, and around six bytes. */
test.each([
  [[], 0n],
  [[0xff, 0x00], 255n],
  [[0xff, 0x7f], 32767n],
  [[0x00, 0xff], -256n],
  [[0x00, 0x80], -32768n],
  [[0x80], -128n],
  [[0x7f], 127n],
  [[0xff, 0xff, 0xff, 0xff, 0x00], 2n ** 32n - 1n],
  [[0xff, 0xff, 0xff, 0xff, 0xff, 0x7f], 2n ** 47n - 1n],
  [[0x00, 0x00, 0x00, 0x00, 0x00, 0x80], -(2n ** 47n)],
  [[0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x80], -(2n ** 55n)],
])('the bytes %j are %d', (bytes, integer) => {
  expect(integerOf(bytes)).toBe(integer);
});

test('two’s complement of any length', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(255), { minLength: 1, maxLength: LONG1_MAX_BYTES }),
      (bytes) => {
        const bits = 8 * bytes.length;
        const hex = [...bytes]
          .reverse()
          .map((byte) => byte.toString(16).padStart(2, '0'))
          .join('');
        expect(integerOf(bytes)).toBe(BigInt.asIntN(bits, BigInt(`0x${hex}`)));
      },
    ),
  );
});
