import { afterAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../../src/core/types.ts';
import { adapterFiles } from '../builders/checkpoint.ts';
import { runGate, temporaryWorkspace } from '../helpers/gate.ts';

const { workspace, clear } = temporaryWorkspace(adapterFiles('checkpoint-200'));
afterAll(clear);

/** What the report says that was declared. */
async function declaredBy(inputs: Readonly<Record<string, string>>) {
  await runGate({ path: '.', report: 'gate.json', ...inputs }, { workspace });
  const report = readFileSync(join(workspace, 'gate.json'), 'utf8');
  return (JSON.parse(report) as Report).options.declared;
}

describe('what is declared of the training', () => {
  test('is nothing by default', async () => {
    const declared = Object.values(await declaredBy({}));
    expect(declared).toHaveLength(5);
    expect(declared.flat().filter((one) => one !== null)).toEqual([]);
  });

  test('is read from its inputs', async () => {
    const declared = await declaredBy({
      'save-steps': '100',
      'expected-steps': '200\n100',
      'min-checkpoints': '2',
      'gradient-accumulation-steps': '8',
      'world-size': '4',
    });
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
  ])('%s names what is allowed when it is wrong', async (name) => {
    const step = await runGate({ path: '.', [name]: 'x' }, { workspace });
    expect(step.outcome).toBe('failure');
    expect(step.annotations.map(({ message }) => message)).toEqual([
      expect.stringMatching(new RegExp(`input '${name}' to be .*, got 'x'`)),
    ]);
  });
});
