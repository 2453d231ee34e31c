import { defineCheck } from '../../define-check.ts';
import type { NoData } from '../../define-check.ts';
import { formatCount, listNames } from '../../wording.ts';

/** DeepSpeed's files beside its state (engine.py, save_checkpoint). */
const DEEPSPEEDS = ['latest', 'zero_to_fp32.py'];

export const lightningFolderIncomplete = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'lightning-folder-incomplete',
    question: 'resumes',
    severity: 'error',
    confidence: 'proven',
    title: 'Lightning checkpoint folder that is not complete',
    why: 'With a strategy of several processes Lightning writes a folder: the shards of all ranks, then meta.pt with the rest of the state. Without either it cannot resume.',
    fix: 'Resume from an older checkpoint, and look into the log for what ended the save.',
    since: '0.1.0',
  },
  messages: {
    metaMissing: {
      text: ({ files }: { files: number }) =>
        `${formatCount(files, 'file')} of shards ${files === 1 ? 'is' : 'are'} there, meta.pt is not.`,
      loaderErrors: () => [
        "ValueError: The path '…' does not point to a valid checkpoint. Make sure the path points to either a directory with FSDP checkpoint shards, or a single file with a full checkpoint.",
      ],
    },
    statesMissing: {
      text: ({ names }: { names: string[] }) =>
        `${listNames(names)}, which DeepSpeed writes beside its state, ${names.length === 1 ? 'is' : 'are'} there; the folder checkpoint with the state is not.`,
      loaderErrors: () => [
        'FileNotFoundError: The provided path is not a valid DeepSpeed checkpoint: …',
      ],
    },
    empty: {
      text: (_: NoData) => 'The folder is empty.',
      loaderErrors: () => [
        "ValueError: The path '…' does not point to a valid checkpoint. Make sure the path points to either a directory with FSDP checkpoint shards, or a single file with a full checkpoint.",
        'FileNotFoundError: The provided path is not a valid DeepSpeed checkpoint: …',
      ],
    },
  },
  run({ subject: { producer, folder, sharded }, report }) {
    if (producer !== 'Lightning' || folder === null) return;
    const { files, folders, unlisted } = folder;
    if (unlisted !== null) return;
    const beside = DEEPSPEEDS.filter((name) => files.has(name));
    const own = sharded?.dcp.find(({ path }) => path === folder.shown);
    if (files.size === 0 && folders.size === 0) report('empty', {});
    else if (own && own.dataFiles.length > 0 && !files.has('meta.pt'))
      report('metaMissing', { files: own.dataFiles.length });
    else if (beside.length > 0 && !folders.has('checkpoint'))
      report('statesMissing', { names: beside });
  },
});
