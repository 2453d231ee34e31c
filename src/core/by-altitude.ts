import type { Altitude, AnyCheck } from './define-check.ts';

/** Checks by what they look at. */
export type ByAltitude = { readonly [A in Altitude]: AnyCheck<A>[] };

/** Sorted so that the compiler can pair each check with its subjects. */
export function byAltitude(checks: readonly AnyCheck[]): ByAltitude {
  const sorted: ByAltitude = {
    weights: [],
    checkpoint: [],
    run: [],
    judged: [],
    target: [],
  };
  for (const check of checks)
    switch (check.altitude) {
      case 'weights':
        sorted.weights.push(check);
        break;
      case 'checkpoint':
        sorted.checkpoint.push(check);
        break;
      case 'run':
        sorted.run.push(check);
        break;
      case 'judged':
        sorted.judged.push(check);
        break;
      case 'target':
        sorted.target.push(check);
        break;
    }
  return sorted;
}
