/** Numbers drawn as scripts/oracle/archives.py draws them. */
function drawFrom(seed: number): (limit: number) => number {
  let state = (Math.imul(seed, 2_654_435_761) + 1) >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8) % limit;
  };
}

/** The archive of that number: cut, shortened, lengthened or with other bytes. */
export function mutate(base: Uint8Array, seed: number): Uint8Array {
  const draw = drawFrom(seed);
  const kind = draw(8);
  if (kind === 0) return base.slice(0, draw(base.length));
  if (kind === 1) {
    const at = draw(base.length);
    return Buffer.concat([
      base.subarray(0, at),
      base.subarray(at + 1 + draw(4)),
    ]);
  }
  if (kind === 2) {
    const at = draw(base.length);
    return Buffer.concat([
      base.subarray(0, at),
      Uint8Array.of(draw(256)),
      base.subarray(at),
    ]);
  }
  const bytes = base.slice();
  const start = kind < 6 ? Math.floor(bytes.length / 2) : 0;
  for (let left = 1 + draw(3); left > 0; left -= 1)
    bytes[start + draw(bytes.length - start)] = draw(256);
  return bytes;
}
