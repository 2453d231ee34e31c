/** As large as what is read of a document. */
export const FULL_BYTES = 24 * 1024 * 1024 - 200;

/** As many pieces as fill a document. */
export function filled(piece: string): string {
  return piece.repeat(Math.floor(FULL_BYTES / piece.length));
}

/** As many different members as fill an object. */
export function members(member: (at: number) => string): string {
  const all: string[] = [];
  for (let at = 0, length = 0; length < FULL_BYTES - 200; at++) {
    const text = member(at);
    all.push(text);
    length += Buffer.byteLength(text) + 1;
  }
  return all.join(',');
}
