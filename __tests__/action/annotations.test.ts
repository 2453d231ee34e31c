import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { briefly, runGate, temporaryWorkspace } from '../helpers/gate.ts';
import type { Files } from '../helpers/gate.ts';

const RUNS = 300;
const WORKFLOW = '.github/workflows/train.yml';
const USES = 'on: push\njobs:\n  a:\n    steps:\n      - uses: gate/gate@v1\n';

/** Every run has an empty folder, which is an error. */
const many: Record<string, string> = {};
for (let run = 0; run < RUNS; run++) many[`many/run-${run}/checkpoint-1/`] = '';
const { workspace, write, clear } = temporaryWorkspace({
  ...many,
  'bad/checkpoint-6/': '',
  'open/checkpoint-6/my_model.pt': 'x',
});
afterAll(clear);

const ENV = {
  GITHUB_REPOSITORY: 'me/mine',
  GITHUB_WORKFLOW_REF: `me/mine/${WORKFLOW}@refs/heads/main`,
  GITHUB_ACTION_REPOSITORY: 'gate/gate',
  GITHUB_ACTION: '__gate_gate',
};

describe('hundreds of findings', () => {
  test('are nine annotations and the one of the step, with verdict and count', async () => {
    const step = await runGate({ path: 'many' }, { workspace });
    expect(step.unseen).toEqual([]);
    expect(step.annotations).toHaveLength(10);
    expect(step.annotations[8]).toMatchObject({
      severity: 'error',
      title: 'Checkpoint Gate',
      message: `${RUNS - 8} more errors: see the job summary or the log of this step.`,
    });
    expect(step.annotations[9]).toMatchObject({
      severity: 'error',
      message: expect.stringMatching(
        new RegExp(
          `^Checkpoint Gate: fail; ${RUNS} errors on ${RUNS} of ${RUNS} checkpoints`,
        ),
      ) as unknown,
    });
    expect(step.summary).toMatch(/^## ❌/);
    const log = step.log.join('\n');
    expect(log).toContain('(see the input `report`, with .json)');
    expect(log).not.toContain('--format');
    expect(step.unknownCommands).toEqual([]);
  });
});

test.each([
  [{ summary: 'false' }, 'the log of this step'],
  [{ summary: 'false', report: 'a.md' }, 'the report or the log of this step'],
  [{ report: 'a.md\nb.json' }, 'the job summary or the report'],
])('with %j the rest is in %s', async (inputs, places) => {
  const step = await runGate({ path: 'many', ...inputs }, { workspace });
  expect(step.annotations[8]?.message).toBe(
    `${RUNS - 8} more errors: see ${places}.`,
  );
});

describe('the place of annotations', () => {
  beforeEach(() => {
    rmSync(join(workspace, '.github'), { recursive: true, force: true });
  });

  /** `file:line` of every annotation of a failing step, which are all the same. */
  async function place(files: Files, env: Record<string, string> = {}) {
    write(files);
    const { annotations } = await runGate(
      { path: 'bad' },
      { workspace, env: { ...ENV, ...env } },
    );
    expect(annotations).toHaveLength(2);
    const places = annotations.map(
      ({ file, line, repository }) =>
        `${file ?? ''}:${line ?? ''}${repository ?? ''}`,
    );
    expect(places[1]).toBe(places[0]);
    return places[0];
  }

  test('is the line of the workflow that uses the action', async () => {
    expect(await place({ [WORKFLOW]: USES })).toBe(`${WORKFLOW}:5`);
  });

  test('is the line of the step with the id, of several', async () => {
    const text = `${USES}        id: check\n      - uses: gate/gate@v1\n`;
    const env = { GITHUB_ACTION: 'check' };
    expect(await place({ [WORKFLOW]: text }, env)).toBe(`${WORKFLOW}:5`);
    expect(await place({})).toBe(`${WORKFLOW}:`);
  });

  test('is that of a refused input, too', async () => {
    write({ [WORKFLOW]: USES });
    const step = await runGate({}, { workspace, env: ENV });
    expect(step.annotations).toMatchObject([{ file: WORKFLOW, line: 5 }]);
  });

  test('is that of the warning of an inconclusive verdict, too', async () => {
    write({ [WORKFLOW]: USES });
    const inputs = { path: 'open', inconclusive: 'warn' };
    const step = await runGate(inputs, { workspace, env: ENV });
    expect(briefly(step)).toEqual(['warning at 5: Checkpoint Gate']);
  });

  test.each([
    ['the workflow is not checked out', {}],
    ['it does not use the action', { [WORKFLOW]: 'on: push\n' }],
    ['it is larger than any', { [WORKFLOW]: USES + '#'.repeat(1024 * 1024) }],
    ['its name is a folder', { [`${WORKFLOW}/x`]: '' }],
  ])('is the file alone where %s', async (_, files) => {
    expect(await place(files)).toBe(`${WORKFLOW}:`);
  });

  const onPosix = process.platform === 'win32' ? test.skip : test;
  onPosix.each(['the file', 'its folder'])(
    'is the file alone where %s is a link',
    async (linked) => {
      const folder = join(workspace, '.github');
      const outside = temporaryWorkspace({ 'workflows/train.yml': USES });
      if (linked === 'its folder') symlinkSync(outside.workspace, folder);
      else {
        mkdirSync(join(folder, 'workflows'), { recursive: true });
        symlinkSync(
          join(outside.workspace, 'workflows/train.yml'),
          join(workspace, WORKFLOW),
        );
      }
      expect(await place({})).toBe(`${WORKFLOW}:`);
      outside.clear();
    },
  );

  test.each([
    ['of another repository', 'other/mine/.github/workflows/train.yml@x'],
    [
      'of a repository with a longer name',
      'me/mine-too/.github/workflows/train.yml@x',
    ],
    ['of GitHub itself', 'me/mine/dynamic/pages/build@main'],
    ['above its folder', 'me/mine/.github/workflows/../../train.yml@x'],
    ['with a line end', 'me/mine/.github/workflows/a\n::error::.yml@x'],
    ['unknown', ''],
  ])('is none where the workflow is %s', async (_, ref) => {
    const files = { [WORKFLOW]: USES, 'train.yml': USES };
    expect(await place(files, { GITHUB_WORKFLOW_REF: ref })).toBe(':');
  });

  test('is escaped', async () => {
    const file = '.github/workflows/a,line=9%0A b.yml';
    const env = { GITHUB_WORKFLOW_REF: `me/mine/${file}@x` };
    expect(await place({ [file]: USES }, env)).toBe(`${file}:5`);
  });
});
