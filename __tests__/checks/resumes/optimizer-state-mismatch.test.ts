import { optimizerStateMismatch } from '../../../src/core/checks/resumes/optimizer-state-mismatch.ts';
import { optimizerFile } from '../../builders/state.ts';
import type { OptimizerSpec } from '../../builders/state.ts';
import { trainerSave } from '../../builders/trainer-save.ts';
import { testCheck } from '../../helpers/test-check.ts';

const at = (step: number, spec: OptimizerSpec, more = {}) =>
  trainerSave(`checkpoint-${step}`, {
    step,
    files: { 'optimizer.pt': optimizerFile({ step, ...spec }), ...more },
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
    'a run that was resumed with other modules': {
      files: {
        ...at(2, {}),
        ...at(4, { shapes: [...LORA, [2, 4], [4, 2]], groups: [4, 0] }),
        ...at(6, { shapes: [...LORA, [2, 4], [4, 2]], groups: [4, 0] }),
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
