import { expect, test } from '@jest/globals';
import { findStateGap } from '../../../src/core/layout/state-gap.ts';
import { stateFilesOf } from '../../../src/core/layout/training-state.ts';
import type { CheckpointSubject } from '../../../src/core/layout/subjects.ts';
import { survey } from '../../../src/core/survey.ts';
import { global, int, list, reduced } from '../../builders/pickle.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import {
  fields,
  optimizerFile,
  randomStatesFile,
  schedulerFile,
  torchFile,
} from '../../builders/state.ts';
import { withoutHeader } from '../../builders/torch-zip.ts';
import { trainerSave } from '../../builders/trainer-save.ts';
import { countingSource } from '../../helpers/counting-source.ts';
import { memorySource } from '../../helpers/memory-source.ts';
import type { CaseFiles } from '../../helpers/memory-source.ts';

/** The only checkpoint of the files, and what is read of each. */
async function only(files: CaseFiles) {
  const { source, counts } = countingSource(memorySource('run', files));
  const { runs } = await survey([{ named: 'run', sources: [source] }]);
  const [checkpoint] = runs[0]?.checkpoints ?? [];
  if (checkpoint === undefined) throw new Error('no checkpoint');
  return { checkpoint, counts };
}

/** Of each file by its name what was read, in words. */
async function readingsOf(checkpoint: CheckpointSubject) {
  const all = new Map<string, unknown>();
  for (const { file, reading } of stateFilesOf(checkpoint)) {
    const read = await reading();
    all.set(file.name, read.kind === 'read' ? read.training : read.kind);
  }
  return all;
}

test('what a Trainer keeps is read as far as it can be', async () => {
  const { checkpoint } = await only(
    trainerSave('checkpoint-4', { step: 4, hasScaler: true }),
  );
  const all = await readingsOf(checkpoint);
  expect([...all.keys()].sort()).toEqual([
    'optimizer.pt',
    'rng_state.pth',
    'scaler.pt',
    'scheduler.pt',
    'training_args.bin',
  ]);
  expect(all.get('optimizer.pt')).toMatchObject({
    unknown: null,
    optimizer: {
      groups: [2],
      parameters: 2,
      states: 2,
      shapes: ['2x4', '4x2'],
      odd: null,
    },
    optimizerSteps: 4,
    misfit: null,
  });
  expect(all.get('scheduler.pt')).toMatchObject({
    scheduler: { lastEpoch: 4, isStepped: true, hasOwn: true },
    misfit: null,
    unknown: null,
  });
  expect(all.get('rng_state.pth')).toMatchObject({
    keys: ['python', 'numpy', 'cpu'],
    unknown: null,
  });
  expect(await findStateGap(checkpoint)).toBeNull();
});

test('the values are not read: the head, the directory and the pickle are', async () => {
  const large = optimizerFile({
    shapes: [
      [1000, 1000],
      [1000, 500],
    ],
  });
  expect(large.length).toBeGreaterThan(12_000_000);
  const { checkpoint, counts } = await only(
    trainerSave('checkpoint-4', { files: { 'optimizer.pt': large } }),
  );
  await readingsOf(checkpoint);
  const { bytes = 0, reads = 0 } =
    counts.get('checkpoint-4/optimizer.pt') ?? {};
  expect(bytes).toBeGreaterThan(0);
  expect(bytes).toBeLessThan(32 * 1024);
  expect(reads).toBeLessThan(16);
  // Asked again, nothing is read again.
  expect(await findStateGap(checkpoint)).toBeNull();
  expect(counts.get('checkpoint-4/optimizer.pt')).toEqual({ bytes, reads });
});

test('the state of accelerate leaves no gap', async () => {
  const { checkpoint } = await only({
    ...adapterFiles('checkpoint_0'),
    'checkpoint_0/optimizer.bin': optimizerFile(),
    'checkpoint_0/scheduler.bin': schedulerFile(),
    'checkpoint_0/random_states_0.pkl': randomStatesFile(),
  });
  expect(stateFilesOf(checkpoint)).toHaveLength(3);
  expect(await findStateGap(checkpoint)).toBeNull();
});

test.each<[string, Uint8Array | string, RegExp]>([
  [
    'a state of an optimizer of your own',
    torchFile(fields({ mine: int(1) })),
    /optimizer\.pt is not what the optimizers of torch keep/,
  ],
  [
    'an object that torch makes in a rare way',
    torchFile(fields({ state: reduced(global('torch', 'Size'), int(1)) })),
    /of optimizer\.pt this version cannot tell/,
  ],
])('%s is a gap', async (_name, optimizer, words) => {
  const { checkpoint } = await only(
    trainerSave('checkpoint-4', { files: { 'optimizer.pt': optimizer } }),
  );
  expect(await findStateGap(checkpoint)).toMatch(words);
});

test.each<[string, Uint8Array, RegExp]>([
  [
    'a schedule of a user',
    torchFile(fields({ mine: int(1) })),
    /scheduler\.pt is not what the schedulers of torch keep/,
  ],
  [
    'a schedule without anything of its own kind',
    torchFile(
      fields({
        base_lrs: list(int(1)),
        last_epoch: int(2),
        _last_lr: list(int(1)),
      }),
    ),
    /scheduler\.pt holds what all schedulers of torch keep, and nothing of its own kind/,
  ],
])('%s is a gap, too', async (_name, scheduler, words) => {
  const { checkpoint } = await only(
    trainerSave('checkpoint-4', { files: { 'scheduler.pt': scheduler } }),
  );
  expect(await findStateGap(checkpoint)).toMatch(words);
});

test('what Adam does not write is a gap', async () => {
  const { checkpoint } = await only(
    trainerSave('checkpoint-4', {
      files: { 'optimizer.pt': optimizerFile({ without: [0, 1] }) },
    }),
  );
  expect(await findStateGap(checkpoint)).toMatch(
    /optimizer\.pt keeps the parameters of Adam and the state of none/,
  );
});

test('what is broken is a finding, not a gap', async () => {
  const { checkpoint } = await only(
    trainerSave('checkpoint-4', { files: { 'optimizer.pt': 'x' } }),
  );
  expect(await findStateGap(checkpoint)).toBeNull();
});

const FAR: CaseFiles = {
  ...trainerSave('checkpoint-2'),
  ...trainerSave('checkpoint-4', { step: 4 }),
  // Killed before its last file.
  ...trainerSave('checkpoint-6', {
    step: 6,
    files: { 'trainer_state.json': null },
  }),
};

test.each<[string, CaseFiles, unknown[]]>([
  [
    'one checkpoint a run where they are large',
    { ...FAR, 'checkpoint-2/optimizer.pt': new Uint8Array(600_000) },
    [
      expect.stringMatching(/^over a network/),
      null,
      expect.stringMatching(/^over a network/),
    ],
  ],
  ['all where they are small', FAR, [null, null, null]],
])('over a network the states are read of %s', async (_name, files, gaps) => {
  const source = memorySource('run', files);
  const { runs } = await survey([
    { named: 'run', sources: [{ ...source, transferMaxBytes: 1000 }] },
  ]);
  const told = (runs[0]?.checkpoints ?? []).map(findStateGap);
  expect(await Promise.all(told)).toEqual(gaps);
});

test.each<[string, object, string[]]>([
  ['on a disk', {}, ['read', 'zip-defect', 'read']],
  ['over a network', { transferMaxBytes: 1000 }, ['read', 'read', 'read']],
])(
  'local headers %s are read of the newest that has all its files, or of none',
  async (_name, medium, kinds) => {
    const broken = withoutHeader(optimizerFile(), 'data/3');
    const source = memorySource('run', {
      ...FAR,
      'checkpoint-2/optimizer.pt': broken,
      'checkpoint-4/optimizer.pt': broken,
      'checkpoint-6/optimizer.pt': broken,
    });
    const { runs } = await survey([
      { named: 'run', sources: [{ ...source, ...medium }] },
    ]);
    const readings = (runs[0]?.checkpoints ?? [])
      .flatMap(stateFilesOf)
      .filter(({ file }) => file.name === 'optimizer.pt')
      .map(({ reading }) => reading());
    const read = await Promise.all(readings);
    expect(read.map(({ kind }) => kind)).toEqual(kinds);
  },
);

test('a dict that a pickle refers to ten thousand times is gone through once', async () => {
  const params = list(...Array.from({ length: 20_000 }, (_, at) => int(at)));
  const group = fields({ params });
  // BINPUT 1, then BINGET 1 again and again.
  const groups = list(
    [...group, 0x71, 1],
    ...Array.from({ length: 9_000 }, () => [0x68, 1]),
  );
  const hostile = torchFile(
    fields({ state: fields({}), param_groups: groups }),
  );
  const { checkpoint } = await only(
    trainerSave('checkpoint-4', { files: { 'optimizer.pt': hostile } }),
  );
  const all = await readingsOf(checkpoint);
  expect(all.get('optimizer.pt')).toMatchObject({
    optimizer: { parameters: 9_001 * 20_000 },
  });
});
