import {
  VALUE_BLOCK_BYTES,
  VALUE_DIGEST,
  VALUE_PAGE,
} from '../bytes/limits.ts';
import { HOST_IS_LITTLE, swapped, viewOf } from './kernels.ts';
import type { Kernel } from './kernels.ts';

export type ByteOrder = 'little' | 'big';

/** What the bytes of one tensor show. */
export interface Scanned {
  readonly nan: number;
  readonly infinite: number;
  /** The place of the first NaN or infinity among the elements as stored. */
  readonly firstBad: number | null;
  /** Of the finite numbers; of complex ones, of both parts. */
  readonly largest: number;
  /** The number that every element is, or `null`: they differ, or there is none. */
  readonly constant: number | null;
  /** Zero bytes that it ends with. */
  readonly zeroTailBytes: number;
  /** Whether the elements are equal in pairs: the first and second, and so on. */
  readonly isPaired: boolean;
  /**
   * Pages of VALUE_PAGE.bytes, counted from its first byte, that are as the page before
   * them, by every VALUE_PAGE.stride-th byte; pages of zeros aside.
   */
  readonly repeatedPages: number;
  /** Of equal bytes it is equal; see VALUE_DIGEST for what it is not. */
  readonly digest: number;
}

/** FNV-1a (Fowler, Noll and Vo) of no byte, and of the samples of a page of zeros. */
const PAGE_START = 0x811c9dc5 | 0;
const ZERO_PAGE = zeroPage();

function zeroPage(): number {
  let page = PAGE_START;
  for (let at = 0; at < VALUE_PAGE.bytes; at += VALUE_PAGE.stride)
    page = Math.imul(page, 0x01000193);
  return page;
}

/** Takes the bytes of one tensor in order, in pieces of any length. */
export interface TensorScan {
  feed(bytes: Uint8Array): void;
  finish(): Scanned;
}

/** @param totalBytes how many bytes will be fed in all */
export function scanTensor(
  kernel: Kernel,
  order: ByteOrder,
  totalBytes: number,
): TensorScan {
  return new Scan(kernel, order, totalBytes);
}

/** A class, for what it keeps is changed by every piece. */
class Scan implements TensorScan {
  readonly #kernel: Kernel;
  readonly #order: ByteOrder;
  /** Bytes of an element, or of two of F4. */
  readonly #unit: number;
  readonly #stride: number;
  /** An element of which only a part has come. */
  #partial: Uint8Array | null = null;
  #partialBytes = 0;
  #bytes = 0;
  #numbers = 0;
  #nan = 0;
  #infinite = 0;
  #firstBad: number | null = null;
  #largest = 0;
  #first: Uint8Array | null = null;
  #isConstant = true;
  #isPaired = true;
  /** The first of a pair whose second has not come. */
  #unpaired: Uint8Array | null = null;
  #afterNonZero = 0;
  #nextSample = 0;
  #nextOfPage = 0;
  #page: number = PAGE_START;
  #pageBefore: number | null = null;
  #repeatedPages = 0;
  #low = 0x811c9dc5 | 0;
  #high = 0x9747b28c | 0;

  constructor(kernel: Kernel, order: ByteOrder, totalBytes: number) {
    this.#kernel = kernel;
    this.#order = order;
    this.#unit = kernel.width * kernel.parts;
    this.#stride =
      totalBytes > VALUE_DIGEST.wholeBytes ? VALUE_DIGEST.stride : 1;
  }

  feed(piece: Uint8Array): void {
    // Pieces of a socket or of zlib are Buffers, of which `slice` is no copy.
    const bytes =
      piece.constructor === Uint8Array
        ? piece
        : new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength);
    this.#sample(bytes);
    this.#markZeros(bytes);
    this.#markPages(bytes);
    this.#bytes += bytes.length;
    let from = 0;
    if (this.#partial !== null && this.#partialBytes > 0) {
      const missing = this.#unit - this.#partialBytes;
      const part = bytes.subarray(0, missing);
      this.#partial.set(part, this.#partialBytes);
      this.#partialBytes += part.length;
      from = part.length;
      if (this.#partialBytes < this.#unit) return;
      this.#partialBytes = 0;
      this.#take(this.#partial.slice());
    }
    const whole = bytes.length - ((bytes.length - from) % this.#unit);
    if (whole > from) {
      const isAll = from === 0 && whole === bytes.length;
      this.#takeAligned(isAll ? bytes : bytes.subarray(from, whole));
    }
    if (whole === bytes.length) return;
    this.#partial ??= new Uint8Array(this.#unit);
    this.#partial.set(bytes.subarray(whole));
    this.#partialBytes = bytes.length - whole;
  }

  finish(): Scanned {
    const bad = this.#nan + this.#infinite;
    return {
      nan: this.#nan,
      infinite: this.#infinite,
      firstBad: this.#firstBad,
      largest: this.#largest,
      constant: bad === 0 ? this.#constant() : null,
      isPaired:
        this.#isPaired && this.#unpaired === null && this.#first !== null,
      repeatedPages: this.#repeatedPages,
      zeroTailBytes: this.#bytes - this.#afterNonZero,
      // As many bits as a number holds exactly.
      digest: (this.#low >>> 0) * 2 ** 21 + (this.#high >>> 11),
    };
  }

  #constant(): number | null {
    if (this.#first === null) return null;
    // Zeros of both signs are one number.
    if (this.#largest === 0) return 0;
    if (!this.#isConstant) return null;
    const value = this.#kernel.value(viewOf(this.#first), 0);
    return Number.isNaN(value) ? null : value;
  }

  /** The kernels need the order of this machine, and to begin at a multiple of 8. */
  #takeAligned(bytes: Uint8Array): void {
    const isOrdered = (this.#order === 'little') === HOST_IS_LITTLE;
    if (isOrdered && bytes.byteOffset % 8 === 0) return this.#take(bytes);
    for (let at = 0; at < bytes.length; at += VALUE_BLOCK_BYTES) {
      const block = bytes.slice(at, at + VALUE_BLOCK_BYTES);
      this.#take(block);
    }
  }

  /** @param bytes whole elements, as they stand in the file, at a multiple of 8 */
  #take(bytes: Uint8Array): void {
    const { width, largest } = this.#kernel;
    const isOrdered = (this.#order === 'little') === HOST_IS_LITTLE;
    const own = isOrdered ? bytes : swapped(bytes, width);
    const found = largest(own);
    if (Number.isNaN(found)) this.#count(bytes);
    else if (found > this.#largest) this.#largest = found;
    this.#numbers += bytes.length / width;
    if (this.#isPaired) this.#pair(bytes);
    this.#first ??= this.#littleEndian(bytes.slice(0, this.#unit));
    // All zeros until here is seen by the largest number, whatever the signs.
    if (this.#isConstant && this.#largest !== 0)
      this.#isConstant = isRepeated(this.#littleEndian(bytes), this.#first);
  }

  #pair(bytes: Uint8Array): void {
    const unit = this.#unit;
    let at = this.#unpaired === null ? 0 : unit;
    if (this.#unpaired !== null)
      this.#isPaired = isRepeated(bytes.subarray(0, unit), this.#unpaired);
    for (; this.#isPaired && at + 2 * unit <= bytes.length; at += 2 * unit)
      for (let byte = at; byte < at + unit; byte++)
        if (bytes[byte] !== bytes[byte + unit]) this.#isPaired = false;
    this.#unpaired = at < bytes.length ? bytes.slice(at, at + unit) : null;
  }

  #littleEndian(bytes: Uint8Array): Uint8Array {
    return this.#order === 'little'
      ? bytes
      : swapped(bytes, this.#kernel.width);
  }

  /** The second look, at a piece that holds what is no number. */
  #count(bytes: Uint8Array): void {
    const { width, value, parts } = this.#kernel;
    const view = viewOf(this.#littleEndian(bytes));
    for (let at = 0; at < bytes.length; at += width) {
      const number = value(view, at);
      if (Number.isFinite(number)) {
        this.#largest = Math.max(this.#largest, Math.abs(number));
        continue;
      }
      if (Number.isNaN(number)) this.#nan++;
      else this.#infinite++;
      this.#firstBad ??= Math.floor((this.#numbers + at / width) / parts);
    }
  }

  #markZeros(bytes: Uint8Array): void {
    let end = bytes.length;
    while (end > 0 && bytes[end - 1] === 0) end--;
    if (end > 0) this.#afterNonZero = this.#bytes + end;
  }

  #markPages(bytes: Uint8Array): void {
    const { stride, bytes: pageBytes } = VALUE_PAGE;
    let at = this.#nextOfPage - this.#bytes;
    let within = this.#nextOfPage % pageBytes;
    let page = this.#page;
    while (at < bytes.length) {
      page = Math.imul(page ^ (bytes[at] ?? 0), 0x01000193);
      at += stride;
      within += stride;
      if (within < pageBytes) continue;
      at += pageBytes - within;
      within = 0;
      if (page === this.#pageBefore && page !== ZERO_PAGE)
        this.#repeatedPages++;
      this.#pageBefore = page;
      page = PAGE_START;
    }
    this.#page = page;
    this.#nextOfPage = at + this.#bytes;
  }

  /** FNV-1a (Fowler, Noll and Vo), and beside it the same with another factor. */
  #sample(bytes: Uint8Array): void {
    let low = this.#low;
    let high = this.#high;
    let at = this.#nextSample;
    for (; at < bytes.length; at += this.#stride) {
      const byte = bytes[at] ?? 0;
      low = Math.imul(low ^ byte, 0x01000193);
      high = Math.imul(high ^ byte, 0x85ebca6b) ^ (high >>> 15);
    }
    this.#nextSample = at - bytes.length;
    this.#low = low;
    this.#high = high;
  }
}

/** Whether bytes are the pattern (of 1, 2, 4, 8 or 16 bytes) over and over. */
function isRepeated(bytes: Uint8Array, pattern: Uint8Array): boolean {
  const mask = pattern.length - 1;
  for (let at = 0; at < bytes.length; at++)
    if (bytes[at] !== pattern[at & mask]) return false;
  return true;
}
