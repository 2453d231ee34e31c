/**
 * The result of reading bytes that may be bad. Bad bytes are a value; only
 * failing to get at the bytes throws.
 */
export type Parsed<T, D extends Defect<string>> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly defect: D };

/** What is wrong with the bytes. Each format has a union of these by `code`. */
export interface Defect<C extends string> {
  readonly code: C;
}

export function parsed<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function defective<const D extends Defect<string>>(
  defect: D,
): { readonly ok: false; readonly defect: D } {
  return { ok: false, defect };
}
