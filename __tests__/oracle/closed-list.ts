import { readFileSync } from 'node:fs';
import type { Entry } from '../../scripts/oracle/resume-rules.mjs';

/** An entry of the closed list: what files cannot show, or what we say with reason. */
export interface Undecidable {
  readonly kind: string;
  readonly types: '*' | readonly string[];
  readonly damages: readonly string[];
  readonly originals?: readonly string[];
  readonly notes?: readonly string[];
  readonly outcome?: string;
  readonly reason: string;
}

interface List<T> {
  readonly entries: readonly T[];
}

// The files are our own.
function readList(name: string): unknown {
  const file = new URL(`../../scripts/oracle/${name}`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8'));
}

export const { entries: ENTRIES } = readList(
  'undecidable.json',
) as List<Undecidable>;

/** Those of `npm run oracle:resume`. */
export const { entries: OF_RESUMES } = readList(
  'resume-undecidable.json',
) as List<Entry>;
