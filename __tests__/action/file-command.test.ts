import { afterAll, expect, test } from '@jest/globals';
import { ROOT } from '../../scripts/check-catalogue.mjs';
import { fixtureActions } from '../support/runner/fixture-action.ts';
import { runAction } from '../support/runner/index.ts';

const { make, workspace, clear } = fixtureActions();
afterAll(clear);

const MODULE = new URL('src/action/file-command.ts', ROOT);

/** A step whose main has the functions of the module at hand. */
const runWith = (main: string) =>
  runAction({
    action: make({
      main: `import { appendOutput, writeSummary } from ${JSON.stringify(MODULE)};\n${main}`,
    }),
    workspace,
  });

const output = (name: string, value: string) =>
  `appendOutput(env.GITHUB_OUTPUT, ${JSON.stringify(name)}, ${JSON.stringify(value)});\n`;

test.each([
  [''],
  ['one line'],
  ['two\nlines\n'],
  ['end-of-output'],
  ['\nend-of-output\n\nend-of-output-\n'],
  [`${'-'.repeat(9)}\nend-of-output---\nname<<end-of-output`],
])('the runner reads %j as it was given', async (value) => {
  const step = await runWith(
    output('before', 'x') + output('given', value) + output('after', 'y'),
  );
  expect(step.outcome).toBe('success');
  expect([...step.outputs]).toEqual([
    ['before', 'x'],
    ['given', value],
    ['after', 'y'],
  ]);
});

test('a summary takes the place of what was there', async () => {
  const { summary } = await runWith(`
put('GITHUB_STEP_SUMMARY', 'of an earlier write');
writeSummary(env.GITHUB_STEP_SUMMARY, '## new');`);
  expect(summary).toBe('## new');
});

test.each([
  'appendOutput(file, "name", "value")',
  'writeSummary(file, "text")',
])('a file that is gone is not made: %s', async (call) => {
  const { log } = await runWith(`
const file = env.GITHUB_STATE;
fs.rmSync(file);
try { ${call}; } catch (error) { say(error.code); }
say(String(fs.existsSync(file)));`);
  expect(log.slice(-2)).toEqual(['ENOENT', 'false']);
});
