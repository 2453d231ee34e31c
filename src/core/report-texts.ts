import {
  REPORT_TEXT_MAX_CHARACTERS,
  REPORT_TEXT_SHORT_CHARACTERS,
  REPORT_TEXTS_CHARACTERS,
} from './report-limits.ts';
import type { Answer, Json, JsonRecord } from './types.ts';
import { copyOf, cut } from './wording.ts';

/** Gives a text as a report keeps it. */
export type Keep = (text: string) => string;

/**
 * Keeps the texts that a report has of files, so that together they have an end: see
 * REPORT_TEXTS_CHARACTERS. Each is a copy, for a part of a text would keep the whole of
 * the document that it was cut from in memory.
 */
export function textKeeper(): Keep {
  let left = REPORT_TEXTS_CHARACTERS;
  const known = new Map<string, string>();
  return (text) => {
    const most =
      left > 0 ? REPORT_TEXT_MAX_CHARACTERS : REPORT_TEXT_SHORT_CHARACTERS;
    const before = known.get(text);
    if (before !== undefined) return before;
    const kept = copyOf(cut(text, most));
    left -= kept.length;
    if (known.size < KNOWN_MAX && text.length <= REPORT_TEXT_SHORT_CHARACTERS)
      known.set(kept, kept);
    return kept;
  };
}

/** Short texts that are kept once: the same is said of a thousand checkpoints. */
const KNOWN_MAX = 1000;

/** An answer whose reason is kept. */
export function withKeptReason(answer: Answer, keep: Keep): Answer {
  const { reason } = answer;
  return reason === undefined ? answer : { ...answer, reason: keep(reason) };
}

/** Data of a finding whose long texts are cut; lists keep their length. */
export function withoutLongTexts(data: JsonRecord, keep: Keep): JsonRecord {
  return mapTexts(data, (text) =>
    text.length > REPORT_TEXT_SHORT_CHARACTERS ? keep(text) : text,
  );
}

/** The same with each of its texts kept. */
export function withKeptTexts(data: JsonRecord, keep: Keep): JsonRecord {
  return mapTexts(data, keep);
}

function mapTexts(data: JsonRecord, keep: Keep): JsonRecord {
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, mapText(value, keep)]),
  );
}

function mapText(value: Json, keep: Keep): Json {
  if (typeof value === 'string') return keep(value);
  if (isList(value)) return value.map((one) => mapText(one, keep));
  return typeof value === 'object' && value !== null
    ? mapTexts(value, keep)
    : value;
}

export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
