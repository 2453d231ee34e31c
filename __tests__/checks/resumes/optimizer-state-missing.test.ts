import { optimizerStateMissing } from '../../../src/core/checks/resumes/optimizer-state-missing.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { lightningFile } from '../../builders/lightning.ts';
import { torchFile } from '../../builders/state.ts';
import { trainerSave } from '../../builders/trainer-save.ts';
import { testCheck } from '../../helpers/test-check.ts';

const whole = (step: number) => trainerSave(`checkpoint-${step}`, { step });
const without = (step: number, ...names: string[]) =>
  trainerSave(`checkpoint-${step}`, {
    step,
    files: Object.fromEntries(names.map((name) => [name, null])),
  });
const modelOnly = (step: number) =>
  without(step, 'optimizer.pt', 'scheduler.pt', 'rng_state.pth');

const BARE = lightningFile({ without: ['optimizer_states', 'lr_schedulers'] });

testCheck(optimizerStateMissing, {
  clean: {
    'a healthy adapter': adapterFiles(),
    'a healthy run': { ...whole(2), ...whole(4), ...adapterFiles() },
    'a save that did not end, which another check tells': {
      ...whole(2),
      ...without(4, 'scheduler.pt', 'trainer_state.json'),
    },
    'a final folder beside the steps': {
      ...whole(2),
      ...adapterFiles('final'),
    },
    "whole files of Lightning's, and one of somebody else": {
      'epoch=0-step=2.ckpt': lightningFile(),
      'last.ckpt': lightningFile(),
      'model.ckpt': torchFile([0x7d]),
    },
    'the state of FSDP': {
      ...without(4, 'optimizer.pt'),
      'checkpoint-4/optimizer.bin': 'x',
    },
    'the shards of FSDP': {
      ...without(4, 'optimizer.pt'),
      'checkpoint-4/optimizer_0/.metadata': 'x',
    },
    'the state of DeepSpeed, which has its own scheduler': {
      ...without(4, 'optimizer.pt', 'scheduler.pt'),
      'checkpoint-4/global_step4/mp_rank_00_model_states.pt': 'x',
      'checkpoint-4/zero_to_fp32.py': 'x',
    },
  },
  found: {
    "no state in a file of Lightning's beside one that has it": {
      files: {
        'epoch=0-step=2.ckpt': BARE,
        'epoch=1-step=4.ckpt': lightningFile(),
      },
      expect: [
        {
          message: 'lightning',
          severity: 'warning',
          path: 'run/epoch=0-step=2.ckpt',
          text: /holds no optimizer_states and no lr_schedulers, though run\/epoch=1-step=4\.ckpt has both\.$/,
        },
      ],
    },
    "no schedules in a file of Lightning's": {
      files: {
        'best.ckpt': lightningFile({ without: ['lr_schedulers'] }),
        'last.ckpt': lightningFile(),
      },
      expect: [
        {
          message: 'lightning',
          text: /holds no lr_schedulers, though run\/last\.ckpt does\.$/,
        },
      ],
    },
    'save_weights_only in all that could be read: one notice': {
      files: {
        'epoch=0-step=2.ckpt': BARE,
        'epoch=1-step=4.ckpt': BARE,
        'last.ckpt': 'cut',
      },
      expect: [
        {
          message: 'lightning-none',
          severity: 'notice',
          path: 'run',
          text: /\(2 files\)/,
        },
      ],
    },
    'no optimizer beside a scheduler': {
      files: { ...whole(2), ...without(4, 'optimizer.pt') },
      expect: [
        {
          message: 'half',
          severity: 'warning',
          path: 'run/checkpoint-4',
          text: /scheduler\.pt is there, optimizer\.pt is not\.$/,
        },
      ],
    },
    'a folder in place of the optimizer': {
      files: {
        ...whole(2),
        ...without(4, 'optimizer.pt'),
        'checkpoint-4/optimizer.pt/x': 'x',
      },
      expect: [
        {
          message: 'folder',
          severity: 'warning',
          path: 'run/checkpoint-4',
          text: /optimizer\.pt is a folder, where a Trainer reads a file\.$/,
        },
      ],
    },
    'another folder with such a name': {
      files: {
        ...whole(2),
        ...without(4, 'optimizer.pt'),
        'checkpoint-4/my_optimizer_logs/x': 'x',
      },
      expect: [{ message: 'half' }],
    },
    'no scheduler beside an optimizer, without siblings': {
      files: without(4, 'scheduler.pt'),
      expect: [
        {
          message: 'half',
          text: /optimizer\.pt is there, scheduler\.pt is not\.$/,
        },
      ],
    },
    'neither, though a sibling has them': {
      files: { ...modelOnly(2), ...whole(4), ...whole(6) },
      expect: [
        {
          message: 'both',
          severity: 'warning',
          path: 'run/checkpoint-2',
          text: /though run\/checkpoint-6 has them/,
        },
      ],
    },
    'save_only_model: one notice a run': {
      files: { ...modelOnly(2), ...modelOnly(4), ...adapterFiles() },
      expect: [{ message: 'none-kept', severity: 'notice', path: 'run' }],
    },
  },
});
