import { describe, expect, test } from '@jest/globals';
import { CHECKS } from '../../src/core/checks/index.ts';
import { inspect } from '../../src/core/inspect.ts';
import type { Report } from '../../src/core/types.ts';
import { adapterFiles, modelFiles } from '../builders/checkpoint.ts';
import { trainerSave } from '../builders/trainer-save.ts';
import { memorySource } from '../helpers/memory-source.ts';
import type { CaseFiles } from '../helpers/memory-source.ts';
import { uploadedSource } from '../helpers/uploaded-source.ts';

function inspectFiles(
  files: CaseFiles,
  { label = 'run', isUpload = false } = {},
): Promise<Report> {
  const source = memorySource(label, files);
  return inspect({
    targets: [
      { named: label, sources: [isUpload ? uploadedSource(source) : source] },
    ],
    options: { expect: 'auto', require: 'all' },
    checks: CHECKS,
  });
}

const whole = (step: number) => trainerSave(`checkpoint-${step}`, { step });

const answerOf = (report: Report, path: string) =>
  report.checkpoints.find((one) => one.path === path)?.answers.resumes;

/** The order of a real save, by strace: transformers 5.18, PEFT 0.21. */
const ADAPTER_ORDER = [
  'README.md',
  'adapter_model.safetensors',
  'adapter_config.json',
  'tokenizer.json',
  'training_args.bin',
  'optimizer.pt',
  'scheduler.pt',
  'scaler.pt',
  'rng_state.pth',
  'trainer_state.json',
];
const MODEL_ORDER = [
  'config.json',
  'generation_config.json',
  'model.safetensors',
  'training_args.bin',
  'optimizer.pt',
  'scheduler.pt',
  'rng_state.pth',
  'trainer_state.json',
];

const saved = (step: number, order: readonly string[]): CaseFiles => {
  const isModel = order.includes('config.json');
  const files = trainerSave('', {
    step,
    isModel,
    hasScaler: order.includes('scaler.pt'),
    files: {
      'README.md': '# adapter',
      'tokenizer.json': '{}',
      'generation_config.json': '{}',
    },
  });
  return Object.fromEntries(
    order.map((name) => [`checkpoint-${step}/${name}`, files[name] ?? '']),
  );
};

/** A save of which the first `count` files are there, the last of them empty or not. */
function died(
  step: number,
  order: readonly string[],
  { count, isEmpty }: { readonly count: number; readonly isEmpty: boolean },
): CaseFiles {
  const entries = Object.entries(saved(step, order)).slice(0, count);
  if (entries.length === 0) return { [`checkpoint-${step}`]: null };
  return Object.fromEntries(
    entries.map(([name, content], at) => [
      name,
      isEmpty && at === count - 1 ? '' : content,
    ]),
  );
}

const STATES = [ADAPTER_ORDER, MODEL_ORDER].flatMap((order) =>
  order.flatMap((_, count) => [
    { order, count, isEmpty: false },
    ...(count === 0 ? [] : [{ order, count, isEmpty: true }]),
  ]),
);

describe('a save that died', () => {
  test.each(
    STATES.map(
      (state) =>
        [
          `${state.isEmpty ? 'in' : 'after'} ${state.order[state.count - 1] ?? 'nothing'} (${state.order[0] ?? ''})`,
          state,
        ] as const,
    ),
  )('%s', async (_name, { order, count, isEmpty }) => {
    const report = await inspectFiles({
      ...saved(2, order),
      ...saved(4, order),
      ...died(6, order, { count, isEmpty }),
    });
    expect(answerOf(report, 'run/checkpoint-6')?.value).toBe('no');
    expect(answerOf(report, 'run/checkpoint-4')?.value).toBe('yes');
    expect(report.runs[0]).toMatchObject({
      newestResumable: 'run/checkpoint-4',
      resume: {
        framework: 'transformers Trainer',
        from: 'run/checkpoint-4',
        blockedBy: ['run/checkpoint-6'],
        moveAway: ['mv -- run/checkpoint-6 run/broken-checkpoint-6'],
      },
    });
    const blocked = report.findings.find(
      ({ check }) => check === 'resume-blocked',
    );
    expect(blocked?.text).toContain('from is run/checkpoint-4.');
    const last = order[count - 1];
    if (last !== undefined)
      expect(blocked?.text).toContain(
        isEmpty
          ? `the save died while writing ${last} (0 bytes)`
          : `the save died after it had begun ${last} and before it began ${order[count] ?? ''}`,
      );
    // One cause: no more than one finding of the checkpoint itself on resuming.
    const own = report.findings.filter(
      ({ question, where, check }) =>
        question === 'resumes' &&
        where.checkpoint === 'run/checkpoint-6' &&
        check !== 'resume-blocked',
    );
    expect(own.length).toBeLessThanOrEqual(1);
  });
});

describe('the advice', () => {
  test('of a healthy run names the newest and nothing in its way', async () => {
    const { runs, findings } = await inspectFiles({
      ...whole(2),
      ...whole(10),
      ...adapterFiles(),
    });
    expect(findings).toEqual([]);
    expect(runs[0]?.resume).toEqual({
      framework: 'transformers Trainer',
      from: 'run/checkpoint-10',
      pass: 'trainer.train(resume_from_checkpoint="run/checkpoint-10")',
      blockedBy: [],
      moveAway: [],
    });
  });

  test('of an upload has nothing to type', async () => {
    const { runs } = await inspectFiles(
      { ...whole(2), 'checkpoint-4/test.txt': 'x' },
      { isUpload: true },
    );
    expect(runs[0]?.resume).toMatchObject({
      from: 'run/checkpoint-2',
      pass: null,
      blockedBy: ['run/checkpoint-4'],
      moveAway: [],
    });
  });

  test.each([
    ["it's $(here)", String.raw`'it'\''s $(here)/checkpoint-4'`],
    ['-rf', "'-rf/checkpoint-4'"],
    ['a b\n;c', "'a b\n;c/checkpoint-4'"],
    ['a/b.c', 'a/b.c/checkpoint-4'],
  ])('quotes the folder %j for a shell', async (label, quoted) => {
    const { runs } = await inspectFiles(
      { ...whole(2), 'checkpoint-4/test.txt': 'x' },
      { label },
    );
    const [command] = runs[0]?.resume?.moveAway ?? [];
    expect(command?.startsWith(`mv -- ${quoted} `)).toBe(true);
    expect(command).toContain('broken-checkpoint-4');
  });

  test.each([
    ['logging.jsonl', 'args.json', '--resume_from_checkpoint run/checkpoint-2'],
    ['', 'tokens_state.json', 'resume_from_checkpoint: "run/checkpoint-2"'],
    ['trainer_log.jsonl', '', 'resume_from_checkpoint: "run/checkpoint-2"'],
  ])('of the framework that writes %s %s', async (above, own, pass) => {
    const { runs } = await inspectFiles({
      ...whole(2),
      ...(above === '' ? {} : { [above]: '{}' }),
      ...(own === '' ? {} : { [`checkpoint-2/${own}`]: '{}' }),
    });
    expect(runs[0]?.resume?.pass).toBe(pass);
  });

  test('is not there where nobody known would resume', async () => {
    const { runs } = await inspectFiles(modelFiles());
    expect(runs[0]?.resume).toBeNull();
  });
});

describe('resumes is not asked', () => {
  test.each([
    ['of weights that are done', adapterFiles(), 'run'],
    ['of the root of a run', { ...whole(2), ...adapterFiles() }, 'run'],
    ['of a model', modelFiles('final'), 'run/final'],
    [
      'where no optimizer was kept',
      trainerSave('checkpoint-2', {
        files: {
          'optimizer.pt': null,
          'scheduler.pt': null,
          'rng_state.pth': null,
        },
      }),
      'run/checkpoint-2',
    ],
  ])('%s', async (_name, files, path) => {
    const report = await inspectFiles(files);
    expect(answerOf(report, path)?.value).toBe('not applicable');
    expect(
      report.findings.filter(({ severity }) => severity !== 'notice'),
    ).toEqual([]);
  });
});

test('training cannot go on from weights that do not load', async () => {
  const report = await inspectFiles(
    trainerSave('checkpoint-2', {
      files: { 'adapter_model.safetensors': 'cut' },
    }),
  );
  expect(answerOf(report, 'run/checkpoint-2')?.value).toBe('no');
});

test('a resume does not read the configuration of an adapter', async () => {
  const report = await inspectFiles(
    trainerSave('checkpoint-2', { files: { 'adapter_config.json': '{' } }),
  );
  expect(answerOf(report, 'run/checkpoint-2')?.value).toBe('yes');
});
