import { describe, expect, test } from '@jest/globals';
import { ledgerWords } from '../../../src/core/render/ledger-words.ts';
import { renderMarkdown } from '../../../src/core/render/markdown.ts';
import { renderText } from '../../../src/core/render/text.ts';
import type { Ledger } from '../../../src/core/run-types.ts';
import { report, run } from '../../builders/report.ts';

const one = (first: number) => ({ first, last: first, every: 0 });
const NONE: Ledger = {
  cadence: null,
  reached: null,
  present: [],
  broken: [],
  rotated: [],
  missing: [],
  assumption: null,
};
const FULL: Ledger = {
  ...NONE,
  cadence: { every: 100, source: 'state' },
  reached: 1000,
  present: [one(400), { first: 500, last: 1000, every: 100 }],
  broken: [one(400)],
  rotated: [{ first: 100, last: 200, every: 100 }],
  missing: [one(300)],
};
const FULL_WORDS =
  'Steps: 400, 500, 600, … 1,000 there; 300 missing; 100, 200 gone, as a limit on checkpoints leaves them; 400 broken; a save every 100 (save_steps)';

describe('the line of a ledger', () => {
  test.each<[string, Ledger[], string[]]>([
    ['all of it', [FULL], [FULL_WORDS]],
    ['nothing', [], []],
    ['one step', [{ ...NONE, present: [one(5)] }], []],
    [
      'one step where another is missing',
      [{ ...NONE, present: [one(5)], missing: [one(4)] }],
      ['Steps: 5 there; 4 missing'],
    ],
    [
      'two trainings',
      [
        { ...NONE, present: [one(30), one(40)] },
        { ...NONE, present: [one(10), one(20)] },
      ],
      [
        'Steps of training 1 of 2: 30, 40 there',
        'Steps of training 2 of 2: 10, 20 there',
      ],
    ],
    [
      'more spans than anybody reads',
      [{ ...NONE, present: [1, 3, 7, 20, 21, 50].map(one) }],
      ['Steps: 1, 3, 7, … 50 (2 more between) there'],
    ],
    [
      'a checkpoint that a limit left alone',
      [{ ...NONE, present: [one(4)], rotated: [one(2)] }],
      ['Steps: 4 there; 2 gone, as a limit on checkpoints leaves it'],
    ],
    [
      'fewer than were saved, evenly',
      [
        {
          ...NONE,
          cadence: { every: 2, source: 'state' },
          present: [{ first: 8, last: 24, every: 8 }],
        },
      ],
      [
        'Steps: 8, 16, 24 there; a save every 8 seen, a save every 2 (save_steps)',
      ],
    ],
    [
      'fewer than were saved, as it came',
      [
        {
          ...NONE,
          cadence: { every: 2, source: 'state' },
          present: [one(2), one(10), one(24)],
        },
      ],
      [
        'Steps: 2, 10, 24 there; others between them absent, which may never have been due; a save every 2 (save_steps)',
      ],
    ],
  ])('%s', (_name, ledgers, words) => {
    expect(ledgerWords(run({ ledgers }))).toEqual(words);
  });

  test('names the first of many trainings', () => {
    const ledgers = Array.from({ length: 6 }, () => FULL);
    const words = ledgerWords(run({ ledgers }));
    expect(words).toHaveLength(5);
    expect(words.at(-1)).toBe('Steps of 2 more: in the JSON report');
  });

  test('stands below the table of its run, in text within its width', () => {
    const whole = report({ runs: [run({ ledgers: [FULL] })] });
    const text = renderText(whole, { color: false, width: 80 });
    expect(text.replace(/\n {2}/g, ' ')).toContain(FULL_WORDS);
    expect(text.split('\n').every((line) => line.length <= 80)).toBe(true);
    expect(renderMarkdown(whole)).toContain('300 missing');
  });
});
