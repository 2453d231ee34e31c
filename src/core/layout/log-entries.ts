import type { LogEntry } from './log-entry.ts';

/** As objects of their own: a log that is read at once has no more. */
const LOOSE_ENTRIES = 512;

/** A block of those behind takes 58 KiB. */
const BLOCK_ENTRIES = 1024;

/** What of an entry is a number, in the order of its columns. */
const COLUMNS = {
  step: 0,
  epoch: 1,
  loss: 2,
  gradNorm: 3,
  learningRate: 4,
  rewardZeroStd: 5,
  digest: 6,
} as const;
const COLUMN_COUNT = 7;

/** Above the flags of columns that hold a number. */
const HAS_REWARD = 1 << COLUMN_COUNT;

/**
 * Puts the entries of a log together. As objects with their numbers 350,000 take some
 * 80 MB, in columns with a view of each a third of that.
 */
export class LogEntries {
  readonly #entries: LogEntry[] = [];
  #block = new Block(0);

  add(entry: LogEntry): void {
    if (this.#entries.length < LOOSE_ENTRIES) this.#entries.push(entry);
    else {
      if (this.#block.isFull) this.#block = new Block(BLOCK_ENTRIES);
      this.#entries.push(this.#block.add(entry));
    }
  }

  get length(): number {
    return this.#entries.length;
  }

  /** Those added so far, in their order. */
  all(): readonly LogEntry[] {
    return this.#entries;
  }
}

class Block {
  readonly #numbers: Float64Array;
  readonly #flags: Uint8Array;
  readonly #room: number;
  #length = 0;

  constructor(room: number) {
    this.#room = room;
    this.#numbers = new Float64Array(room * COLUMN_COUNT);
    this.#flags = new Uint8Array(room);
  }

  get isFull(): boolean {
    return this.#length === this.#room;
  }

  add(entry: LogEntry): LogEntry {
    const at = this.#length++;
    let flags = entry.hasReward ? HAS_REWARD : 0;
    for (const name of NAMES) {
      const value = entry[name];
      if (value === null) continue;
      this.#numbers[at * COLUMN_COUNT + COLUMNS[name]] = value;
      flags |= 1 << COLUMNS[name];
    }
    this.#flags[at] = flags;
    return new EntryInBlock(this, at);
  }

  number(at: number, column: number): number | null {
    return this.has(at, 1 << column)
      ? (this.#numbers[at * COLUMN_COUNT + column] ?? null)
      : null;
  }

  has(at: number, flag: number): boolean {
    return ((this.#flags[at] ?? 0) & flag) !== 0;
  }
}

const NAMES = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];

class EntryInBlock implements LogEntry {
  readonly #block: Block;
  readonly #at: number;

  constructor(block: Block, at: number) {
    this.#block = block;
    this.#at = at;
  }

  get step(): number | null {
    return this.#block.number(this.#at, COLUMNS.step);
  }

  get epoch(): number | null {
    return this.#block.number(this.#at, COLUMNS.epoch);
  }

  get loss(): number | null {
    return this.#block.number(this.#at, COLUMNS.loss);
  }

  get gradNorm(): number | null {
    return this.#block.number(this.#at, COLUMNS.gradNorm);
  }

  get learningRate(): number | null {
    return this.#block.number(this.#at, COLUMNS.learningRate);
  }

  get rewardZeroStd(): number | null {
    return this.#block.number(this.#at, COLUMNS.rewardZeroStd);
  }

  get hasReward(): boolean {
    return this.#block.has(this.#at, HAS_REWARD);
  }

  get digest(): number {
    return this.#block.number(this.#at, COLUMNS.digest) ?? 0;
  }
}
