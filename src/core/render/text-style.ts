import type { Report, Severity, Verdict } from '../types.ts';

/** Ways to set off a text that is escaped already. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly severity: (severity: Severity, text: string) => string;
  readonly verdict: (verdict: Verdict, text: string) => string;
}

/** A report on its way to a terminal. */
export interface Page {
  readonly report: Report;
  /** Columns of the terminal. */
  readonly width: number;
  /** Where all of the report is to be had. */
  readonly allIn: string;
  readonly paint: Paint;
}

/** Select Graphic Rendition codes of ECMA-48. */
const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 };

const SEVERITY_COLOURS = {
  error: CODES.red,
  warning: CODES.yellow,
  notice: CODES.cyan,
} satisfies Record<Severity, number>;

const VERDICT_COLOURS = {
  pass: CODES.green,
  fail: CODES.red,
  inconclusive: CODES.yellow,
} satisfies Record<Verdict, number>;

/** Styles with ANSI codes, or ones that leave the text as it is. */
export function paint(color: boolean): Paint {
  const wrapIn = (code: number) => (text: string) =>
    color ? `\u001B[${code}m${text}\u001B[0m` : text;
  return {
    bold: wrapIn(CODES.bold),
    dim: wrapIn(CODES.dim),
    severity: (severity, text) => wrapIn(SEVERITY_COLOURS[severity])(text),
    verdict: (verdict, text) => wrapIn(VERDICT_COLOURS[verdict])(text),
  };
}
