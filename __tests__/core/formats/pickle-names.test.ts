import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  latin1,
  NAME_MAX_BYTES,
} from '../../../src/core/formats/pickle/names.ts';

const whole = (bytes: Uint8Array) => latin1(bytes, 0, bytes.length);

test('a character a byte, whatever was asked before', () => {
  // As many as share a place with another, several times over.
  for (let at = 0; at < 10_000; at += 1) {
    const text = `name_${at % 5000}`;
    expect(whole(Buffer.from(text))).toBe(text);
  }
});

test('any bytes, from anywhere on', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 2 * NAME_MAX_BYTES }),
      fc.nat(NAME_MAX_BYTES),
      (bytes, start) => {
        const from = Math.min(start, bytes.length);
        const expected = Buffer.from(bytes.subarray(from)).toString('latin1');
        expect(latin1(bytes, from, bytes.length)).toBe(expected);
        expect(latin1(bytes, from, bytes.length)).toBe(expected);
      },
    ),
  );
});

test('names that differ in one character alone', () => {
  const names = Array.from({ length: 256 }, (_, byte) =>
    Uint8Array.from([0x61, byte, 0x62]),
  );
  expect(new Set([...names, ...names].map(whole)).size).toBe(256);
});
