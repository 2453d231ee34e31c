import { defective, parsed } from '../parsed.ts';
import type { Parsed } from '../parsed.ts';
import type { JsonDefect } from './types.ts';

/** Decodes UTF-8 and keeps what TextDecoder would drop: a byte order mark. */
export function decodeUtf8(bytes: Uint8Array): Parsed<string, JsonDefect> {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)
    return defective({ code: 'byte-order-mark', at: 0 });
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return parsed(decoder.decode(bytes));
  } catch {
    return defective({ code: 'invalid-utf8', at: validPrefix(bytes) });
  }
}

/** Bytes before the first that is not UTF-8. */
function validPrefix(bytes: Uint8Array): number {
  const isValid = (length: number) => {
    try {
      // `stream` lets a character be cut at the end of the part.
      new TextDecoder('utf-8', { fatal: true }).decode(
        bytes.subarray(0, length),
        { stream: true },
      );
      return true;
    } catch {
      return false;
    }
  };
  let valid = 0;
  let invalid = bytes.length;
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >>> 1;
    if (isValid(middle)) valid = middle;
    else invalid = middle;
  }
  return valid;
}
