import { readdirSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { isBeside } from '../../../src/core/bytes/walk-policy.ts';
import {
  isPerhapsWeightsName,
  isTrainerStateName,
  isTrainingStateName,
  isWeightsLikeName,
} from '../../../src/core/layout/names.ts';

const CORPUS = new URL('../../corpus/', import.meta.url);

/** What makes of a file more than something that lies beside. */
const TELLING = [
  isWeightsLikeName,
  isPerhapsWeightsName,
  isTrainerStateName,
  isTrainingStateName,
];

const NAMES = [
  ...new Set(
    readdirSync(CORPUS, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map(({ name }) => name),
  ),
];

test('of the files of the corpus none that tells lies beside', () => {
  const telling = NAMES.filter((name) => TELLING.some((is) => is(name)));
  expect(telling.length).toBeGreaterThan(20);
  expect(telling.filter(isBeside)).toEqual([]);
});

test.each([
  'samples/0001.png',
  'training.log',
  'README.md',
  'metrics.csv',
  'vocab.txt',
])('%s lies beside', (name) => {
  expect(isBeside(name)).toBe(true);
});

test.each([
  'adapter_model.safetensors',
  'adapter_config.json',
  'latest',
  '.metadata',
  '__0_0.distcp',
  'rng_state.pth',
  'txt',
  'weights.OUT',
  'model.txt.safetensors',
])('%s does not', (name) => {
  expect(isBeside(name)).toBe(false);
});
