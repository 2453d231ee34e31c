import { stateFileMissing } from '../../../src/core/checks/resumes/state-file-missing.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { dcpFiles } from '../../builders/sharded.ts';
import { testCheck } from '../../helpers/test-check.ts';

const accelerates = (at: number, ...names: string[]) =>
  Object.fromEntries(
    ['model.safetensors', 'random_states_0.pkl', ...names].map((name) => [
      `checkpoints/checkpoint_${at}/${name}`,
      'x',
    ]),
  );

testCheck(stateFileMissing, {
  clean: {
    'states with their optimizers': {
      ...accelerates(0, 'optimizer.bin'),
      ...accelerates(1, 'optimizer.bin'),
    },
    'random states of fewer ranks, which may lack': {
      ...accelerates(0, 'random_states_1.pkl'),
      ...accelerates(1),
    },
    'a script that prepared none': { ...accelerates(0), ...accelerates(1) },
    'adapters, which keep no optimizer': {
      ...adapterFiles('checkpoint-2'),
      ...adapterFiles('checkpoint-4'),
    },
    'a second optimizer of a first that lies elsewhere': accelerates(
      0,
      'optimizer_1.bin',
    ),
    'FSDP with a file a rank': {
      'checkpoint-2/pytorch_model_fsdp_0_rank0.bin': 'x',
      'checkpoint-2/optimizer_0_rank0.bin': 'x',
      'checkpoint-4/pytorch_model_fsdp_0_rank0.bin': 'x',
      'checkpoint-4/optimizer_0_rank0.bin': 'x',
    },
    'FSDP that keeps weights only': {
      ...dcpFiles('checkpoint-2/pytorch_model_fsdp_0'),
      ...dcpFiles('checkpoint-4/pytorch_model_fsdp_0'),
    },
  },
  found: {
    'an optimizer and a registered object between others': {
      files: {
        ...accelerates(
          0,
          'optimizer.bin',
          'optimizer_1.bin',
          'optimizer_2.bin',
          'custom_checkpoint_0.pkl',
        ),
        ...accelerates(
          1,
          'optimizer.bin',
          'optimizer_2.bin',
          'custom_checkpoint_1.pkl',
        ),
      },
      expect: [
        {
          message: 'numbered',
          severity: 'error',
          path: 'run/checkpoints/checkpoint_1',
          text: /^2 files of the state are not there, though those of higher numbers are: optimizer_1\.bin, custom_checkpoint_0\.pkl\.$/,
        },
      ],
    },
    'random states of a rank between others': {
      files: accelerates(0, 'random_states_3.pkl'),
      expect: [
        {
          message: 'random',
          severity: 'notice',
          text: /^Random states of 2 processes are there, and those of 2 of lower rank are not: random_states_1\.pkl, random_states_2\.pkl\.$/,
        },
      ],
    },
    'a number that nobody gave': {
      files: accelerates(0, 'custom_checkpoint_999999.pkl'),
      expect: [{ message: 'numbered', text: /^999,999 files/ }],
    },
    "accelerate's, which the sibling has": {
      files: { ...accelerates(0, 'optimizer.bin'), ...accelerates(1) },
      expect: [
        {
          message: 'accelerate',
          severity: 'warning',
          path: 'run/checkpoints/checkpoint_1',
          text: /^optimizer\.bin is not there, though run\/checkpoints\/checkpoint_0 has it\.$/,
        },
      ],
    },
    'one that the nearest sibling has, too': {
      files: {
        ...accelerates(0, 'optimizer.bin'),
        ...accelerates(1, 'optimizer.bin'),
        ...accelerates(2),
      },
      expect: [
        {
          message: 'accelerate',
          path: 'run/checkpoints/checkpoint_2',
          text: /though run\/checkpoints\/checkpoint_1 has it\.$/,
        },
      ],
    },
    'the state of a gradient scaler': {
      files: {
        ...accelerates(0, 'optimizer.bin', 'scaler.pt'),
        ...accelerates(1, 'optimizer.bin'),
      },
      expect: [
        {
          message: 'scaler',
          severity: 'warning',
          text: /^scaler\.pt is not there, though run\/checkpoints\/checkpoint_0 has it\.$/,
        },
      ],
    },
    "a checkpoint of diffusers, whose state is accelerate's": {
      files: {
        'checkpoint-500/pytorch_lora_weights.safetensors': 'x',
        'checkpoint-500/optimizer.bin': 'x',
        'checkpoint-500/random_states_0.pkl': 'x',
        'checkpoint-1000/pytorch_lora_weights.safetensors': 'x',
        'checkpoint-1000/random_states_0.pkl': 'x',
        'pytorch_lora_weights.safetensors': 'x',
      },
      expect: [{ message: 'accelerate', path: 'run/checkpoint-1000' }],
    },
    "FSDP's, which the sibling has": {
      files: {
        ...dcpFiles('checkpoint-2/pytorch_model_fsdp_0'),
        ...dcpFiles('checkpoint-2/optimizer_0'),
        ...dcpFiles('checkpoint-4/pytorch_model_fsdp_0'),
      },
      expect: [
        {
          message: 'fsdp',
          severity: 'warning',
          text: /^The optimizer state \(optimizer_0\) is not there, though/,
        },
      ],
    },
    'a scheduler and an object of the script': {
      files: {
        ...accelerates(
          0,
          'optimizer.bin',
          'scheduler.bin',
          'custom_checkpoint_0.pkl',
        ),
        ...accelerates(1, 'optimizer.bin'),
      },
      expect: [
        {
          message: 'accelerate',
          text: /^custom_checkpoint_0\.pkl, scheduler\.bin are not there/,
        },
      ],
    },
  },
});
