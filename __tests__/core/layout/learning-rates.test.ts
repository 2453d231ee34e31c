import { expect, test } from '@jest/globals';
import { readLoggedRates } from '../../../src/core/layout/learning-rates.ts';
import { survey } from '../../../src/core/survey.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { memorySource } from '../../helpers/memory-source.ts';
import type { CaseFiles } from '../../helpers/memory-source.ts';

async function ratesIn(files: CaseFiles, after?: number) {
  const source = memorySource('run', { ...adapterFiles(), ...files });
  const { runs } = await survey([{ named: 'run', sources: [source] }]);
  const checkpoint = runs[0]?.checkpoints[0];
  if (checkpoint === undefined) throw new Error('there is a checkpoint');
  return readLoggedRates(checkpoint, after);
}

const logged = (log: string) => ({
  'trainer_state.json': `{"global_step": 9, "log_history": ${log}}`,
});

test.each([
  ['no trainer_state.json', {}, 'none'],
  ['one that is no JSON', { 'trainer_state.json': '{' }, 'none'],
  ['one that is a list', { 'trainer_state.json': '[]' }, 'none'],
  ['one without a log', { 'trainer_state.json': '{}' }, 'none'],
  ['a log that is no list', logged('{"learning_rate": 1}'), 'none'],
  ['an empty log', logged('[]'), 'none'],
  ['a log of losses', logged('[{"loss": 2.5, "step": 1}, 3, null]'), 'none'],
  ['a rate of zero', logged('[{"learning_rate": 0.0}]'), 'all zero'],
  ['a negative zero', logged('[{"learning_rate": -0.0}]'), 'all zero'],
  ['a zero as text', logged('[{"learning_rate": "0.0"}]'), 'all zero'],
  ['a rate', logged('[{"learning_rate": 2e-05}]'), 'above zero'],
  ['a rate as text', logged('[{"learning_rate": "2e-05"}]'), 'above zero'],
  [
    'a warm-up',
    logged('[{"learning_rate": 0}, {"learning_rate": 1e-6}]'),
    'above zero',
  ],
  [
    'a decay to zero',
    logged('[{"learning_rate": 1e-6}, {"learning_rate": 0}]'),
    'above zero',
  ],
  ['an empty text', logged('[{"learning_rate": ""}]'), 'none'],
  ['a text of spaces', logged('[{"learning_rate": " "}]'), 'none'],
  ['a word', logged('[{"learning_rate": "constant"}]'), 'none'],
  ['a NaN', logged('[{"learning_rate": NaN}]'), 'none'],
  ['nothing', logged('[{"learning_rate": null}]'), 'none'],
  [
    'a word beside a zero',
    logged('[{"learning_rate": "n/a"}, {"learning_rate": 0}]'),
    'all zero',
  ],
] satisfies readonly (readonly [string, CaseFiles, string])[])(
  'of %s',
  async (_name, files, rates) => {
    expect(await ratesIn(files)).toBe(rates);
  },
);

test.each([
  [1, 'above zero'],
  [2, 'all zero'],
  [3, 'none'],
])('of those after step %d', async (after, rates) => {
  const files = logged(
    '[{"learning_rate": 1e-4, "step": 1}, {"learning_rate": 1e-5, "step": 2}, {"learning_rate": 0, "step": 3}]',
  );
  expect(await ratesIn(files, after)).toBe(rates);
});
