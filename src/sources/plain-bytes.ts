/**
 * The same memory as a plain Uint8Array, as every reader gives it: `slice` of a Buffer,
 * which sockets and node:zlib give, is no copy, and the core relies on one.
 */
export function plainBytes(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
