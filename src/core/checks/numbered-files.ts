/** Files of one kind that a trainer numbers from the first on. */
export interface Series {
  /** Its group is the number; where it holds none, the file is the first. */
  readonly pattern: RegExp;
  readonly nameOf: (number: number) => string;
}

/** What lies before or between the files of a series and is not there. */
export interface Gaps {
  /** The first of them. */
  readonly names: readonly string[];
  readonly missing: number;
}

/** Numbers in hostile names go up to a million. */
const MAX_NAMES = 100;

/** accelerate checkpointing.py, `save_accelerator_state`: `optimizer.bin`, `optimizer_1.bin`. */
export function plainFirst(stem: string): Series {
  return {
    pattern: new RegExp(`^${stem}(?:_([1-9]\\d{0,5}))?\\.bin$`),
    nameOf: (number) =>
      number === 0 ? `${stem}.bin` : `${stem}_${number}.bin`,
  };
}

/** The same, `save_custom_state` and random states: `custom_checkpoint_0.pkl`. */
export function numberedFromZero(stem: string): Series {
  return {
    pattern: new RegExp(`^${stem}_(0|[1-9]\\d{0,5})\\.pkl$`),
    nameOf: (number) => `${stem}_${number}.pkl`,
  };
}

/** The numbers below the highest that no file has. */
export function gapsIn(
  files: readonly string[],
  { pattern, nameOf }: Series,
): Gaps {
  const there = new Set(
    files.flatMap((name) => {
      const found = pattern.exec(name);
      return found === null ? [] : [Number(found[1] ?? 0)];
    }),
  );
  const last = [...there].reduce((max, one) => Math.max(max, one), -1);
  const names: string[] = [];
  for (let at = 0; at < last && names.length < MAX_NAMES; at += 1)
    if (!there.has(at)) names.push(nameOf(at));
  return { names, missing: last + 1 - there.size };
}
