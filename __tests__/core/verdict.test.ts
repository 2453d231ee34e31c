import { describe, expect, test } from '@jest/globals';
import { CHECKS } from '../../src/core/checks/index.ts';
import { inspect } from '../../src/core/inspect.ts';
import type { InspectOptions, Report } from '../../src/core/types.ts';
import { exitCodeOf, isStepFailing } from '../../src/core/verdict.ts';
import { adapterFiles, modelFiles } from '../builders/checkpoint.ts';
import { memorySource } from '../helpers/memory-source.ts';
import type { CaseFiles } from '../helpers/memory-source.ts';

function inspectFiles(
  files: CaseFiles,
  options: Partial<InspectOptions> = {},
): Promise<Report> {
  return inspect({
    targets: [{ named: 'run', sources: [memorySource('run', files)] }],
    options: { expect: 'auto', require: 'all', ...options },
    checks: CHECKS,
  });
}

const BROKEN_OLD = { 'checkpoint-2': null, ...adapterFiles('checkpoint-4') };
const BROKEN_NEW = { ...adapterFiles('checkpoint-2'), 'checkpoint-4': null };
const UNKNOWN = { 'checkpoint-6/my_model.pt': 'x' };
/** A bare state dict: a warning. */
const BARE = { 'model.safetensors': modelFiles()['model.safetensors'] ?? '' };

describe('the verdict', () => {
  test.each<[string, CaseFiles, Partial<InspectOptions>, string]>([
    ['a healthy adapter', adapterFiles(), {}, 'pass'],
    ['an older broken folder', BROKEN_OLD, {}, 'fail'],
    ['an older broken folder', BROKEN_OLD, { require: 'newest' }, 'pass'],
    ['an older broken folder', BROKEN_OLD, { require: 'any' }, 'pass'],
    ['a newer broken folder', BROKEN_NEW, {}, 'fail'],
    ['a newer broken folder', BROKEN_NEW, { require: 'newest' }, 'fail'],
    ['a newer broken folder', BROKEN_NEW, { require: 'any' }, 'pass'],
    [
      'broken folders only',
      { 'checkpoint-2': null },
      { require: 'any' },
      'fail',
    ],
    ['weights of no known name', UNKNOWN, {}, 'inconclusive'],
    [
      'a broken root that is not the newest',
      { ...adapterFiles('checkpoint-2'), 'adapter_model.bin': 'text' },
      { require: 'newest' },
      'pass',
    ],
    [
      'a broken root where nothing has a step',
      { 'adapter_model.bin': 'text' },
      { require: 'newest' },
      'fail',
    ],
    [
      'weights of no known name, not required',
      { ...UNKNOWN, ...adapterFiles('checkpoint-8') },
      { require: 'newest' },
      'pass',
    ],
    [
      'weights of no known name beside an error',
      { ...UNKNOWN, 'checkpoint-8': null },
      {},
      'fail',
    ],
    ['warnings only', BARE, {}, 'pass'],
    ['the kind that is expected', modelFiles(), { expect: 'model' }, 'pass'],
    ['another kind', modelFiles(), { expect: 'adapter' }, 'fail'],
    [
      'a folder that could not be listed',
      { ...adapterFiles(), deep: { unlisted: 'EACCES' } },
      {},
      'inconclusive',
    ],
    [
      'a checkpoint folder that could not be listed',
      { 'checkpoint-4': { unlisted: 'EACCES' } },
      {},
      'inconclusive',
    ],
    [
      'weights that could not be read',
      { ...adapterFiles(), 'adapter_model.safetensors': { error: 'EIO' } },
      {},
      'inconclusive',
    ],
    [
      'a configuration that could not be read',
      { ...adapterFiles(), 'adapter_config.json': { error: 'EIO' } },
      {},
      'inconclusive',
    ],
    [
      'an older checkpoint that could not be read, not required',
      {
        ...adapterFiles('checkpoint-2'),
        'checkpoint-2/adapter_config.json': { error: 'EIO' },
        ...adapterFiles('checkpoint-4'),
      },
      { require: 'newest' },
      'inconclusive',
    ],
    [
      'weights behind a link that is not followed',
      { ...adapterFiles(), 'adapter_model.safetensors': { link: '/blob' } },
      {},
      'inconclusive',
    ],
    [
      'a configuration nested deeper than is read, though Python reads it',
      {
        ...adapterFiles(),
        'adapter_config.json': `{"peft_type":"LORA","x":${'['.repeat(200)}${']'.repeat(200)}}`,
      },
      {},
      'inconclusive',
    ],
    ['nothing at all', {}, {}, 'fail'],
  ])('%s, %j %j', async (_name, files, options, verdict) => {
    expect((await inspectFiles(files, options)).verdict).toBe(verdict);
  });

  test('the headline says what was not checked', async () => {
    const { headline } = await inspectFiles({ ...BROKEN_NEW, ...UNKNOWN });
    expect(headline).toBe(
      'fail; 1 error on 1 of 3 checkpoints; loads and resumes of 1 checkpoint not checked; trained of 2 checkpoints not checked',
    );
  });

  test('an error that a newer checkpoint has overtaken names the way out', async () => {
    const advice = /set `require: newest`/;
    const [older] = (await inspectFiles(BROKEN_OLD)).findings;
    expect(older?.fix).toMatch(advice);
    const [newest] = (await inspectFiles(BROKEN_NEW)).findings;
    expect(newest?.fix).not.toMatch(advice);
  });

  test('runs are told apart, and `require` applies to each', async () => {
    const report = await inspectFiles(
      {
        ...adapterFiles('a/checkpoint-2'),
        'a/checkpoint-1': null,
        ...adapterFiles('b/checkpoint-9'),
        'b/checkpoint-10': null,
      },
      { require: 'newest' },
    );
    expect(report.verdict).toBe('fail');
    expect(
      report.runs.map(({ path, newestLoadable }) => [path, newestLoadable]),
    ).toEqual([
      ['run/a', 'run/a/checkpoint-2'],
      ['run/b', 'run/b/checkpoint-9'],
    ]);
    expect(report.checkpoints.filter(({ required }) => required)).toHaveLength(
      2,
    );
  });

  test('a report is frozen, and says nothing of the machine', async () => {
    const report = await inspectFiles(adapterFiles());
    expect(Object.isFrozen(report.checkpoints[0]?.answers.loads)).toBe(true);
    expect(report).toEqual(await inspectFiles(adapterFiles()));
  });
});

const [failing, warning, open, passing] = await Promise.all([
  inspectFiles({}),
  inspectFiles(BARE),
  inspectFiles(UNKNOWN),
  inspectFiles(adapterFiles()),
]);

describe('the exit', () => {
  test.each([
    [failing, 'error', 1],
    [failing, 'warning', 1],
    [failing, 'never', 0],
    [warning, 'error', 0],
    [warning, 'warning', 1],
    [warning, 'never', 0],
    [open, 'error', 3],
    [open, 'never', 3],
    [passing, 'warning', 0],
  ] as const)('%#: of the command line', (report, failOn, code) => {
    expect(exitCodeOf(report, failOn)).toBe(code);
  });

  test.each([
    [failing, 'error', 'fail', true],
    [failing, 'never', 'fail', false],
    [open, 'error', 'fail', true],
    [open, 'error', 'warn', false],
    [open, 'never', 'fail', false],
    [warning, 'warning', 'fail', true],
    [warning, 'error', 'fail', false],
    [passing, 'error', 'fail', false],
  ] as const)('%#: of the step', (report, failOn, inconclusive, failing) => {
    expect(isStepFailing(report, { failOn, inconclusive })).toBe(failing);
  });
});
