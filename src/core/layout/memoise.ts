/** A fact that is made when first asked for, and kept until it is let go. */
export interface Memo<T> {
  (): Promise<T>;
  /** Lets go of it: asked for again, it is made again. */
  forget(): void;
}

/**
 * Calls `make` once and keeps the promise, also a rejected one: what could not
 * be read once is not tried again under another check's name.
 */
export function memoise<T>(make: () => Promise<T>): Memo<T> {
  let kept: Promise<T> | null = null;
  const memo = () => (kept ??= make());
  return Object.assign(memo, {
    forget: () => {
      kept = null;
    },
  });
}
