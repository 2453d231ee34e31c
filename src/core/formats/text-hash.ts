/**
 * Two multiplicative hashes over texts (cyrb53), for telling apart what is too long to be
 * kept: two that differ are taken for one with a chance of 2^-53. It protects nothing.
 */
export class TextHash {
  #high = 0xdeadbeef;
  #low = 0x41c6ce57;

  /** With its length before it, so that two texts are not taken for one. */
  text(text: string): void {
    this.code(text.length);
    for (let at = 0; at < text.length; at++) this.code(text.charCodeAt(at));
  }

  code(code: number): void {
    this.#high = Math.imul(this.#high ^ code, 2654435761);
    this.#low = Math.imul(this.#low ^ code, 1597334677);
  }

  /** As digits and letters. */
  digest(): string {
    return this.number().toString(36);
  }

  /** 53 bits. */
  number(): number {
    const high =
      Math.imul(this.#high ^ (this.#high >>> 16), 2246822507) ^
      Math.imul(this.#low ^ (this.#low >>> 13), 3266489909);
    const low =
      Math.imul(this.#low ^ (this.#low >>> 16), 2246822507) ^
      Math.imul(this.#high ^ (this.#high >>> 13), 3266489909);
    return 4_294_967_296 * (0x1fffff & low) + (high >>> 0);
  }
}

/** A longer text is told from others by its hash. */
export const TOLD_CHARACTERS = 200;

export function shortly(text: string): string {
  if (text.length <= TOLD_CHARACTERS) return text;
  const hash = new TextHash();
  hash.text(text);
  return `#${hash.digest()}`;
}
