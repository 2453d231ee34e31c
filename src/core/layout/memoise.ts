/**
 * Calls `make` once and keeps the promise, also a rejected one: what could not
 * be read once is not tried again under another check's name.
 */
export function memoise<T>(make: () => Promise<T>): () => Promise<T> {
  let kept: Promise<T> | null = null;
  return () => (kept ??= make());
}
