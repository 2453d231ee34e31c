import { badAnswer } from './fields.ts';

/**
 * All bytes of an answer.
 *
 * @param maxBytes what no honest answer has
 * @throws SourceError beyond that; the rest is not read
 */
export async function readBounded(
  pieces: AsyncIterable<unknown>,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const kept: Uint8Array[] = [];
  let length = 0;
  for await (const piece of pieces) {
    if (!(piece instanceof Uint8Array)) throw badAnswer('it is not bytes');
    length += piece.length;
    // Leaving the loop closes the connection.
    if (length > maxBytes)
      throw badAnswer(`it has more than ${maxBytes} bytes`);
    kept.push(piece);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of kept) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
