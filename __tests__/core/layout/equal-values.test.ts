import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  HELD_MAX_BYTES,
  VALUE_DIGEST,
} from '../../../src/core/bytes/limits.ts';
import type { ByteReader, Source } from '../../../src/core/bytes/reader.ts';
import {
  digester,
  haveEqualValues,
} from '../../../src/core/layout/equal-values.ts';
import { fileFacts } from '../../../src/core/layout/file-facts.ts';
import { shelfOf } from '../../../src/core/layout/shelf.ts';
import { floats } from '../../builders/floats.ts';
import { safetensors } from '../../builders/safetensors.ts';
import { memoryReader, memorySource } from '../../helpers/memory-source.ts';

/** A file whose stream brings pieces of this length. */
function weights(bytes: Uint8Array, pieceBytes: number, seen: Seen = seenBy()) {
  const source: Source = {
    ...memorySource('run', { w: bytes }),
    open: () => Promise.resolve(inPieces(bytes, pieceBytes, seen)),
  };
  const entry = { path: 'w', kind: 'file', sizeBytes: bytes.length } as const;
  const file = fileFacts(source, entry, {
    recall: (_text, _size, decode) => decode(),
    shelf: shelfOf(HELD_MAX_BYTES),
    documents: shelfOf(HELD_MAX_BYTES),
  });
  return { file, format: 'safetensors' } as const;
}

/** Bytes that were streamed, and streams that are still open. */
interface Seen {
  bytes: number;
  open: number;
}

const seenBy = (): Seen => ({ bytes: 0, open: 0 });

function inPieces(
  bytes: Uint8Array,
  pieceBytes: number,
  seen: Seen,
): ByteReader {
  return {
    ...memoryReader(bytes),
    async *stream(start, end) {
      seen.open++;
      try {
        for (let at = start; at < end; at += pieceBytes) {
          const piece = bytes.slice(at, Math.min(at + pieceBytes, end));
          seen.bytes += piece.length;
          yield await Promise.resolve(piece);
        }
      } finally {
        seen.open--;
      }
    },
  };
}

async function areEqual(
  left: Uint8Array,
  right: Uint8Array,
  pieces: readonly [number, number] = [64, 64],
  seen: Seen = seenBy(),
) {
  const second = weights(right, pieces[1], seen);
  const values = await second.file.values();
  if (values === null) throw new Error('the file has no values');
  seen.bytes = 0;
  return haveEqualValues(weights(left, pieces[0], seen), second, values);
}

const NUMBERS = Array.from({ length: 200 }, (_, at) => at / 7);
const file = (metadata: string, numbers: readonly number[] = NUMBERS) =>
  safetensors({ a: floats([10, 20], numbers) }, { metadata });

describe('haveEqualValues', () => {
  test('the header does not count', async () => {
    expect(await areEqual(file('one'), file('two'))).toBe(true);
    expect(await areEqual(file('one'), file('a longer one'))).toBe(false);
  });

  test('every byte of the tensors counts, wherever pieces end', async () => {
    const bytes = file('one');
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 799 }),
        fc.integer({ min: 1, max: 900 }),
        fc.integer({ min: 1, max: 900 }),
        async (back, left, right) => {
          expect(await areEqual(bytes, bytes, [left, right])).toBe(true);
          const other = bytes.slice();
          const at = bytes.length - 1 - back;
          other[at] = (other[at] ?? 0) ^ 1;
          expect(await areEqual(bytes, other, [left, right])).toBe(false);
        },
      ),
      { seed: 5, numRuns: 60 },
    );
  });

  test('the first difference ends it, and no stream is left open', async () => {
    const seen = seenBy();
    const other = [-1, ...NUMBERS.slice(1)];
    expect(await areEqual(file('one'), file('one', other), [8, 8], seen)).toBe(
      false,
    );
    expect(seen).toEqual({ bytes: 16, open: 0 });
  });

  test('a difference between the samples of a digest is seen', async () => {
    const long = Array.from({ length: VALUE_DIGEST.wholeBytes }, (_, at) => at);
    const other = long.with(7, -7);
    const [left, right] = [long, other].map((numbers) =>
      safetensors({ a: floats([numbers.length], numbers) }),
    );
    if (!left || !right) throw new Error('two files');
    const digests = await Promise.all(
      [left, right].map((one) => weights(one, 4096).file.values()),
    );
    const digestOf = digester();
    const [first, second] = digests.map((one) => one && digestOf(one));
    // Number 7 lies in bytes 28 to 31, and every 251st byte is sampled.
    expect(first).toBe(second);
    expect(await areEqual(left, right)).toBe(false);
  });
});

describe('a digester', () => {
  const digestOf = digester();
  const digest = async (bytes: Uint8Array) => {
    const values = await weights(bytes, 64).file.values();
    return values && digestOf(values);
  };
  const two = (a: string, b: string) =>
    safetensors({ [a]: floats([2], [1, 2]), [b]: floats([2], [3, 4]) });

  test('is of names, types and numbers, not of their order', async () => {
    const swapped = safetensors({
      b: floats([2], [3, 4]),
      a: floats([2], [1, 2]),
    });
    expect(await digest(two('a', 'b'))).toBe(await digest(swapped));
  });

  test.each([
    ['another name', two('a', 'c')],
    ['numbers exchanged', two('b', 'a')],
    ['one tensor', safetensors({ a: floats([2], [1, 2]) })],
    [
      'another type',
      safetensors({
        a: { ...floats([2], [1, 2]), dtype: 'I32' },
        b: floats([2], [3, 4]),
      }),
    ],
  ])('%s is another', async (_name, other) => {
    expect(await digest(other)).not.toBe(await digest(two('a', 'b')));
  });
});
