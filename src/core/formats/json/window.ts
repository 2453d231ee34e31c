import { JSON_PIECE_MAX_BYTES } from '../../bytes/limits.ts';
import { parsed, defective } from '../parsed.ts';
import type { Parsed } from '../parsed.ts';
import { decodePiece, hasMark, utf8Length, wholeCharacters } from './decode.ts';
import { Scanner, ScanFailure } from './scanner.ts';
import type { JsonDefect } from './types.ts';

/** What an attempt gave; an object, since what is read may be anything. */
export interface Got<T> {
  readonly value: T;
}

/**
 * The part of a long JSON text (as Python reads it) that is at hand: pieces of the file
 * come in at one end, and what was read goes at the other.
 */
export class JsonWindow {
  #scanner = new Scanner('', 'python');
  #text = '';
  /** Bytes before the text. */
  #base = 0;
  /** Of a character that the end of the last piece cut. */
  #rest = new Uint8Array(0);
  #isFirst = true;
  #isLast = false;

  /**
   * Takes the next bytes of the file.
   *
   * @returns a defect where they are not UTF-8, or begin with a byte order mark
   */
  feed(piece: Uint8Array, isLast: boolean): Parsed<null, JsonDefect> {
    const bytes = joined(this.#rest, piece);
    if (this.#isFirst && hasMark(bytes))
      return defective({ code: 'byte-order-mark', at: 0 });
    this.#isLast = isLast;
    const length = isLast ? bytes.length : wholeCharacters(bytes);
    this.#isFirst &&= length === 0;
    const text = decodePiece(bytes.subarray(0, length));
    const left = this.#text.slice(this.#scanner.at);
    this.#base += utf8Length(this.#text.slice(0, this.#scanner.at));
    if (!text.ok) {
      const at = this.#base + utf8Length(left) + text.defect.at;
      return defective({ ...text.defect, at });
    }
    this.#rest = bytes.slice(length);
    this.#text = left + text.value;
    this.#scanner = new Scanner(this.#text, 'python');
    return parsed(null);
  }

  /**
   * Reads something that the text at hand may not hold to its end.
   *
   * @returns `null` where more of the text is needed; then nothing was read
   * @throws ScanFailure where it is no JSON, or takes more than JSON_PIECE_MAX_BYTES
   */
  attempt<T>(read: (scanner: Scanner) => T): Got<T> | null {
    const start = this.#scanner.at;
    try {
      const value = read(this.#scanner);
      // A number at the very end may go on.
      if (this.#isLast || !this.#scanner.isAtEnd()) return { value };
    } catch (error) {
      if (!(error instanceof ScanFailure)) throw error;
      // All else that is wrong is so whatever follows.
      if (this.#isLast || !isOfEnd(error.code)) throw error;
    }
    this.#scanner.goTo(start);
    if (this.pending > JSON_PIECE_MAX_BYTES)
      this.#scanner.fail('too-many-values');
    return null;
  }

  /** Lets go of all that is at hand: what follows is only held to be UTF-8. */
  drop(): void {
    this.#scanner.goTo(this.#text.length);
  }

  /** Characters at hand that were not read yet. */
  get pending(): number {
    return this.#text.length - this.#scanner.at;
  }

  /** Where in the file something is wrong. */
  defectOf({ code, at }: ScanFailure): JsonDefect {
    return { code, at: this.#base + utf8Length(this.#text.slice(0, at)) };
  }
}

function isOfEnd(code: JsonDefect['code']): boolean {
  return code === 'truncated' || code === 'empty';
}

function joined(left: Uint8Array, right: Uint8Array): Uint8Array {
  if (left.length === 0) return right;
  const bytes = new Uint8Array(left.length + right.length);
  bytes.set(left);
  bytes.set(right, left.length);
  return bytes;
}
