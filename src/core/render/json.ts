import type { Report } from '../types.ts';
import { cut } from '../wording.ts';
import { escapeJsonText } from './escape.ts';

/**
 * The longest text as it is; a path of 32 folders has at most 8,000 characters. A
 * name in a file can have 24 million, and stands in several places of a report.
 */
const MAX_TEXT_CHARACTERS = 20_000;

/** The whole report as one JSON document, indented, with a final line end. */
export function renderJson(report: Report): string {
  const capped = (_key: string, value: unknown) =>
    typeof value === 'string' ? cut(value, MAX_TEXT_CHARACTERS) : value;
  return `${escapeJsonText(JSON.stringify(report, capped, 2))}\n`;
}
