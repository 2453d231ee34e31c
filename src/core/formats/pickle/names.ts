/** Of modules, classes and keys; longer texts are seldom the same again. */
export const NAME_MAX_BYTES = 40;
/** Some ten times the names in the state of a training. */
const SLOTS = 1024;

const known: (string | undefined)[] = Array.from({ length: SLOTS });

/**
 * The text of so many bytes, a character each. Pickles say the same few names over and
 * over, as do those of a thousand checkpoints: a short text that was made before is given
 * again.
 */
export function latin1(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > NAME_MAX_BYTES) return made(bytes, start, end);
  const slot = hashOf(bytes, start, end) % SLOTS;
  const before = known[slot];
  if (before !== undefined && isSame(before, bytes, start, end)) return before;
  return (known[slot] = made(bytes, start, end));
}

function made(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at += 1)
    text += String.fromCharCode(bytes[at] ?? 0);
  return text;
}

/** FNV-1a (Fowler, Noll and Vo). */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at += 1)
    hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return hash >>> 0;
}

function isSame(
  text: string,
  bytes: Uint8Array,
  start: number,
  end: number,
): boolean {
  if (text.length !== end - start) return false;
  for (let at = 0; at < text.length; at += 1)
    if (text.charCodeAt(at) !== bytes[start + at]) return false;
  return true;
}
