import { readFileSync } from 'node:fs';

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

const FILE = new URL('../../scripts/oracle/undecidable.json', import.meta.url);

// The file is our own.
const LIST = JSON.parse(readFileSync(FILE, 'utf8')) as {
  readonly entries: readonly Undecidable[];
};

export const ENTRIES: readonly Undecidable[] = LIST.entries;
