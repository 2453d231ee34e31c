import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Crc32 } from '../../src/core/bytes/reader.ts';
import { crc32 } from '../../src/core/formats/crc32.ts';
import { crc32 as platform } from '../../src/sources/crc32.ts';

test.each<[string, Crc32]>([
  ["the core's own", crc32],
  ["the platform's", platform],
])('%s CRC-32 is that of zip', (_name, codec) => {
  // The check value of CRC-32/ISO-HDLC.
  const digits = new TextEncoder().encode('123456789');
  expect(codec(digits, 0)).toBe(0xcbf43926);
  expect(codec(new Uint8Array(), 0)).toBe(0);
});

test('both say the same, in whatever pieces and at whatever alignment', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.nat(200),
      (bytes, cut) => {
        const [first, rest] = [bytes.subarray(0, cut), bytes.subarray(cut)];
        const whole = platform(bytes, 0);
        expect(crc32(rest, crc32(first, 0))).toBe(whole);
        expect(platform(rest, platform(first, 0))).toBe(whole);
      },
    ),
    { numRuns: 500 },
  );
});
