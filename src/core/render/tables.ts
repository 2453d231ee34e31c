import type { Report } from '../types.ts';
import { formatNumber } from '../wording.ts';
import { CONCERN, rowsByRun } from './rows.ts';
import type { Row, RunRows } from './rows.ts';

/** Up to so many runs each have their own table; more would bury the findings. */
const MAX_RUN_TABLES = 4;

/**
 * How the rows are laid out.
 *
 * - `run-tables`: a table for each run, in the report's order.
 * - `one-table`: many runs of a single checkpoint each, named by their paths.
 * - `overview`: many runs, a line each, and one table of all checkpoints.
 *
 * Where there are many runs, those with errors come first.
 */
export type Tables =
  | { readonly kind: 'run-tables'; readonly runs: readonly RunRows[] }
  | { readonly kind: 'one-table'; readonly rows: readonly Row[] }
  | {
      readonly kind: 'overview';
      readonly runs: readonly RunRows[];
      readonly rows: readonly Row[];
    };

/** Chooses how the rows of a report are laid out. */
export function tablesOf(report: Report): Tables {
  const runs = rowsByRun(report);
  if (runs.length <= MAX_RUN_TABLES) return { kind: 'run-tables', runs };
  const sorted = worstFirst(runs);
  const rows = sorted.flatMap((run) =>
    run.rows.map((row) => ({ ...row, name: row.path })),
  );
  return runs.every((run) => run.rows.length === 1)
    ? { kind: 'one-table', rows }
    : { kind: 'overview', runs: sorted, rows };
}

/** Rows that are shown at once, and the others in their order. */
export interface Selection {
  readonly open: readonly Row[];
  readonly folded: readonly Row[];
  /** Says in words what is open; empty when all are. */
  readonly words: string;
}

export interface SelectionLimits {
  /** So many rows are shown without choosing. */
  readonly all: number;
  /** Of more rows, so many. */
  readonly open: number;
  /** So many of them, if there are, the newest that load; 0: none of them. */
  readonly newest: number;
}

/** Of many rows the worst, and the newest that load; each row once. */
export function selectRows(
  rows: readonly Row[],
  { all, open, newest }: SelectionLimits,
): Selection {
  if (rows.length <= all) return { open: rows, folded: [], words: '' };
  const troubled = worstFirst(
    rows.filter(({ concern }) => concern !== CONCERN.none),
  );
  const loading = rows.filter(
    (row) => row.concern === CONCERN.none && isLoading(row),
  );
  const bad = troubled.slice(0, open - Math.min(newest, loading.length));
  const chosen = new Set(bad);
  const room = newest === 0 ? 0 : open - bad.length;
  const good = loading.slice(Math.max(0, loading.length - room));
  for (const row of good) chosen.add(row);
  return {
    open: [...bad, ...good],
    folded: rows.filter((row) => !chosen.has(row)),
    words: selectionWords(troubled.length, bad.length, good.length),
  };
}

function isLoading({ loads }: Row): boolean {
  return loads.value === 'yes' || loads.value === 'doubtful';
}

function selectionWords(troubled: number, bad: number, good: number): string {
  const worst =
    bad < troubled
      ? `the first ${formatNumber(bad)} of ${formatNumber(troubled)} that need a look`
      : bad === 1
        ? 'the one that needs a look'
        : `the ${formatNumber(bad)} that need a look`;
  const newest =
    good === 1
      ? 'the newest that loads'
      : `the newest ${formatNumber(good)} that load`;
  if (bad === 0) return good === 0 ? '' : newest;
  return good === 0 ? worst : `${worst}, then ${newest}`;
}

/** Stable, so that those of like concern keep the report's order. */
export function worstFirst<T extends { readonly concern: number }>(
  all: readonly T[],
): readonly T[] {
  return [...all].sort((left, right) => left.concern - right.concern);
}

/** The answers of several rows, worst first, e.g. `1 no, 11 yes`. */
export function countAnswers(
  rows: readonly Row[],
  question: 'loads' | 'trained' | 'resumes',
): readonly { readonly value: string; readonly count: number }[] {
  const order = ['no', 'doubtful', 'not checked', 'not applicable', 'yes'];
  const counts = new Map<string, number>(order.map((value) => [value, 0]));
  for (const row of rows) {
    const { value } = row[question];
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count > 0)
    .map(([value, count]) => ({ value, count }));
}
