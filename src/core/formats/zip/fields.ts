/** Bytes of a local header without its name and extra fields. */
export const LOCAL_HEADER_BYTES = 30;

/** A view of the bytes; it shares their memory. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** A little-endian u64 as a number, or `null` above 2^53 - 1. */
export function readSafeU64(view: DataView, offset: number): number | null {
  const value = view.getBigUint64(offset, true);
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : null;
}

const HIGH_BYTE_BASE = 0xdc00;

/** The name of an entry as {@link ZipEntry.name} describes it; never fails. */
export function decodeName(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      bytes,
    );
  } catch {
    return Array.from(bytes, (byte) =>
      String.fromCharCode(byte < 0x80 ? byte : HIGH_BYTE_BASE + byte),
    ).join('');
  }
}
