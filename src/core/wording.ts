import { NAMES_SHOWN } from './bytes/limits.ts';
import type { StepRange } from './run-types.ts';

const BYTES_PER_KIB = 1024;
const UNITS = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** A size for people: `40 bytes`, `4.5 KiB`, `154 MiB`. */
export function formatBytes(bytes: number): string {
  if (bytes < BYTES_PER_KIB) return formatCount(bytes, 'byte');
  let value = bytes;
  let unit: string = UNITS[0];
  for (const next of UNITS) {
    value /= BYTES_PER_KIB;
    unit = next;
    // Rounding must not print `1024 KiB`.
    if (Math.round(value) < BYTES_PER_KIB) break;
  }
  return `${value < 9.95 ? value.toFixed(1) : value.toFixed(0)} ${unit}`;
}

const SIZE = /^(\d{1,15}(?:\.\d{1,6})?)\s*(?:([KMGT])(i?)B|B|bytes)?$/i;
const POWERS = ' KMGT';

/** What parseBytes takes, for the message that it was something else. */
export const SIZE_WORDS = 'a size such as 4GiB, 512MiB or a number of bytes';

/**
 * The bytes that people mean by `4GiB`, `512 MiB`, `1.5GB` or a plain number; `null`
 * for anything else.
 */
export function parseBytes(text: string): number | null {
  const [, number, unit, binary] = SIZE.exec(text.trim()) ?? [];
  if (number === undefined) return null;
  const base = binary === '' ? 1000 : BYTES_PER_KIB;
  const power = unit === undefined ? 0 : POWERS.indexOf(unit.toUpperCase());
  const bytes = Math.round(Number(number) * base ** power);
  return Number.isSafeInteger(bytes) ? bytes : null;
}

/** An exact number with thin grouping: `4,194,432`. */
export function formatNumber(value: number | bigint): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** A number with its noun: `1 tensor`, `2 tensors`, `0 entries`. */
export function formatCount(
  count: number,
  noun: string,
  plural = `${noun}s`,
): string {
  return `${formatNumber(count)} ${count === 1 ? noun : plural}`;
}

/** The first few names and how many more there are: `a, b, c and 7 more`. */
export function listNames(
  names: readonly string[],
  shown: number = NAMES_SHOWN,
): string {
  const rest = names.length - shown;
  const listed = names.slice(0, shown).join(', ');
  return rest > 0 ? `${listed} and ${formatNumber(rest)} more` : listed;
}

/** `a`, `a and b`, `a, b and c`. */
export function joinWords(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  const others = words.slice(0, -1);
  return others.length === 0 ? last : `${others.join(', ')} and ${last}`;
}

/** As many spans of steps as a reader takes in at once. */
const SPANS_SHOWN = 4;

/** How many steps are in a span, however many that are. */
export function stepsIn({ first, last, every }: StepRange): number {
  return every === 0 ? 1 : Math.floor((last - first) / every) + 1;
}

/**
 * Steps in words, the spans in their order: `100, 200, … 1,000, 1,500`. Of many spans
 * the first and the last, and how many steps lie in the others.
 */
export function formatSteps(
  spans: readonly StepRange[],
  shown: number = SPANS_SHOWN,
): string {
  if (spans.length <= shown) return spans.map(formatSpan).join(', ');
  const rest = spans
    .slice(shown - 1, -1)
    .reduce((sum, span) => sum + stepsIn(span), 0);
  const [first, last] = [spans.slice(0, shown - 1), spans.slice(-1)];
  return `${first.map(formatSpan).join(', ')}, … ${last.map(formatSpan).join('')} (${formatNumber(rest)} more between)`;
}

/** A span up to this long is told step by step. */
const STEPS_SHOWN = 4;

function formatSpan({ first, last, every }: StepRange): string {
  if (every === 0) return formatNumber(first);
  const count = stepsIn({ first, last, every });
  const told = Array.from({ length: Math.min(count, STEPS_SHOWN) }, (_, at) =>
    formatNumber(first + at * every),
  );
  return count <= STEPS_SHOWN
    ? told.join(', ')
    : [...told.slice(0, 2), `… ${formatNumber(last)}`].join(', ');
}

/** The text, or its beginning and how much more there is. */
export function cut(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text;
  const rest = text.length - maxCharacters;
  return `${text.slice(0, maxCharacters)}…(+${rest} characters)`;
}

/**
 * The same text by itself: of a part of a text V8 keeps the whole in memory, and of what
 * is put together its parts.
 */
export function copyOf(text: string): string {
  return ` ${text}`.slice(1);
}
