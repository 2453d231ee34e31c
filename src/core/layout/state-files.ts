import type { FileFacts } from './file-facts.ts';
import type { RankFileState, RankFolder } from './rank-file.ts';
import type { CheckpointSubject } from './subjects.ts';

/** A file of state in torch's format that one process of several wrote. */
export interface RankFile {
  readonly name: string;
  /** The folder that it lies in, as the report names it. */
  readonly folder: string;
  readonly file: FileFacts;
  readonly state: () => Promise<RankFileState>;
}

/**
 * The rest of the state beside Lightning's shards (strategies/fsdp.py, `_METADATA_FILENAME`);
 * FSDP's files a rank (accelerate utils/fsdp_utils.py, `save_fsdp_model`).
 */
const BESIDE_SHARDS: ReadonlyMap<string, RegExp> = new Map([
  ['Lightning', /^meta\.pt$/],
  ['FSDP', /^(?:pytorch_model_fsdp|optimizer)(?:_\d+)?_rank\d+\.bin$/],
]);

/** Files of ranks in the torch format: DeepSpeed's, and those beside shards of FSDP. */
export function rankFilesOf(
  checkpoint: CheckpointSubject,
): readonly RankFile[] {
  const { sharded, folder, producer } = checkpoint;
  const ofZero = (sharded?.zero ?? []).flatMap((tag) =>
    [...tag.modelStates, ...tag.optimizerStates]
      .map(({ name }) => name)
      .concat(tag.others)
      .flatMap((name) => rankFile(tag.path, name, tag)),
  );
  const pattern = BESIDE_SHARDS.get(producer);
  if (!pattern || folder === null || sharded === null) return ofZero;
  const beside = [...folder.files.keys()].filter((name) => pattern.test(name));
  return [
    ...ofZero,
    ...beside.flatMap((name) => rankFile(folder.shown, name, sharded.own)),
  ];
}

function rankFile(
  folder: string,
  name: string,
  { fileNamed, stateOf }: RankFolder,
): RankFile[] {
  const file = fileNamed(name);
  if (file === null) return [];
  return [{ name, folder, file, state: () => stateOf(file) }];
}
