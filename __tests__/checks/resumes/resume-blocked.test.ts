import { checkpointEmpty } from '../../../src/core/checks/loads/checkpoint-empty.ts';
import { resumeBlocked } from '../../../src/core/checks/resumes/resume-blocked.ts';
import { trainerStateMissing } from '../../../src/core/checks/resumes/trainer-state-missing.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { trainerSave } from '../../builders/trainer-save.ts';
import { testCheck } from '../../helpers/test-check.ts';

const whole = (step: number, below = '') =>
  trainerSave(`${below}checkpoint-${step}`, { step });
const cut = (step: number, below = '') =>
  trainerSave(`${below}checkpoint-${step}`, {
    step,
    files: { 'trainer_state.json': null, 'rng_state.pth': '' },
  });

testCheck(resumeBlocked, {
  beside: [trainerStateMissing, checkpointEmpty],
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
    'one of an upload, where no command is of use': {
      files: { ...whole(2), ...cut(4) },
      isUpload: true,
      expect: [{ message: 'blocked' }],
    },
  },
});
