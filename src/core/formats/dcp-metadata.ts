import { PICKLE_LIMITS } from '../bytes/limits.ts';
import { defective, parsed } from './parsed.ts';
import type { Defect, Parsed } from './parsed.ts';
import { unpickle } from './pickle/machine.ts';
import type { PickleDefect } from './pickle/machine.ts';
import { PYTHON_TYPES } from './torch-entries.ts';
import type { PickleCall, PickleDict, PickleValue } from './pickle/values.ts';

/** Bytes of one file that `.metadata` says hold one value. */
export interface DcpPiece {
  readonly offset: number;
  readonly length: number;
  /** Whether torch.save wrote it for sure: a tensor's, not bytes of a planner's own. */
  readonly isTensor: boolean;
  /** Whether something (a compressor) stands between it and what torch.save wrote. */
  readonly isTransformed: boolean;
}

/** What `.metadata` says of one file beside it. */
export interface DcpExtent {
  readonly pieces: number;
  /** Sum of their lengths. */
  readonly pieceBytes: number;
  /** Where the last of them ends: the least size that the file may have. */
  readonly endBytes: number;
  /** The one that starts first. */
  readonly first: DcpPiece;
  /** Of the tensors the one that ends last; `null` where there is none. */
  readonly last: DcpPiece | null;
}

/** What a torch distributed checkpoint says of itself. */
export interface DcpMetadata {
  /** By the name of the file, a plain file name. */
  readonly files: ReadonlyMap<string, DcpExtent>;
  /** Entries of the state dict. */
  readonly entries: number;
  /** Why some of it is not known; `null` where all of it is. */
  readonly unknown: string | null;
}

/** Why torch cannot read `.metadata`, or what is beyond this tool. */
export type DcpMetadataDefect =
  | PickleDefect
  /** A pickle of something else, by what Python calls it. */
  | (Defect<'not-metadata'> & { readonly found: string })
  /** The reader asserts that there is some. */
  | Defect<'no-storage-data'>
  /** Some part of it is of a class or shape that is not known. */
  | (Defect<'not-known'> & { readonly what: string });

/** Each value has three; one object with many may stand for all of them. */
const FIELDS_MAX = 2_000_000;

const METADATA_MODULE = 'torch.distributed.checkpoint.metadata';
const STORAGE_MODULE = 'torch.distributed.checkpoint.filesystem';

/**
 * Reads `.metadata`: a pickle of `Metadata` (torch/distributed/checkpoint/metadata.py)
 * whose `storage_data` maps each value to a `_StorageInfo` (filesystem.py): the file,
 * the offset in it and the length. Nothing that the pickle names is looked up or made.
 */
export function parseDcpMetadata(
  bytes: Uint8Array,
): Parsed<DcpMetadata, DcpMetadataDefect> {
  const read = unpickle(bytes, PICKLE_LIMITS);
  if (!read.ok) return read;
  const { value } = read.value;
  if (value.kind !== 'call')
    return defective({
      code: 'not-metadata',
      found: PYTHON_TYPES[value.kind],
    });
  if (!isOf(value, METADATA_MODULE, 'Metadata'))
    return defective({ code: 'not-known', what: 'an object of another class' });
  const fields = fieldsOf(value);
  const storage = fields.get('storage_data');
  if (storage === undefined || storage.kind === 'none')
    return defective({ code: 'no-storage-data' });
  if (storage.kind !== 'dict')
    return defective({ code: 'not-known', what: 'storage_data is no dict' });
  const state = fields.get('state_dict_metadata');
  return parsed({
    ...extentsOf(storage),
    entries: state?.kind === 'dict' ? state.entries.length : 0,
  });
}

function extentsOf(
  storage: PickleDict,
): Pick<DcpMetadata, 'files' | 'unknown'> {
  const files = new Map<string, DcpExtent>();
  let unknown: string | null = null;
  let left = FIELDS_MAX;
  for (const [index, info] of storage.entries) {
    left -= fieldCount(index) + fieldCount(info);
    if (left < 0)
      return { files, unknown: 'it says more of its values than is read' };
    const place = placeOf(index, info);
    if (place === null)
      unknown ??= 'a value lies where this version cannot say';
    else files.set(place.name, withPiece(files.get(place.name), place.piece));
  }
  return { files, unknown };
}

function withPiece(known: DcpExtent | undefined, piece: DcpPiece): DcpExtent {
  const end = endOf(piece);
  if (known === undefined)
    return {
      pieces: 1,
      pieceBytes: piece.length,
      endBytes: end,
      first: piece,
      last: piece.isTensor ? piece : null,
    };
  const { first, last } = known;
  const isLast = piece.isTensor && (last === null || end > endOf(last));
  return {
    pieces: known.pieces + 1,
    pieceBytes: known.pieceBytes + piece.length,
    endBytes: Math.max(known.endBytes, end),
    first: piece.offset < first.offset ? piece : first,
    last: isLast ? piece : last,
  };
}

function endOf({ offset, length }: DcpPiece): number {
  return offset + length;
}

/** `null` for another class, a path that is no plain name, or no numbers of bytes. */
function placeOf(
  index: PickleValue,
  info: PickleValue,
): { readonly name: string; readonly piece: DcpPiece } | null {
  if (info.kind !== 'call' || !isOf(info, STORAGE_MODULE, '_StorageInfo'))
    return null;
  const fields = fieldsOf(info);
  const name = fields.get('relative_path');
  const offset = bytesOf(fields.get('offset'));
  const length = bytesOf(fields.get('length'));
  if (name?.kind !== 'text' || !isPlainName(name.value)) return null;
  if (offset === null || length === null) return null;
  // The two together are still a number of bytes that a double holds.
  if (!Number.isSafeInteger(offset + length)) return null;
  const isTransformed = hasItems(fields.get('transform_descriptors'));
  const isTensor = hasOffset(index);
  const piece = { offset, length, isTensor, isTransformed };
  return { name: name.value, piece };
}

/** A `MetadataIndex` with an offset is of a part of a tensor (planner_helpers.py). */
function hasOffset(index: PickleValue): boolean {
  if (index.kind !== 'call' || !isOf(index, METADATA_MODULE, 'MetadataIndex'))
    return false;
  return (fieldsOf(index).get('offset')?.kind ?? 'none') !== 'none';
}

function isPlainName(name: string): boolean {
  return !/[/\\:\0]/.test(name) && !/^\.{0,2}$/.test(name);
}

function bytesOf(value: PickleValue | undefined): number | null {
  if (value?.kind !== 'int') return null;
  const bytes = Number(value.value);
  return Number.isSafeInteger(bytes) && bytes >= 0 ? bytes : null;
}

/** Absent and empty mean the same; anything else is not known to be none. */
function hasItems(value: PickleValue | undefined): boolean {
  if (value === undefined || value.kind === 'none') return false;
  const isList = value.kind === 'list' || value.kind === 'tuple';
  return !isList || value.items.length > 0;
}

function isOf({ callee }: PickleCall, module: string, name: string): boolean {
  return (
    callee.kind === 'global' && callee.module === module && callee.name === name
  );
}

/** Of what `fieldsOf` goes through. */
function fieldCount(value: PickleValue): number {
  if (value.kind !== 'call') return 0;
  let count = 0;
  for (const state of value.states)
    for (const part of state.kind === 'tuple' ? state.items : [state])
      count += 1 + (part.kind === 'dict' ? part.entries.length : 0);
  return count;
}

/** The attributes that a BUILD sets: a dict, or (None, dict) where there are slots. */
function fieldsOf({ states }: PickleCall): ReadonlyMap<string, PickleValue> {
  const fields = new Map<string, PickleValue>();
  for (const state of states)
    for (const part of state.kind === 'tuple' ? state.items : [state])
      if (part.kind === 'dict')
        for (const [key, value] of part.entries)
          if (key.kind === 'text') fields.set(key.value, value);
  return fields;
}
