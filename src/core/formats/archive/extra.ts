/** What was looked for among extra fields. */
export interface FoundExtra {
  /** Its content; `null` where there is none. */
  readonly field: Uint8Array | null;
  /** A field that reaches beyond them: yauzl and zipfile refuse, others do not. */
  readonly isMalformed: boolean;
}

/** The first field of an id (APPNOTE 4.5.1): id u16, length u16, content. */
export function findExtra(extra: Uint8Array, id: number): FoundExtra {
  let field: Uint8Array | null = null;
  let at = 0;
  while (at + 4 <= extra.length) {
    const end = at + 4 + u16(extra, at + 2);
    if (end > extra.length) return { field, isMalformed: true };
    if (field === null && u16(extra, at) === id)
      field = extra.subarray(at + 4, end);
    at = end;
  }
  return { field, isMalformed: false };
}

function u16(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0);
}
