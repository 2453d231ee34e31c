import { expect, test } from '@jest/globals';
import { reasonsOf } from '../../../src/core/render/grouping.ts';
import { checkpoint, report } from '../../builders/report.ts';

/** A checkpoint that is `not checked` for these reasons. */
function open(step: number, loads: string, trained = loads) {
  const { answers } = checkpoint(step);
  const path = `runs/a/checkpoint-${step}`;
  const answer = (words: string) => ({
    value: 'not checked' as const,
    reason: words.replace('PATH', path),
  });
  return checkpoint(step, {
    path,
    answers: { ...answers, loads: answer(loads), trained: answer(trained) },
  });
}

const wordsOf = (...checkpoints: ReturnType<typeof open>[]) =>
  reasonsOf(report({ checkpoints }))
    .filter(({ questions }) => !questions.includes('resumes'))
    .map(({ questions, words }) => `${questions.join(', ')} ${words}`);

test('a reason that each says of its own folder is one, with their number', () => {
  const steps = Array.from({ length: 1001 }, (_, at) => at + 1);
  expect(
    wordsOf(...steps.map((step) => open(step, 'x in PATH is y', 'none'))),
  ).toEqual([
    'loads not checked: x in runs/a/checkpoint-1 is y (and so of 1,000 other checkpoints)',
    'trained not checked: none',
  ]);
});

test('of one checkpoint nothing is added, and what differs stays apart', () => {
  expect(wordsOf(open(1, 'x in PATH'), open(2, 'y in PATH'))).toEqual([
    'loads, trained not checked: x in runs/a/checkpoint-1',
    'loads, trained not checked: y in runs/a/checkpoint-2',
  ]);
});

test('a checkpoint without a path keeps its words', () => {
  const here = { ...open(1, 'x'), path: '' };
  expect(wordsOf(here)).toEqual(['loads, trained not checked: x']);
});
