import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  displayWidth,
  firstSentence,
  shortenEnd,
  shortenMiddle,
} from '../../../src/core/render/shorten.ts';

describe('columns of a terminal', () => {
  // As wcwidth 0.9.1 for Python counts them.
  test.each([
    ['', 0],
    ['checkpoint-100', 14],
    ['é', 1],
    ['e\u0301\u0302', 1],
    ['模型', 4],
    ['ﾓﾃﾞﾙ', 4],
    ['Ｆｕｌｌ', 8],
    ['한국', 4],
    ['\u1112\u1161\u11ab', 2],
    ['नमस्ते', 4],
    ['✅', 2],
    ['⚠', 1],
    ['⚠\ufe0f', 2],
    ['1\ufe0f\u20e3', 2],
    ['🚀', 2],
    ['🇩🇪', 2],
    ['👍🏽', 2],
    ['𠀀', 2],
    ['…', 1],
  ])('%j takes %i', (text, columns) => {
    expect(displayWidth(text)).toBe(columns);
  });
});

describe('cut in the middle', () => {
  test.each([
    ['checkpoint-100', 14, 'checkpoint-100'],
    ['checkpoint-100', 13, 'checkp…nt-100'],
    ['checkpoint-100', 1, '…'],
    ['模型模型模型', 8, '模…模型'],
    ['e\u0301e\u0301e\u0301e\u0301', 3, 'e\u0301…e\u0301'],
    ['🇩🇪🇫🇷🇮🇹', 5, '🇩🇪…🇮🇹'],
  ])('%j in %i columns', (text, width, cut) => {
    expect(shortenMiddle(text, width)).toBe(cut);
  });

  test('is never wider than asked, and never cuts through a character', () => {
    const texts = fc.string({ unit: 'grapheme', maxLength: 60 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 40 }), (text, width) => {
        const cut = shortenMiddle(text, width);
        expect(displayWidth(cut)).toBeLessThanOrEqual(width);
        expect(cut).not.toMatch(/\p{Cs}/u);
      }),
    );
  });
});

describe('cut at the end', () => {
  test.each([
    ['short enough', 20, 'short enough'],
    ['cut between words', 12, 'cut between …'],
    ['nothingtocutat', 7, 'nothing …'],
  ])('%j to %i', (text, max, cut) => {
    expect(shortenEnd(text, max)).toBe(cut);
  });

  test.each([
    ['The folder is empty. It lacks a file.', 'The folder is empty.'],
    ['One file (a.bin) of 3. `b` is cut.', 'One file (a.bin) of 3.'],
    ['config.json of version 1.5 only', 'config.json of version 1.5 only'],
  ])('%j to its first sentence', (text, sentence) => {
    expect(firstSentence(text)).toBe(sentence);
  });
});
