import { defineCheck } from '../../define-check.ts';
import { formatOf } from '../../layout/model-set.ts';
import {
  ADAPTER_BIN,
  ADAPTER_SAFETENSORS,
  MODEL_BIN,
  MODEL_SAFETENSORS,
} from '../../layout/names.ts';
import type { CheckpointSubject, WeightsFile } from '../../layout/subjects.ts';
import { stateFileOf, trainingIn } from '../../layout/role-files.ts';
import { readTensorsIn } from '../../layout/tensors-in.ts';
import {
  isDeepSpeedSave,
  isFsdpSave,
  isStateKept,
  isTrainerSave,
} from '../../layout/trainer-saves.ts';
import { formatBytes, formatCount, listNames } from '../../wording.ts';

/** The name of the adapter that PEFT saves into the folder itself. */
const DEFAULT = 'default';
/** The copy that TRL adds to an adapter that is tuned on (dpo_trainer.py). */
const REFERENCE = 'ref';
/** `lora_A.default.weight`: a state dict of the model with its adapter. */
const TENSOR_OF_DEFAULT = /(?:^|\.)default(?:\.|$)/;
/** What a report lists of the subfolders. */
const MAX_NAMES = 100;

const TAKEN_AS =
  'Taken as: what resumes is the Trainer of transformers, as of 5.18, and it trains the adapter in the folder itself.';

export const adapterNotResumed = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'adapter-not-resumed',
    question: 'resumes',
    severity: 'warning',
    confidence: 'inferred',
    title: 'Adapter that a resume does not load',
    why: `A Trainer that finds adapters in subfolders takes them for all that there are. The adapter that was trained stays as the script sets it up, goes on with the optimizer of the checkpoint, and nothing is said of it. ${TAKEN_AS}`,
    fix: 'Move what a resume loads instead out of the checkpoint.',
    since: '0.1.0',
  },
  messages: {
    besideNamed: {
      text: ({
        name,
        sizeBytes,
        folders,
        count,
      }: {
        name: string;
        sizeBytes: number;
        folders: string[];
        count: number;
      }) =>
        `Training cannot go on from here as it was: a resume loads ${count === 1 ? 'the adapter in the subfolder' : `the adapters in ${formatCount(count, 'subfolder')},`} ${listNames(folders)}, and not ${name} (${formatBytes(sizeBytes)}) of the checkpoint itself.`,
      settles: true,
      fix: ({ folders, count }) =>
        `Move ${count === 1 ? 'the subfolder' : 'the subfolders'} out of the checkpoint before the resume.${folders.includes(REFERENCE) ? ' TRL makes its `ref` anew, as a copy of the adapter that the script loads: let that be the one which the training began with.' : ''}`,
    },
    besideModel: {
      text: ({
        name,
        sizeBytes,
        model,
        modelBytes,
      }: {
        name: string;
        sizeBytes: number;
        model: string;
        modelBytes: number;
      }) =>
        `Training cannot go on from here as it was: a resume loads ${model} (${formatBytes(modelBytes)}), and not the adapter beside it, ${name} (${formatBytes(sizeBytes)}).`,
      settles: true,
      why: `A Trainer that finds a whole model does not look for an adapter. None of the model's tensors is named as in a model with an adapter, so that none is taken, and only warnings say so. The adapter stays as the script sets it up, and goes on with the optimizer of the checkpoint. ${TAKEN_AS}`,
      fix: ({ model }) =>
        `Move ${model} out of the checkpoint before the resume, to a folder of its own with its configuration.`,
      loaderErrors: () => [
        'There were missing keys in the checkpoint model loaded: […]',
        'There were unexpected keys in the checkpoint model loaded: […]',
      ],
    },
  },
  async run({ subject, report }) {
    const own = subject.adapters.find(({ name }) => name === null)?.weights;
    if (own == null || !isResumedByTrainer(subject)) return;
    const { name, sizeBytes, path } = own.file;
    const model = modelIn(subject);
    if (model !== null) {
      if (await restoresAdapter(model)) return;
      if (!(await isOptimized(subject, own))) return;
      const beside = {
        model: model.file.name,
        modelBytes: model.file.sizeBytes,
      };
      report('besideModel', { name, sizeBytes, ...beside }, { path });
      return;
    }
    const folders = adapterFoldersIn(subject);
    // What lies in `default/` is loaded in place of it: perhaps a copy, for that end.
    if (folders.length === 0 || folders.includes(DEFAULT)) return;
    const named = {
      folders: folders.slice(0, MAX_NAMES),
      count: folders.length,
    };
    report('besideNamed', { name, sizeBytes, ...named }, { path });
  },
});

/** Whether a resume, where one is meant, goes by `_load_from_checkpoint` (trainer.py). */
function isResumedByTrainer(checkpoint: CheckpointSubject): boolean {
  return (
    isTrainerSave(checkpoint) &&
    isStateKept(checkpoint) &&
    !isDeepSpeedSave(checkpoint) &&
    !isFsdpSave(checkpoint)
  );
}

/** The whole model that it loads before any adapter; one of shards it does not. */
function modelIn(checkpoint: CheckpointSubject): WeightsFile | null {
  const file =
    checkpoint.fileNamed(MODEL_SAFETENSORS) ?? checkpoint.fileNamed(MODEL_BIN);
  return file === null ? null : { file, format: formatOf(file.name) };
}

/** Whether the tensors are those of a model with its adapter, which then is loaded. */
async function restoresAdapter(model: WeightsFile): Promise<boolean> {
  const tensors = await readTensorsIn(model);
  return tensors?.some(({ name }) => TENSOR_OF_DEFAULT.test(name)) === true;
}

/**
 * Whether it is the adapter that is trained, and no model that an adapter lies beside: the
 * optimizer keeps as many parameters as the adapter has tensors, or fewer. What is not
 * told of an optimizer leaves the answer open anyway.
 */
async function isOptimized(
  checkpoint: CheckpointSubject,
  adapter: WeightsFile,
): Promise<boolean> {
  const training = await trainingIn(stateFileOf(checkpoint, 'optimizer'));
  const tensors = await readTensorsIn(adapter);
  const parameters = training?.optimizer?.parameters ?? Infinity;
  return tensors !== null && parameters <= tensors.length;
}

/** All subfolders with weights of an adapter, also those that PEFT did not write. */
function adapterFoldersIn({ folder }: CheckpointSubject): string[] {
  return [...(folder?.folders.values() ?? [])]
    .filter(
      ({ files }) => files.has(ADAPTER_SAFETENSORS) || files.has(ADAPTER_BIN),
    )
    .map(({ name }) => name)
    .sort();
}
