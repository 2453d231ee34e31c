/** The number 0x1950a86a20f9469cfc6c, which torch.serialization begins with. */
const LEGACY_MAGIC: readonly number[] = [
  0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e,
];
/** The same at protocol 0 (a text) and 1. */
const LEGACY_MAGIC_TEXT = 'L119547037146038801333356L\n.';
const FRAME = 0x95;
const FRAME_BYTES = 9;

/** Opcodes of the pickle protocols 0 to 5 (CPython Lib/pickle.py). */
const OPCODES: ReadonlySet<number> = new Set([
  ...Array.from('(.0123FIJKLMNPQRSTUVXabcdeghijloprstu}])GBC', (character) =>
    character.charCodeAt(0),
  ),
  ...Array.from({ length: 0x98 - 0x80 + 1 }, (_, index) => 0x80 + index),
]);

/** Whether a file of torch's legacy format begins so, at any pickle protocol. */
export function isTorchLegacy(head: Uint8Array): boolean {
  if (startsWithText(head, LEGACY_MAGIC_TEXT)) return true;
  // torch warns of a protocol that there is not, and goes on.
  if (head[0] !== 0x80) return false;
  const magicAt = head[2] === FRAME ? 2 + FRAME_BYTES : 2;
  return LEGACY_MAGIC.every((byte, index) => head[magicAt + index] === byte);
}

/**
 * Whether these first bytes begin a pickle. Protocols 2 to 5 say so themselves;
 * 0 and 1 have no magic and are taken for pickles only where they begin with a
 * memoised container or a class, which prose does not.
 */
export function isPickle(head: Uint8Array): boolean {
  if (hasProtocol(head)) return OPCODES.has(head[2] ?? -1);
  const start = String.fromCharCode(...head.subarray(0, 200));
  return (
    /^\([dl]p[01]\n/.test(start) ||
    (/^[}\]]q/.test(start) && (head[2] ?? 0xff) <= 1) ||
    /^c[A-Za-z_][\w.]*\n[A-Za-z_]\w*\n(?:p\d+\n|q[\0-\xff]|[()])/.test(start)
  );
}

function hasProtocol(head: Uint8Array): boolean {
  const protocol = head[1] ?? 0xff;
  return head[0] === 0x80 && protocol <= 5;
}

function startsWithText(head: Uint8Array, text: string): boolean {
  return String.fromCharCode(...head.subarray(0, text.length)) === text;
}
