import {
  RECALLED_HEADERS,
  RECALLED_HEADER_MAX_BYTES,
} from '../../bytes/limits.ts';
import type { Parsed } from '../parsed.ts';
import type { SafetensorsDefect, SafetensorsHeader } from './types.ts';

type Header = Parsed<SafetensorsHeader, SafetensorsDefect>;

/**
 * Gives what a header says, decoded anew or as it was decoded before.
 *
 * @param text the JSON of the header
 * @param fileBytes the size of the whole file, which the layout is held against
 * @param decode what to do with a text that is new
 */
export type HeaderRecall = (
  text: Uint8Array,
  fileBytes: number,
  decode: () => Header,
) => Header;

/**
 * Remembers the headers that were decoded last. The checkpoints of a run hold the
 * same tensors, so their headers are the same to the byte: a thousand of them are
 * decoded once, and kept once.
 */
export function headerRecall(): HeaderRecall {
  const known = new Map<string, { text: Uint8Array; header: Header }>();
  return (text, fileBytes, decode) => {
    const key = `${text.length}/${fileBytes}`;
    const found = known.get(key);
    if (found !== undefined && isSame(found.text, text)) return found.header;
    const header = decode();
    if (text.length > RECALLED_HEADER_MAX_BYTES) return header;
    known.delete(key);
    known.set(key, { text: text.slice(), header });
    const [oldest] = known.keys();
    if (known.size > RECALLED_HEADERS && oldest !== undefined)
      known.delete(oldest);
    return header;
  };
}

function isSame(left: Uint8Array, right: Uint8Array): boolean {
  for (let at = 0; at < left.length; at += 1)
    if (left[at] !== right[at]) return false;
  return left.length === right.length;
}
