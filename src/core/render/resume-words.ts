import type { RunSummary } from '../types.ts';
import { formatCount } from '../wording.ts';
import { escapeTerminal } from './escape.ts';

/** Folders in the way that are named, and commands; the JSON report has all. */
const MAX_SHOWN = 3;

/** A line of a summary: our words, then names or code out of the report. */
export interface ResumeLine {
  readonly words: string;
  readonly codes: readonly string[];
  /** Whether they are typed somewhere, so that each is copied from a line of its own. */
  readonly isTyped: boolean;
  /** What is left out. */
  readonly more: string;
}

/**
 * What a summary says of a run: where to resume from, how to say so to the framework,
 * which checkpoints it would take instead, and how to move them away. Code that could
 * not be shown letter by letter, and so not be copied, is left out.
 */
export function resumeLines({
  newestResumable,
  resume,
}: RunSummary): readonly ResumeLine[] {
  const blockedBy = resume?.blockedBy ?? [];
  if (newestResumable === null) return [];
  const pass = [resume?.pass ?? ''].filter(isCopyable);
  const commands = (resume?.moveAway ?? []).filter(isCopyable);
  return [
    line('Resume from here:', [newestResumable]),
    typed(`With ${resume?.framework ?? ''}:`, pass),
    line('In its way, since the highest number is taken:', blockedBy),
    typed('Move out of the way:', commands),
  ].filter(({ codes }) => codes.length > 0);
}

function line(words: string, codes: readonly string[]): ResumeLine {
  const rest = codes.length - MAX_SHOWN;
  return {
    words,
    codes: codes.slice(0, MAX_SHOWN),
    isTyped: false,
    more: rest > 0 ? `and ${formatCount(rest, 'more', 'more')}` : '',
  };
}

function typed(words: string, codes: readonly string[]): ResumeLine {
  return { ...line(words, codes), isTyped: true };
}

function isCopyable(code: string): boolean {
  return code !== '' && escapeTerminal(code) === code;
}
