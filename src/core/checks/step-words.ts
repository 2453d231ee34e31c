import { spansOf } from '../layout/ledger/spans.ts';
import type { StepRange } from '../run-types.ts';

/** As many spans as a finding keeps; the ledger of the report has more. */
const SPANS_KEPT = 100;

/** A span as plain data. */
export type Span = { [K in keyof StepRange]: number };

/** Spans as the data of a finding. */
export function keptSpans(spans: readonly StepRange[]): Span[] {
  return spans.slice(0, SPANS_KEPT).map((span) => ({ ...span }));
}

/** Ascending steps as the data of a finding. */
export function keptSteps(steps: readonly number[]): Span[] {
  return keptSpans(spansOf(steps));
}
