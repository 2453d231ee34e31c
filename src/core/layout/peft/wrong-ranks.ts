/** Tensors of another rank than the configuration gives their modules. */
export interface WrongRank {
  readonly tensors: string[];
  /** What the configuration gives. */
  readonly rank: number;
  readonly found: number[];
}

/** The same of several ranks. */
export type WrongRanks = Omit<WrongRank, 'rank'> &
  Readonly<{ ranks: number[] }>;

/** Ranks that are told each by itself; more, as a rank_pattern gives, are of one cause. */
export const RANKS_APART = 3;

/** All of them as one. */
export function joinRanks(wrong: readonly WrongRank[]): WrongRanks {
  return {
    tensors: wrong.flatMap(({ tensors }) => tensors),
    ranks: wrong.map(({ rank }) => rank),
    found: [...new Set(wrong.flatMap(({ found }) => found))],
  };
}
