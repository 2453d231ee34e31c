const OFFSET_BASIS = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;
const MASK = 0xffffffffffffffffn;

/**
 * 16 hexadecimal digits that stay the same for the same finding at the same
 * place: FNV-1a over the UTF-16 units of the parts. For matching findings across
 * reports; it protects nothing.
 */
export function fingerprintOf(parts: readonly string[]): string {
  const text = JSON.stringify(parts);
  let hash = OFFSET_BASIS;
  for (let at = 0; at < text.length; at++)
    hash = ((hash ^ BigInt(text.charCodeAt(at))) * PRIME) & MASK;
  return hash.toString(16).padStart(16, '0');
}
