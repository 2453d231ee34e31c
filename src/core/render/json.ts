import type { Report } from '../types.ts';
import { escapeJsonText } from './escape.ts';

/** The report as one JSON document with a line end. */
export function renderJson(report: Report): string {
  return `${escapeJsonText(JSON.stringify(report, null, 2))}\n`;
}
