import { expect, test } from '@jest/globals';
import type { TrainingRole } from '../../../src/core/formats/torch-training.ts';
import {
  dict,
  FALSE,
  float,
  int,
  list,
  NONE,
  tensor,
  text,
  TRUE,
  tuple,
} from '../../builders/pickle.ts';
import {
  adamGroup,
  fields,
  optimizerFile,
  rngFile,
  schedulerFile,
  torchFile,
} from '../../builders/state.ts';
import { readTraining } from '../../helpers/read-training.ts';

const VALUES = [new Uint8Array(32), new Uint8Array(4)];
const MOMENT = tensor({ shape: [2, 4] });
const STEP = tensor({ shape: [], key: '1' });
const ADAMS = { step: STEP, exp_avg: MOMENT, exp_avg_sq: MOMENT };

/** An optimizer of one parameter. */
const optimizer = (
  state: readonly number[],
  group: readonly number[] = adamGroup([int(0)]),
) =>
  torchFile(
    fields({ state: dict([int(0), state]), param_groups: list(group) }),
    VALUES,
  );
const adam = (changed: Readonly<Record<string, readonly number[]>>) =>
  optimizer(fields({ ...ADAMS, ...changed }));
const group = (changed: Readonly<Record<string, readonly number[]>>) =>
  optimizer(fields(ADAMS), adamGroup([int(0)], changed));
const without = (name: keyof typeof ADAMS) =>
  optimizer(
    fields(
      Object.fromEntries(Object.entries(ADAMS).filter(([key]) => key !== name)),
    ),
  );

test.each<[string, TrainingRole, Uint8Array]>([
  ['an optimizer', 'optimizer', optimizerFile()],
  ['one whose steps are numbers', 'optimizer', adam({ step: int(4) })],
  ['one with a rate in a tensor', 'optimizer', group({ lr: STEP })],
  [
    'one with amsgrad',
    'optimizer',
    optimizer(
      fields({ ...ADAMS, max_exp_avg_sq: MOMENT }),
      adamGroup([int(0)], { amsgrad: TRUE }),
    ),
  ],
  ['a value that Adam does not look at', 'optimizer', adam({ other: int(1) })],
  ['a parameter with nothing kept', 'optimizer', optimizer(fields({}))],
  [
    'the state of some other optimizer',
    'optimizer',
    optimizer(
      fields({ momentum_buffer: NONE }),
      fields({ lr: float(0.1), params: list(int(0)) }),
    ),
  ],
  ['a class of a user', 'optimizer', torchFile(fields({ mine: int(1) }))],
  ['a schedule', 'scheduler', schedulerFile()],
  [
    'one with a function for each group',
    'scheduler',
    schedulerFile(2, {
      base_lrs: list(float(0.1), float(0.2)),
      lr_lambdas: list(NONE, dict()),
    }),
  ],
  [
    'one whose steps are a float',
    'scheduler',
    schedulerFile(2, {
      last_epoch: float(2),
    }),
  ],
  [
    'a chain of schedules',
    'scheduler',
    torchFile(fields({ _last_lr: list(float(0.1)), _schedulers: list() })),
  ],
  [
    'one that waits for a plateau',
    'scheduler',
    torchFile(fields({ last_epoch: int(1), num_bad_epochs: int(0) })),
  ],
  ['a schedule of a user', 'scheduler', torchFile(fields({ mine: int(1) }))],
  ['random states', 'random', rngFile({ hasCuda: true })],
])('%s is what its loader takes', async (_name, role, bytes) => {
  expect((await readTraining(bytes, role)).misfit).toBeNull();
});

const MISFITS: readonly (readonly [
  TrainingRole,
  Uint8Array,
  string,
  string | null,
])[] = [
  ['optimizer', torchFile(NONE), '', 'None'],
  ['optimizer', torchFile(dict()), '', 'an empty dict'],
  ['optimizer', torchFile(fields({ state: dict() })), "['param_groups']", null],
  ['optimizer', torchFile(fields({ param_groups: list() })), "['state']", null],
  ['optimizer', optimizer(text('x')), "['state'][0]", 'a text'],
  ['optimizer', without('step'), "['state'][0]['step']", null],
  ['optimizer', without('exp_avg'), "['state'][0]['exp_avg']", null],
  ['optimizer', without('exp_avg_sq'), "['state'][0]['exp_avg_sq']", null],
  ['optimizer', adam({ step: NONE }), "['state'][0]['step']", 'None'],
  [
    'optimizer',
    adam({ exp_avg_sq: tensor({ shape: [2], elements: 8 }) }),
    "['state'][0]['exp_avg_sq']",
    'a tensor of the shape [2]',
  ],
  ['optimizer', optimizer(fields(ADAMS), NONE), "['param_groups'][0]", 'None'],
  [
    'optimizer',
    optimizer(fields(ADAMS), fields({ lr: int(1) })),
    "['param_groups'][0]['params']",
    null,
  ],
  [
    'optimizer',
    group({ lr: text('x') }),
    "['param_groups'][0]['lr']",
    'a text',
  ],
  [
    'optimizer',
    group({ betas: tuple(float(0.9)) }),
    "['param_groups'][0]['betas']",
    'a tuple of 1',
  ],
  [
    'optimizer',
    group({ amsgrad: NONE }),
    "['param_groups'][0]['amsgrad']",
    'None',
  ],
  [
    'optimizer',
    group({ amsgrad: TRUE }),
    "['state'][0]['max_exp_avg_sq']",
    null,
  ],
  [
    'optimizer',
    group({ fused: TRUE, differentiable: TRUE }),
    "['param_groups'][0]['differentiable']",
    'set beside fused',
  ],
  [
    'optimizer',
    torchFile(fields({ last_epoch: int(1), base_lrs: list(float(0.1)) })),
    "['param_groups']",
    null,
  ],
  [
    'optimizer',
    torchFile(fields({ weight: MOMENT }), VALUES),
    "['param_groups']",
    null,
  ],
  ['scheduler', optimizerFile(), '', 'the state of an optimizer'],
  ['scheduler', torchFile(list()), '', 'a list of 0'],
  ['scheduler', torchFile(dict()), '', 'an empty dict'],
  [
    'scheduler',
    torchFile(fields({ base_lrs: list(float(0.1)) })),
    "['last_epoch']",
    null,
  ],
  [
    'scheduler',
    schedulerFile(2, { last_epoch: int(-1) }),
    "['last_epoch']",
    'a number',
  ],
  [
    'scheduler',
    schedulerFile(2, { last_epoch: TRUE }),
    "['last_epoch']",
    'True',
  ],
  [
    'scheduler',
    schedulerFile(2, { _last_lr: list() }),
    "['_last_lr']",
    'a list of 0',
  ],
  [
    'scheduler',
    schedulerFile(2, { base_lrs: list(text('x')) }),
    "['base_lrs']",
    'a list of 1',
  ],
  [
    'scheduler',
    schedulerFile(2, { lr_lambdas: list(NONE, NONE) }),
    "['lr_lambdas']",
    'a list of 2',
  ],
  ['random', torchFile(FALSE), '', 'False'],
  ['random', torchFile(fields({ cpu: NONE })), "['python']", null],
  [
    'random',
    rngFile({ changed: { python: tuple(int(4), tuple(), NONE) } }),
    "['python']",
    'a tuple of 3',
  ],
  [
    'random',
    rngFile({ changed: { numpy: tuple(text('PCG64')) } }),
    "['numpy']",
    'a tuple of 1',
  ],
  ['random', rngFile({ changed: { cpu: text('x') } }), "['cpu']", 'a text'],
];

test.each(
  MISFITS.map(([role, bytes, where, found]) => ({ role, bytes, where, found })),
)('$role$where holds $found', async ({ role, bytes, where, found }) => {
  expect((await readTraining(bytes, role)).misfit).toMatchObject({
    where,
    found,
  });
});

test.each<[string, Uint8Array]>([
  ['moments of two shapes', adam({ exp_avg_sq: tensor({ shape: [8] }) })],
  [
    'a parameter that is in it twice',
    optimizer(fields(ADAMS), adamGroup([int(0), int(0)])),
  ],
  [
    'the state of a parameter that is in no group',
    optimizer(fields(ADAMS), adamGroup([])),
  ],
  [
    'the state of none',
    torchFile(
      fields({ state: dict(), param_groups: list(adamGroup([int(0)])) }),
    ),
  ],
  [
    'steps as numbers and as tensors',
    torchFile(
      fields({
        state: dict(
          [int(0), fields(ADAMS)],
          [int(1), fields({ ...ADAMS, step: int(1) })],
        ),
        param_groups: list(adamGroup([int(0), int(1)])),
      }),
      VALUES,
    ),
  ],
])('%s is odd, and no misfit', async (_name, bytes) => {
  const { misfit, optimizer: facts } = await readTraining(bytes, 'optimizer');
  expect(misfit).toBeNull();
  expect(facts?.odd).toEqual(expect.any(String));
});

test.each<[string, Uint8Array, number | null]>([
  ['of its tensors', optimizerFile({ step: 7 }), 7],
  ['of its numbers', adam({ step: int(5) }), 5],
  ['of none', torchFile(fields({ state: dict(), param_groups: list() })), null],
  [
    'that differ',
    torchFile(
      fields({
        state: dict(
          [int(0), fields({ ...ADAMS, step: int(2) })],
          [int(1), fields({ ...ADAMS, step: int(3) })],
        ),
        param_groups: list(adamGroup([int(0), int(1)])),
      }),
      VALUES,
    ),
    null,
  ],
])('the steps of an optimizer are those %s', async (_name, bytes, steps) => {
  expect((await readTraining(bytes, 'optimizer')).optimizerSteps).toBe(steps);
});
