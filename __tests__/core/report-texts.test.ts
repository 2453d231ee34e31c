import { expect, test } from '@jest/globals';
import {
  REPORT_TEXT_MAX_CHARACTERS,
  REPORT_TEXT_SHORT_CHARACTERS,
  REPORT_TEXTS_CHARACTERS,
} from '../../src/core/report-limits.ts';
import {
  textKeeper,
  withKeptReason,
  withKeptTexts,
  withoutLongTexts,
} from '../../src/core/report-texts.ts';

const upper = (text: string) => text.toUpperCase();
const SHORT = REPORT_TEXT_SHORT_CHARACTERS;

test('a text is kept as it is, a long one cut with a word of how much', () => {
  const keep = textKeeper();
  expect(keep('LORA')).toBe('LORA');
  expect(keep('x'.repeat(REPORT_TEXT_MAX_CHARACTERS))).toHaveLength(
    REPORT_TEXT_MAX_CHARACTERS,
  );
  expect(keep('x'.repeat(REPORT_TEXT_MAX_CHARACTERS + 7))).toMatch(
    /^x+…\(\+7 characters\)$/,
  );
});

test('beyond a sum of characters long texts are cut shorter', () => {
  const keep = textKeeper();
  const many = REPORT_TEXTS_CHARACTERS / REPORT_TEXT_MAX_CHARACTERS;
  const lengths = Array.from(
    { length: many + 1 },
    (_, at) => keep(`${at}`.padEnd(REPORT_TEXT_MAX_CHARACTERS)).length,
  );
  expect(new Set(lengths.slice(0, many))).toEqual(
    new Set([REPORT_TEXT_MAX_CHARACTERS]),
  );
  expect(lengths.at(-1)).toBeLessThan(SHORT + 30);
  expect(keep('what is short')).toBe('what is short');
});

test('texts of data, however deep', () => {
  const data = { a: 'a', list: ['b', { c: 'c' }], number: 1, none: null };
  expect(withKeptTexts(data, upper)).toEqual({
    a: 'A',
    list: ['B', { c: 'C' }],
    number: 1,
    none: null,
  });
  const long = 'd'.repeat(SHORT + 1);
  expect(withoutLongTexts({ ...data, long: [long] }, () => 'cut')).toEqual({
    ...data,
    long: ['cut'],
  });
});

test('the reason of an answer, where it has one', () => {
  expect(withKeptReason({ value: 'yes' }, upper)).toEqual({ value: 'yes' });
  expect(
    withKeptReason({ value: 'not checked', reason: 'why' }, upper),
  ).toEqual({ value: 'not checked', reason: 'WHY' });
});
