import { describe, expect, test } from '@jest/globals';
import { isUndeclarable, readDeclared } from '../../src/core/declared.ts';
import type { DeclaredTexts } from '../../src/core/declared.ts';
import { NOTHING_DECLARED } from '../../src/core/types.ts';

const NOTHING: DeclaredTexts = {
  saveSteps: '',
  expectedSteps: '',
  minCheckpoints: '',
  gradientAccumulationSteps: '',
  worldSize: '',
};
const read = (texts: Partial<DeclaredTexts>) =>
  readDeclared({ ...NOTHING, ...texts });

describe('what is declared', () => {
  test('is nothing where nothing is given', () => {
    expect(read({})).toEqual(NOTHING_DECLARED);
  });

  test.each<[Partial<DeclaredTexts>, object]>([
    [{ saveSteps: '500' }, { saveSteps: 500 }],
    [{ expectedSteps: '300, 100,200' }, { expectedSteps: [100, 200, 300] }],
    [{ expectedSteps: '100\n200\n100\n' }, { expectedSteps: [100, 200] }],
    [{ expectedSteps: '0' }, { expectedSteps: [0] }],
    [{ minCheckpoints: ' 3 ' }, { minCheckpoints: 3 }],
    [
      { gradientAccumulationSteps: '8', worldSize: '4' },
      { gradientAccumulationSteps: 8, worldSize: 4 },
    ],
  ])('%j', (texts, fields) => {
    expect(read(texts)).toEqual({ ...NOTHING_DECLARED, ...fields });
  });

  test.each<[keyof DeclaredTexts, string, RegExp]>([
    ['saveSteps', '0', /from 1 to 999,999,999,999,999/],
    ['saveSteps', '-5', /whole number/],
    ['saveSteps', '1e3', /whole number/],
    ['saveSteps', '0.3', /whole number/],
    ['saveSteps', '1,000', /whole number/],
    ['saveSteps', '9'.repeat(400), /whole number/],
    ['expectedSteps', '100,x', /commas or line ends/],
    ['expectedSteps', '100-300', /commas or line ends/],
    ['expectedSteps', ',', /at most 10,000 steps/],
    [
      'expectedSteps',
      Array.from({ length: 10_001 }, (_, at) => at).join(','),
      /at most 10,000 steps/,
    ],
    ['minCheckpoints', '0', /from 1 to 10,000/],
    ['gradientAccumulationSteps', '1000001', /from 1 to 1,000,000/],
    ['worldSize', 'two', /from 1 to 1,000,000/],
  ])('%s cannot be %s', (field, text, allowed) => {
    const wrong = read({ [field]: text });
    if (!isUndeclarable(wrong)) throw new Error('it was read');
    expect(wrong).toMatchObject({ field, text });
    expect(wrong.allowed).toMatch(allowed);
  });
});
