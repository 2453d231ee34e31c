import { defineCheck } from '../../define-check.ts';
import type { NoData } from '../../define-check.ts';
import type { CheckpointSubject } from '../../layout/subjects.ts';
import { formatCount, listNames } from '../../wording.ts';
import {
  NOT_FOUND_ERRORS,
  namesIn,
  temporariesIn,
  stateFilesIn,
} from '../folder-names.ts';
import { UPLOAD_LOSSES } from '../wording.ts';

const WANTED =
  'adapter_config.json with adapter_model.safetensors (or .bin), or config.json with model.safetensors';

export const checkpointEmpty = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'checkpoint-empty',
    question: 'loads',
    severity: 'error',
    confidence: 'proven',
    title: 'Checkpoint folder empty or with foreign files only',
    why: 'The folder was made but the model was not saved into it. What looks for the newest checkpoint by itself takes the highest number without looking inside, so such a folder also blocks a resume.',
    fix: 'Look for an error at save time in the training log, also one that the code catches and drops: then save again or delete this folder.',
    since: '0.1.0',
  },
  messages: {
    empty: {
      text: (_: NoData) => `The folder is empty. It lacks ${WANTED}.`,
      loaderErrors: () => NOT_FOUND_ERRORS,
    },
    foreign: {
      inUpload: UPLOAD_LOSSES,
      text: ({ names }: { names: string[] }) =>
        `The folder holds ${formatCount(names.length, 'entry', 'entries')} (${listNames(names)}) and nothing of a checkpoint. It lacks ${WANTED}.`,
      loaderErrors: () => NOT_FOUND_ERRORS,
    },
    ofAccelerate: {
      inUpload: UPLOAD_LOSSES,
      text: ({ names }: { names: string[] }) =>
        `The folder ${names.length === 0 ? 'is empty' : `holds ${formatCount(names.length, 'entry', 'entries')} (${listNames(names)}) and nothing of a checkpoint`}. It lacks what save_state of accelerate writes: model.safetensors (or pytorch_model.bin) and random_states_0.pkl.`,
    },
  },
  run({ subject, report }) {
    const { folder, holds, unexamined } = subject;
    if (holds !== 'nothing' || unexamined !== null || folder === null) return;
    if (temporariesIn(folder).length > 0) return;
    if (stateFilesIn(folder).length > 0) return;
    const names = namesIn(folder);
    if (isOfAccelerate(subject)) report('ofAccelerate', { names });
    else if (names.length === 0) report('empty', {});
    else report('foreign', { names });
  },
});

/** Whether all other checkpoints of the run are of accelerate. */
function isOfAccelerate({ ofRun }: CheckpointSubject): boolean {
  const others = ofRun.filter(({ holds }) => holds !== 'nothing');
  return (
    others.length > 0 &&
    others.every(({ producer }) => producer === 'accelerate')
  );
}
