import { expect, test } from '@jest/globals';
import { CHECKS } from '../../../src/core/checks/index.ts';
import { inspect } from '../../../src/core/inspect.ts';
import { lightningFile } from '../../builders/lightning.ts';
import {
  dict,
  global,
  int,
  list,
  reduced,
  stateDict,
  text,
} from '../../builders/pickle.ts';
import { fields, torchFile } from '../../builders/state.ts';
import { buildTorchZip } from '../../builders/torch-zip.ts';
import { memorySource } from '../../helpers/memory-source.ts';
import type { CaseFiles } from '../../helpers/memory-source.ts';

async function reportOf(files: CaseFiles) {
  return inspect({
    targets: [{ named: 'run', sources: [memorySource('run', files)] }],
    options: { expect: 'auto', require: 'all' },
    checks: CHECKS,
  });
}

async function answersOf(file: Uint8Array, name = 'epoch=0-step=2.ckpt') {
  const { checkpoints, findings } = await reportOf({ [name]: file });
  const [checkpoint] = checkpoints;
  return {
    producer: checkpoint?.producer,
    loads: checkpoint?.answers.loads,
    resumes: checkpoint?.answers.resumes,
    findings: findings.map(({ check, message }) => `${check}/${message}`),
  };
}

test.each(['epoch=0-step=2.ckpt', 'last.ckpt', 'model.ckpt'])(
  'from a whole %s training can go on',
  async (name) => {
    expect(await answersOf(lightningFile(), name)).toEqual({
      producer: 'Lightning',
      loads: { value: 'yes' },
      resumes: { value: 'yes' },
      findings: [],
    });
  },
);

test('the newest is the one to resume from', async () => {
  const { runs } = await reportOf({
    'epoch=0-step=2.ckpt': lightningFile(),
    'epoch=1-step=4.ckpt': lightningFile({ step: 4 }),
    'last.ckpt': lightningFile({ step: 4 }),
  });
  expect(runs[0]).toMatchObject({
    newestLoadable: 'run/epoch=1-step=4.ckpt',
    newestResumable: 'run/epoch=1-step=4.ckpt',
  });
});

test('of one without states it is not asked', async () => {
  const bare = lightningFile({
    without: ['optimizer_states', 'lr_schedulers', 'callbacks'],
  });
  expect(await answersOf(bare, 'model.ckpt')).toMatchObject({
    producer: 'Lightning',
    loads: { value: 'yes' },
    resumes: { value: 'not applicable' },
    findings: ['optimizer-state-missing/lightning-none'],
  });
});

test('beside one with states the answer is no', async () => {
  const { checkpoints } = await reportOf({
    'epoch=0-step=2.ckpt': lightningFile({ without: ['optimizer_states'] }),
    'epoch=1-step=4.ckpt': lightningFile({ step: 4 }),
  });
  expect(checkpoints.map(({ answers }) => answers.resumes.value)).toEqual([
    'no',
    'yes',
  ]);
});

test.each<[string, Uint8Array, RegExp]>([
  [
    'without the progress of the fit',
    lightningFile({ without: ['loops'] }),
    /holds no progress of the fit/,
  ],
  [
    'with an empty progress',
    lightningFile({ entries: { loops: fields({}) } }),
    /holds no progress of the fit/,
  ],
  [
    'with no optimizer',
    lightningFile({ entries: { optimizer_states: list() } }),
    /keeps the state of no optimizer/,
  ],
  [
    "with an optimizer that is not torch's",
    lightningFile({ entries: { optimizer_states: list(int(1)) } }),
    /in another form than torch's/,
  ],
  [
    'whose version is a number',
    lightningFile({ entries: { 'pytorch-lightning_version': int(1) } }),
    /holds no pytorch-lightning_version/,
  ],
  [
    'without schedules, alone',
    lightningFile({ without: ['lr_schedulers'] }),
    /holds no lr_schedulers/,
  ],
  [
    'without weights',
    lightningFile({ without: ['state_dict'] }),
    /holds no state_dict/,
  ],
  [
    "with a class of the user's",
    lightningFile({
      entries: {
        hyper_parameters: fields({
          where: reduced(global('pathlib', 'PosixPath'), text('x')),
        }),
      },
    }),
    /holds more than tensors and plain values/,
  ],
  [
    'with what torch makes in a rare way',
    lightningFile({
      entries: { extra: reduced(global('torch', 'Size'), int(1)) },
    }),
    /cannot tell whether torch loads it/,
  ],
  ['of a dict without names', torchFile(dict([int(1), int(2)])), /holds no py/],
])('of one %s it is not known', async (_name, file, words) => {
  const { resumes, findings } = await answersOf(file);
  expect(resumes).toMatchObject({ value: 'not checked' });
  expect(resumes?.reason).toMatch(words);
  expect(findings.filter((one) => !one.startsWith('torch-not'))).toEqual([]);
});

test('a pickle that is cut is told of', async () => {
  const whole = stateDict({});
  const cut = buildTorchZip({ pickle: whole.subarray(0, whole.length - 1) });
  expect(await answersOf(cut)).toMatchObject({
    loads: { value: 'no' },
    resumes: { value: 'no' },
    findings: ['torch-pickle-refused/cut'],
  });
});

test('a list that names one state a million times is described once', async () => {
  // MEMOIZE the state, and put it in again and again.
  const again = Array.from({ length: 5000 }, () => [0x68, 9]).flat();
  const state = fields({ state: fields({}), param_groups: list() });
  const file = lightningFile({
    entries: {
      optimizer_states: [0x5d, 0x28, ...state, 0x71, 9, ...again, 0x65],
    },
  });
  const started = Date.now();
  expect(await answersOf(file)).toMatchObject({ resumes: { value: 'yes' } });
  expect(Date.now() - started).toBeLessThan(5000);
});
