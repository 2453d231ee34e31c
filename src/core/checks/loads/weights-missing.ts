import { defineCheck } from '../../define-check.ts';
import type { NoData } from '../../define-check.ts';
import { isBeforeEnd, isPerhapsTemplate } from '../../layout/subjects.ts';
import type {
  AdapterSet,
  CheckpointSubject,
  ModelSet,
} from '../../layout/subjects.ts';
import { formatCount, listNames } from '../../wording.ts';
import {
  NOT_FOUND_ERRORS,
  temporariesIn,
  stateFilesIn,
} from '../folder-names.ts';

const FIX =
  'Look for an error at save time in the training log (a full disk, a killed process, an upload filter), and save again.';

/** Whose weights load_state of accelerate reads, under its own names. */
const READ_BY_ACCELERATE: readonly string[] = ['accelerate', 'kohya state'];

/** What load_state of accelerate says, whichever of the two names was meant. */
const NO_FIRST_MODEL_ERRORS = [
  "FileNotFoundError: [Errno 2] No such file or directory: '…pytorch_model.bin'",
];

export const weightsMissing = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'weights-missing',
    question: 'loads',
    severity: 'error',
    confidence: 'proven',
    title: 'Weights file missing',
    why: 'There is nothing to load: the configuration or the training state alone is not a model.',
    fix: FIX,
    since: '0.1.0',
  },
  messages: {
    adapter: {
      text: ({ dangling }: { dangling: string[] }) =>
        `adapter_config.json is there, adapter_model.safetensors and adapter_model.bin are not${danglingWords(dangling)}.`,
      loaderErrors: () => [
        "Can't find weights for … in … or in the Hugging Face Hub. Please check that the file adapter_model.bin or adapter_model.safetensors is present at …",
        "HFValidationError: Repo id must be in the form 'repo_name' or 'namespace/repo_name'",
      ],
    },
    adapterBeforeEnd: {
      text: (_: { path: string }) =>
        'adapter_config.json is there without weights, above folders with checkpoints.',
      severity: 'warning',
      confidence: 'inferred',
      why: 'Some trainers (axolotl) write the configuration before training starts and the weights at its end. Taken as: the run has not ended, or ended before its last save.',
      fix: 'If the run was to end, look into its log for the reason why it did not; the checkpoints below are judged by themselves.',
    },
    model: {
      text: ({ dangling }: { dangling: string[] }) =>
        `config.json is there, model.safetensors and pytorch_model.bin (or an index of shards) are not${danglingWords(dangling)}.`,
      loaderErrors: () => [
        'Error no file named model.safetensors, or pytorch_model.bin, found in directory …',
      ],
    },
    modelTemplate: {
      text: (_: NoData) =>
        'config.json and generation_config.json are there, weights are not, in a folder that is neither named nor a step of a run.',
      severity: 'warning',
      confidence: 'inferred',
      why: 'A save that did not end leaves this. Taken as: it may also be a configuration that is kept as a template.',
      fix: 'If a model was to be saved here, look for an error at save time in the training log. Name the folder as a path, or set `expect: model`, to make this an error.',
    },
    shardsWithoutIndex: {
      text: ({ names }: { names: string[] }) =>
        `${formatCount(names.length, 'shard')} (${listNames(names)}) ${names.length === 1 ? 'is' : 'are'} there, but no index file that says which tensor is where.`,
      why: 'The loader finds shards through model.safetensors.index.json or pytorch_model.bin.index.json only. It is written last, so the save may not have ended.',
      loaderErrors: () => [
        'Error no file named model.safetensors, or pytorch_model.bin, found in directory …',
      ],
    },
    trainerState: {
      text: ({ names }: { names: string[] }) =>
        `The folder holds training state (${listNames(names)}) but no weights: no adapter_model.* and no model.* file.`,
      fix: `${FIX} What a rotation of old checkpoints left can be deleted.`,
      loaderErrors: () => NOT_FOUND_ERRORS,
    },
    accelerateState: {
      text: ({ names }: { names: string[] }) =>
        `The folder holds the state of accelerate (${listNames(names)}) but no weights: no model.safetensors and no pytorch_model.bin.`,
      loaderErrors: () => NO_FIRST_MODEL_ERRORS,
    },
    accelerateFirst: {
      text: ({ found }: { found: string }) =>
        `${found} is there, model.safetensors and pytorch_model.bin are not.`,
      why: 'load_state of accelerate reads the first model under one of these two names, and no index of shards.',
      loaderErrors: () => NO_FIRST_MODEL_ERRORS,
    },
    fsdpModel: {
      text: ({ names }: { names: string[] }) =>
        `The shards of the optimizer (${listNames(names)}) are there, those of the model (pytorch_model_fsdp_0) are not.`,
      loaderErrors: () => ["ValueError: Can't find a valid checkpoint at …"],
    },
    mlxFinal: {
      text: ({ saves }: { saves: string[] }) =>
        `adapters.safetensors is not there, only ${formatCount(saves.length, 'earlier save')} (${listNames(saves)}).`,
      why: 'MLX loads adapters.safetensors and no other name.',
      fix: 'Copy the save that you want to use to adapters.safetensors.',
    },
  },
  run({ subject, options, report }) {
    const { folder, model } = subject;
    const shards = optimizerAlone(subject);
    if (shards.length > 0) report('fsdpModel', { names: shards });
    if (subject.unexamined !== null) return;
    if (folder !== null && temporariesIn(folder).length > 0) return;
    for (const adapter of subject.adapters.filter(lacksWeights)) {
      const { path } = adapter;
      const dangling = [...adapter.dangling].sort();
      if (isBeforeEnd(subject)) report('adapterBeforeEnd', { path }, { path });
      else report('adapter', { dangling }, { path });
    }
    if (model !== null && model.looseShards.length > 0)
      report('shardsWithoutIndex', { names: [...model.looseShards] });
    else if (isPerhapsTemplate(subject) && options.expect !== 'model')
      report('modelTemplate', {});
    else if (model !== null && lacksModelWeights(model))
      report('model', { dangling: [...model.dangling].sort() });
    const saves = mlxSaves(subject);
    if (saves.length > 0) report('mlxFinal', { saves });
    const found = insteadOfFirst(subject);
    if (found !== null) report('accelerateFirst', { found });
    const state = folder === null ? [] : stateFilesIn(folder);
    if (subject.holds === 'nothing' && state.length > 0)
      report(
        READ_BY_ACCELERATE.includes(subject.producer)
          ? 'accelerateState'
          : 'trainerState',
        { names: state },
      );
  },
});

/** Folders of FSDP's optimizer in a checkpoint without anything of the model. */
function optimizerAlone({
  producer,
  holds,
  sharded,
  folder,
}: CheckpointSubject) {
  if (producer !== 'FSDP' || holds !== 'shards') return [];
  const names = sharded?.dcp.map(({ name }) => name) ?? [];
  const files = [...(folder?.files.keys() ?? [])];
  const hasModel = [...names, ...files].some((name) =>
    name.startsWith('pytorch_model_fsdp'),
  );
  return hasModel ? [] : names;
}

/** What of accelerate's models is there while the first is not. */
function insteadOfFirst({ producer, model, loose }: CheckpointSubject) {
  if (!READ_BY_ACCELERATE.includes(producer) || model?.single) return null;
  return model?.indexFile?.name ?? loose[0]?.file.name ?? null;
}

/** What lies there instead of the file that MLX loads. */
function mlxSaves({ producer, folder, loose }: CheckpointSubject): string[] {
  if (producer !== 'MLX' || folder === null || loose.length > 0) return [];
  return [...folder.files.keys()].filter((name) =>
    name.endsWith('_adapters.safetensors'),
  );
}

function lacksWeights({ weights, configFile }: AdapterSet): boolean {
  return weights === null && configFile !== null;
}

function lacksModelWeights({ single, indexFile }: ModelSet): boolean {
  return single === null && indexFile === null;
}

function danglingWords(dangling: readonly string[]): string {
  return dangling.length === 0
    ? ''
    : ` (${listNames(dangling)} ${dangling.length === 1 ? 'is a link' : 'are links'} to nothing)`;
}
