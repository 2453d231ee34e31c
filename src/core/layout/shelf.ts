import { memoise } from './memoise.ts';
import type { Memo } from './memoise.ts';

/**
 * Makes a fact that is kept as `memoise` keeps it, but only for as long as there is
 * room for it beside what was made later.
 *
 * @param make calls `takes` with the room that the fact takes, before it makes it
 */
export type Shelf = <T>(
  make: (takes: (size: number) => void) => Promise<T>,
) => Memo<T>;

/**
 * A shelf for facts that together may be larger than memory: what was made first
 * goes first, and is made again where it is asked for again. The newest stays
 * however large it is.
 */
export function shelfOf(room: number): Shelf {
  const held = new Map<Memo<unknown>, number>();
  let taken = 0;
  const takeOff = (memo: Memo<unknown>) => {
    taken -= held.get(memo) ?? 0;
    held.delete(memo);
  };
  const putOn = (memo: Memo<unknown>, size: number) => {
    takeOff(memo);
    held.set(memo, size);
    taken += size;
    for (const oldest of held.keys()) {
      if (taken <= room || oldest === memo) return;
      oldest.forget();
    }
  };
  return (make) => {
    const kept = memoise(() =>
      make((size) => {
        putOn(memo, size);
      }),
    );
    const forget = () => {
      takeOff(memo);
      kept.forget();
    };
    const memo = Object.assign(() => kept(), { forget });
    return memo;
  };
}
