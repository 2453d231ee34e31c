import type { StepRange } from '../../run-types.ts';
import { stepsIn } from '../../wording.ts';

/** So many steps in a row, equally far apart, are told as one span. */
const SPAN_LEAST = 3;

/** Brings ascending steps to as few spans as tell them all, in their order. */
export function spansOf(steps: readonly number[]): readonly StepRange[] {
  const spans: StepRange[] = [];
  let at = 0;
  while (at < steps.length) {
    const length = runLength(steps, at);
    const taken = length >= SPAN_LEAST ? length : 1;
    const [first = 0, second = first] = steps.slice(at, at + 2);
    const last = steps[at + taken - 1] ?? first;
    spans.push({ first, last, every: taken === 1 ? 0 : second - first });
    at += taken;
  }
  return spans;
}

/** How many steps from `from` on are equally far apart. */
function runLength(steps: readonly number[], from: number): number {
  const [first = 0, second = first] = steps.slice(from, from + 2);
  let at = from + 1;
  while (
    at < steps.length &&
    steps[at] === first + (at - from) * (second - first)
  )
    at += 1;
  return at - from;
}

/** From `first` to `last`, or `null` where that is none. */
export function spanOf(
  first: number,
  last: number,
  every: number,
): StepRange | null {
  if (first > last) return null;
  return { first, last, every: first === last ? 0 : every };
}

/** How many steps are in all spans. */
export function totalOf(spans: readonly StepRange[]): number {
  return spans.reduce((sum, span) => sum + stepsIn(span), 0);
}

function isIn({ first, last, every }: StepRange, step: number): boolean {
  if (every === 0) return step === first;
  return step >= first && step <= last && (step - first) % every === 0;
}

/** A span without some steps, given in ascending order: what is left of it. */
export function spanWithout(
  span: StepRange,
  steps: readonly number[],
): readonly StepRange[] {
  const { first, last } = span;
  const every = span.every === 0 ? 1 : span.every;
  const left: StepRange[] = [];
  let from = first;
  for (const step of steps) {
    if (!isIn(span, step)) continue;
    left.push(
      ...[spanOf(from, step - every, every)].flatMap((one) => one ?? []),
    );
    from = step + every;
  }
  left.push(...[spanOf(from, last, every)].flatMap((one) => one ?? []));
  return left;
}
