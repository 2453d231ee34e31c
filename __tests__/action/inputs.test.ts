import { describe, expect, test } from '@jest/globals';
import { InputError, readInputs } from '../../src/action/inputs.ts';
import { NOTHING_DECLARED } from '../../src/core/types.ts';

const DEFAULTS: Readonly<Record<string, string>> = {
  path: 'out',
  expect: 'auto',
  require: 'all',
  depth: 'auto',
  'fail-on': 'error',
  inconclusive: 'fail',
  summary: 'true',
  annotations: 'true',
};

const read = (inputs: Readonly<Record<string, string>>) =>
  readInputs((name) => inputs[name] ?? DEFAULTS[name] ?? '');

describe('what is declared of the training', () => {
  test('is nothing by default', () => {
    expect(read({}).options.declared).toEqual(NOTHING_DECLARED);
  });

  test('is read from its inputs', () => {
    const { declared } = read({
      'save-steps': '100',
      'expected-steps': '200\n100',
      'min-checkpoints': '2',
      'gradient-accumulation-steps': '8',
      'world-size': '4',
    }).options;
    expect(declared).toEqual({
      saveSteps: 100,
      expectedSteps: [100, 200],
      minCheckpoints: 2,
      gradientAccumulationSteps: 8,
      worldSize: 4,
    });
  });

  test.each([
    'save-steps',
    'expected-steps',
    'min-checkpoints',
    'gradient-accumulation-steps',
    'world-size',
  ])('%s names what is allowed when it is wrong', (name) => {
    const wrong = () => read({ [name]: 'x' });
    expect(wrong).toThrow(InputError);
    expect(wrong).toThrow(new RegExp(`input '${name}' to be .*, got 'x'`));
  });
});
