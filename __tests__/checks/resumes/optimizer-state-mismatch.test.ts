import { optimizerStateMismatch } from '../../../src/core/checks/resumes/optimizer-state-mismatch.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { int } from '../../builders/pickle.ts';
import { optimizerFile, schedulerFile } from '../../builders/state.ts';
import type { OptimizerSpec } from '../../builders/state.ts';
import { trainerSave } from '../../builders/trainer-save.ts';
import { testCheck } from '../../helpers/test-check.ts';

const at = (step: number, spec: OptimizerSpec, more = {}) =>
  trainerSave(`checkpoint-${step}`, {
    step,
    files: { 'optimizer.pt': optimizerFile({ step, ...spec }), ...more },
  });

/** An optimizer that began anew with other modules, and its schedule with it. */
const anew = (step: number, taken: number) =>
  at(
    step,
    { shapes: [...LORA, ...LORA], groups: [4, 0], step: taken },
    { 'scheduler.pt': schedulerFile(taken) },
  );

/** Whose steps are not compared: schedules of processes may count for each. */
const ofTwo = (step: number, spec: OptimizerSpec) =>
  trainerSave(`checkpoint-${step}`, {
    step,
    processes: 2,
    files: { 'optimizer.pt': optimizerFile({ step, ...spec }) },
  });

const LORA = [
  [2, 4],
  [4, 2],
];

testCheck(optimizerStateMismatch, {
  clean: {
    'a healthy run': { ...at(2, {}), ...at(4, {}) },
    'a full model': trainerSave('checkpoint-2', { isModel: true }),
    'parameters besides: a value head, modules to save': at(2, {
      shapes: [...LORA, [1, 8], [8]],
      groups: [2, 2],
    }),
    'one of the two matrices frozen': at(2, { shapes: [[4, 2]] }),
    'parameters without a gradient': at(2, { shapes: LORA, without: [0] }),
    'no state at all yet': at(2, { shapes: LORA, without: [0, 1] }),
    'flat parameters of shards': at(2, { shapes: [[16]] }),
    'states of fewer parameters from the first on': {
      ...at(2, { shapes: LORA, without: [0] }),
      ...at(4, { shapes: LORA, without: [0] }),
    },
    'no states, as SGD keeps none': {
      ...at(2, { shapes: LORA, without: [0, 1] }),
      ...at(4, { shapes: LORA, without: [0, 1] }),
    },
    'states that come with the first gradient': {
      ...at(2, { shapes: LORA, without: [0] }),
      ...at(4, { shapes: LORA }),
    },
    'an optimizer and a schedule that skipped a step': {
      ...at(2, {}),
      ...at(4, { step: 3 }, { 'scheduler.pt': schedulerFile(3) }),
    },
    'an optimizer that took as many steps as no other checkpoint': {
      ...at(2, {}),
      ...at(4, { step: 3 }),
    },
    'three steps of the optimizer for one of the schedule': {
      ...at(2, { step: 6 }),
      ...at(6, { step: 18 }),
    },
    'states of another optimizer in a training that began anew': {
      ...at(2, { shapes: [...LORA, [3]] }),
      ...at(4, { shapes: [...LORA, [5]] }, { 'trainer_state.json': '{' }),
    },
    'an optimizer that began anew with other modules': {
      ...at(2, {}),
      ...anew(4, 2),
      ...anew(6, 4),
    },
    'one that began anew and keeps fewer states': {
      ...at(2, {}),
      ...at(4, { step: 2, without: [1] }, { 'scheduler.pt': schedulerFile(2) }),
    },
    'one that took as many steps as another checkpoint, with other moments': {
      ...at(2, {}),
      ...at(4, { step: 2, moment: 0.5 }),
    },
    'a value that Adam does not keep, which comes later': {
      ...at(2, {}),
      ...at(4, { more: { slow: int(1) } }),
    },
    'a full model with an adapter in its folder': {
      ...trainerSave('checkpoint-2', { isModel: true }),
      ...adapterFiles('checkpoint-2'),
    },
    'an optimizer that a Trainer passes over': {
      ...at(2, {}),
      ...at(4, { shapes: [[8, 8]] }, { 'scheduler.pt': null }),
    },
    'one that cannot be read': {
      ...at(2, {}),
      ...at(4, {}, { 'optimizer.pt': 'x' }),
    },
  },
  found: {
    'other groups in a run of several processes': {
      files: {
        ...ofTwo(2, {}),
        ...ofTwo(4, { shapes: [...LORA, ...LORA], groups: [4, 0] }),
        ...ofTwo(6, { shapes: [...LORA, ...LORA], groups: [4, 0] }),
      },
      expect: [
        {
          message: 'changed',
          severity: 'warning',
          path: 'run/checkpoint-4/optimizer.pt',
          text: /^optimizer\.pt holds 4 parameters in 2 groups \(4 and 0\), that of run\/checkpoint-2 before it 2 parameters in 1 group\.$/,
        },
      ],
    },
    'other groups in one and the same optimizer': {
      files: {
        ...at(2, {}),
        ...at(4, { shapes: [...LORA, [2, 4]], groups: [2, 1] }),
      },
      expect: [
        {
          message: 'otherLayout',
          severity: 'warning',
          path: 'run/checkpoint-4/optimizer.pt',
          text: /optimizer\.pt holds 3 parameters in 2 groups \(2 and 1\), and 2 parameters in 1 group were in that of run\/checkpoint-2 before it, though it is of one optimizer: it counts all 4 steps of the training\.$/,
        },
      ],
    },
    'states of other shapes in one and the same optimizer': {
      files: {
        ...at(2, { shapes: [...LORA, [3]] }),
        ...at(4, { shapes: [...LORA, [5]] }),
      },
      expect: [
        {
          message: 'otherLayout',
          text: /holds 3 parameters in 1 group, with states of other names or shapes than that of run\/checkpoint-2/,
        },
      ],
    },
    'the optimizer of another checkpoint': {
      files: { ...at(2, {}), ...at(4, { step: 2 }) },
      expect: [
        {
          message: 'otherStep',
          severity: 'warning',
          path: 'run/checkpoint-4/optimizer.pt',
          text: /optimizer\.pt counts 2 steps, as that of checkpoint-2; the training and its schedule have taken 4\.$/,
        },
      ],
    },
    'states of half of the parameters': {
      files: {
        ...at(2, { shapes: LORA }),
        ...at(4, { shapes: LORA, without: [1] }),
      },
      expect: [
        {
          message: 'fewer',
          severity: 'warning',
          path: 'run/checkpoint-4/optimizer.pt',
          text: /optimizer\.pt holds the states of 1 of 2 parameters; run\/checkpoint-2 before it holds all\.$/,
        },
      ],
    },
    'no state at all, where there was one of each': {
      files: {
        ...at(2, { shapes: LORA }),
        ...at(4, { shapes: LORA, without: [0, 1] }),
      },
      expect: [{ message: 'fewer', text: /the states of 0 of 2 parameters/ }],
    },
    'the state of an adapter of another rank': {
      files: at(2, {
        shapes: [
          [8, 4],
          [4, 8],
        ],
      }),
      expect: [
        {
          message: 'otherShapes',
          text: /^optimizer\.pt holds states of the shapes 8x4, 4x8; the matrices of the adapter have 2x4, 4x2, none/,
        },
      ],
    },
  },
});
