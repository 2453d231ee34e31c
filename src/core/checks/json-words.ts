import type { JsonDefect } from '../formats/json/types.ts';
import type { TooLarge } from '../layout/read-json.ts';
import { exactBytes } from './wording.ts';

/**
 * Whether the document is beyond what this tool reads, which says nothing about
 * the document: Python reads deeper and larger ones.
 */
export function isBeyondOurs({ code }: { readonly code: string }): boolean {
  return (
    code === 'too-large' || code === 'too-deep' || code === 'too-many-values'
  );
}

/** What is wrong with a JSON document, as the end of a sentence about it. */
export function jsonDefectWords(defect: JsonDefect | TooLarge): string {
  switch (defect.code) {
    case 'empty':
      return 'is empty';
    case 'truncated':
      return `ends in the middle of a value, at byte ${defect.at}`;
    case 'byte-order-mark':
      return 'begins with a byte order mark, which Python refuses';
    case 'too-large':
      return `has ${exactBytes(defect.sizeBytes)}, more than the ${exactBytes(defect.maxBytes)} that are read`;
    default:
      return `is not valid JSON at byte ${defect.at} (${defect.code})`;
  }
}
