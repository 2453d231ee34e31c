import { tensorNotFinite } from '../../../src/core/checks/trained/tensor-not-finite.ts';
import { checkpointEmpty } from '../../../src/core/checks/loads/checkpoint-empty.ts';
import { saveKilled } from '../../../src/core/checks/loads/save-killed.ts';
import { resumeBlocked } from '../../../src/core/checks/resumes/resume-blocked.ts';
import { trainerStateMissing } from '../../../src/core/checks/resumes/trainer-state-missing.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { floats } from '../../builders/floats.ts';
import { safetensors } from '../../builders/safetensors.ts';
import { trainerSave } from '../../builders/trainer-save.ts';
import { testCheck } from '../../helpers/test-check.ts';

const whole = (step: number, below = '') =>
  trainerSave(`${below}checkpoint-${step}`, { step });
const cut = (step: number, below = '') =>
  trainerSave(`${below}checkpoint-${step}`, {
    step,
    files: { 'trainer_state.json': null, 'rng_state.pth': '' },
  });
const MODULE = 'base_model.model.model.layers.0.self_attn.q_proj';
const NAN = safetensors({
  [`${MODULE}.lora_A.weight`]: { shape: [2, 4] },
  [`${MODULE}.lora_B.weight`]: floats([4, 2], Array<number>(8).fill(NaN)),
});
const poisoned = (step: number, files = {}) =>
  trainerSave(`checkpoint-${step}`, {
    step,
    files: { 'adapter_model.safetensors': NAN, ...files },
  });

testCheck(resumeBlocked, {
  beside: [trainerStateMissing, checkpointEmpty, saveKilled, tensorNotFinite],
  clean: {
    'a healthy adapter': adapterFiles(),
    'a healthy run': { ...whole(2), ...whole(4), ...adapterFiles() },
    'a broken step that a resume passes over': { ...cut(2), ...whole(4) },
    'a run with no step to go on from': { ...cut(2), ...cut(4) },
    'a folder that get_last_checkpoint passes over': {
      ...whole(2),
      'checkpoint-best/notes.txt': 'x',
      'checkpoint_9/notes.txt': 'x',
    },
    'NaN in all, so that none is better': { ...poisoned(2), ...poisoned(4) },
    'NaN in an older one': { ...poisoned(2), ...whole(4) },
    'what another run left': { ...whole(2, 'a/'), ...cut(4, 'b/') },
  },
  found: {
    'a newer folder with foreign files': {
      files: { ...whole(2), 'checkpoint-100/test.txt': 'x' },
      expect: [
        {
          message: 'blocked',
          severity: 'warning',
          path: 'run/checkpoint-100',
          text: /^A resume takes run\/checkpoint-100, and training cannot go on from it\. The newest that it can go on from is run\/checkpoint-2\.$/,
        },
      ],
    },
    'a save that died, with the phase and the next that is in the way': {
      files: { ...whole(8), ...cut(9), ...cut(10) },
      expect: [
        {
          message: 'blocked',
          path: 'run/checkpoint-10',
          text: /^A resume takes run\/checkpoint-10, and training cannot go on from it \(the save died while writing rng_state\.pth \(0 bytes\)\), nor from run\/checkpoint-9, which comes next\. .* run\/checkpoint-8\.$/,
        },
      ],
    },
    'weights alone, of which no save need have died': {
      files: { ...whole(2), ...adapterFiles('checkpoint-4') },
      expect: [
        {
          message: 'blockedPerhapsSave',
          severity: 'warning',
          path: 'run/checkpoint-4',
          text: /^A resume takes run\/checkpoint-4, and training cannot go on from it\. .* is run\/checkpoint-2\. If run\/checkpoint-4 is a save of the Trainer, the save died after it had begun adapter_config\.json and before it began training_args\.bin\.$/,
        },
      ],
    },
    'weights beside what only a Trainer writes': {
      files: {
        ...whole(2),
        ...adapterFiles('checkpoint-4'),
        'checkpoint-4/training_args.bin': '',
      },
      expect: [
        {
          message: 'blocked',
          text: /\(the save died while writing training_args\.bin \(0 bytes\)\)/,
        },
      ],
    },
    'weights of which the temporary alone is there': {
      files: { ...whole(2), 'checkpoint-4/.tmpAbC123': 'x' },
      expect: [
        {
          message: 'blocked',
          text: /\(the save died while writing the weights \(\.tmpAbC123 is their temporary file\)\)/,
        },
      ],
    },
    'newer ones with NaN, from which a resume would go on': {
      files: { ...whole(2), ...poisoned(4), ...poisoned(6) },
      expect: [
        {
          message: 'unsound',
          severity: 'warning',
          path: 'run/checkpoint-6',
          text: /^A resume takes run\/checkpoint-6, and training should not go on from it \(its weights are not sound, as an error tells\), nor from run\/checkpoint-4, which comes next\. .* is run\/checkpoint-2\.$/,
        },
      ],
    },
    'one with NaN below one whose save died': {
      files: { ...whole(2), ...poisoned(4), ...cut(6) },
      expect: [
        {
          message: 'blocked',
          text: /nor from run\/checkpoint-4, which comes next\. .* is run\/checkpoint-2\.$/,
        },
      ],
    },
    'one of an upload, where no command is of use': {
      files: { ...whole(2), ...cut(4) },
      isUpload: true,
      expect: [{ message: 'blocked' }],
    },
  },
});
