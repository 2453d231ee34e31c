import { global, int, pickle, text } from './pickle.ts';
import { buildTorchZip } from './torch-zip.ts';

interface ZeroSave {
  /** Data-parallel ranks whose files are there. */
  readonly ranks: readonly number[];
  readonly modelRanks?: readonly number[];
  readonly stage?: 2 | 3;
  readonly tag?: string;
}

/** What DeepSpeed ZeRO leaves below a folder: its state, `latest`, the converter. */
export function zeroFiles(
  folder: string,
  { ranks, modelRanks = [0], stage = 2, tag = 'global_step4' }: ZeroSave,
): Record<string, string> {
  const top = folder === '.' ? '' : `${folder}/`;
  const below = `${top}${tag}/`;
  const names = modelRanks.flatMap((rank) => {
    const model = `mp_rank_${String(rank).padStart(2, '0')}`;
    return [
      ...(stage === 2 ? [`${model}_model_states.pt`] : []),
      ...ranks.flatMap((dataRank) => [
        ...(stage === 3
          ? [`zero_pp_rank_${dataRank}_${model}_model_states.pt`]
          : []),
        `bf16_zero_pp_rank_${dataRank}_${model}_optim_states.pt`,
      ]),
    ];
  });
  return {
    ...Object.fromEntries(names.map((name) => [`${below}${name}`, 'x'])),
    [`${top}latest`]: tag,
    [`${top}zero_to_fp32.py`]: '',
  };
}

/** What torch's distributed checkpoint leaves in a folder: a tensor a rank. */
export function dcpFiles(
  folder: string,
  ranks = 2,
): Record<string, Uint8Array> {
  const names = Array.from({ length: ranks }, (_, at) => `__${at}_0.distcp`);
  const places = names.map((name) => ({ name, length: DCP_PIECE.length }));
  return Object.fromEntries([
    [`${folder}/.metadata`, dcpMetadata(places)],
    ...names.map((name) => [`${folder}/${name}`, DCP_PIECE] as const),
  ]);
}

/** One tensor as it stands in a file of a rank. */
export const DCP_PIECE = buildTorchZip();

/** Where `.metadata` places a value. */
export interface DcpPlace {
  readonly name: string;
  readonly offset?: number;
  readonly length: number;
  /** Bytes of a planner's own, not a tensor. */
  readonly isBytes?: true;
  readonly transforms?: readonly string[];
  /** The class in place of `_StorageInfo`. */
  readonly storageClass?: string;
}

const METADATA = 'torch.distributed.checkpoint.metadata';
const FILESYSTEM = 'torch.distributed.checkpoint.filesystem';

/** `.metadata` as torch pickles it; `fields` in place of what it says. */
export function dcpMetadata(
  places: readonly DcpPlace[],
  fields: Readonly<Record<string, readonly number[]>> = {},
): Uint8Array {
  const storage = places.map((place, at): [number[], number[]] => [
    instance(METADATA, 'MetadataIndex', {
      fqn: text(`layer.${at}`),
      ...(place.isBytes ? {} : { offset: SIZE }),
    }),
    storageInfo(place),
  ]);
  return pickle(
    [0x80, 4],
    instance(METADATA, 'Metadata', {
      state_dict_metadata: dict([]),
      storage_data: dict(storage),
      ...fields,
    }),
    0x2e,
  );
}

/** torch.Size([0]). */
const SIZE = [...global('torch', 'Size'), ...int(0), 0x85, 0x85, 0x52];

function storageInfo(place: DcpPlace): number[] {
  const { name, offset = 0, length, transforms, storageClass } = place;
  return instance(FILESYSTEM, storageClass ?? '_StorageInfo', {
    relative_path: text(name),
    offset: int(offset),
    length: int(length),
    ...(transforms
      ? { transform_descriptors: [0x28, ...transforms.flatMap(text), 0x6c] }
      : {}),
  });
}

/** EMPTY_TUPLE, NEWOBJ, the fields, BUILD. */
function instance(
  module: string,
  name: string,
  fields: Readonly<Record<string, readonly number[]>>,
): number[] {
  const state = Object.entries(fields).map(
    ([key, value]) => [text(key), value] as const,
  );
  return [...global(module, name), 0x29, 0x81, ...dict(state), 0x62];
}

function dict(
  entries: readonly (readonly [readonly number[], readonly number[]])[],
): number[] {
  return [0x7d, 0x28, ...entries.flatMap((pair) => pair.flat()), 0x75];
}

/** The states of one rank as DeepSpeed saves them, with numbers at the root. */
export function rankStates(
  numbers: Readonly<Record<string, number>>,
): Uint8Array {
  const entries = Object.entries(numbers).map(
    ([key, value]) => [text(key), int(value)] as const,
  );
  return buildTorchZip({
    pickle: pickle([0x80, 2], dict(entries), 0x2e),
  });
}
