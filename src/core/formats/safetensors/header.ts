import {
  asArray,
  asString,
  asUnsigned,
  findRepeatedKey,
} from '../json/access.ts';
import { SAFETENSORS_MAX_ENTRIES } from '../../bytes/limits.ts';
import { parseMembers } from '../json/parse.ts';
import type { JsonDefect, JsonNode, JsonObject } from '../json/types.ts';
import { defective, parsed } from '../parsed.ts';
import type { Parsed } from '../parsed.ts';
import type { Unsigned } from '../unsigned.ts';
import { bitsOf } from './dtypes.ts';
import { METADATA, readPlainEntry, SHAPES_MAX } from './plain-entry.ts';
import type { DeclaredTensor, Shapes } from './plain-entry.ts';
import type {
  EntryFault,
  SafetensorsDefect,
  SafetensorsNote,
} from './types.ts';

/** What the JSON of a header declares. */
export interface DeclaredHeader {
  readonly tensors: readonly DeclaredTensor[];
  readonly metadata: ReadonlyMap<string, string>;
  readonly notes: readonly SafetensorsNote[];
}

type Notes = SafetensorsNote[];
type Fields = Readonly<Record<'dtype' | 'shape' | 'data_offsets', JsonNode>>;

/**
 * Reads the JSON of a header as the loader's serde types do (HashMetadata and
 * TensorInfo in safetensors/src/tensor.rs), notations included that only serde
 * takes; those become notes.
 */
export function parseHeader(
  text: Uint8Array,
): Parsed<DeclaredHeader, SafetensorsDefect> {
  const header = gathering(text[0] === 0x7b ? [] : [{ code: 'leading-space' }]);
  const json = parseMembers(
    text,
    'serde',
    // Beside them one that holds the metadata.
    SAFETENSORS_MAX_ENTRIES + 1,
    header,
  );
  if (!json.ok) return defective(textDefect(json.defect, text.length));
  if (json.value !== 'object')
    return defective({ code: 'header-not-an-object' });
  return header.result();
}

function textDefect(
  defect: JsonDefect,
  headerBytes: number,
): SafetensorsDefect {
  if (defect.code === 'too-many-values')
    return { code: 'not-read', headerBytes };
  return defect.code === 'invalid-utf8'
    ? { code: 'invalid-utf8', at: defect.at }
    : { code: 'invalid-json', json: defect };
}

/** Reads the entries as they come, up to the first that the loader refuses. */
function gathering(notes: Notes) {
  const tensors = new Map<string, DeclaredTensor>();
  const shapes: Shapes = new Map();
  const metadata: ReadonlyMap<string, string>[] = [];
  let defect: SafetensorsDefect | null = null;
  const takeMetadata = (node: JsonNode) => {
    const read = readMetadata(node, notes);
    if (!read.ok) defect = read.defect;
    // To serde a second one is a field given twice.
    else if (metadata.length > 0)
      defect = { code: 'metadata-invalid', key: null };
    else metadata.push(read.value);
  };
  const keep = (tensor: DeclaredTensor) => {
    const { name } = tensor;
    if (tensors.has(name))
      notes.push({ code: 'duplicate-tensor', tensor: name });
    tensors.set(name, tensor);
  };
  const takeTensor = (key: string, node: JsonNode) => {
    const tensor = readTensor(key, node, notes, shapes);
    if (tensor.ok) keep(tensor.value);
    else defect = tensor.defect;
  };
  return {
    takeWhole: (text: string, at: number) => {
      const entry = readPlainEntry(text, at, shapes);
      if (entry !== null && defect === null) keep(entry.tensor);
      return entry?.end ?? null;
    },
    take: (key: string, node: JsonNode) => {
      if (defect !== null) return;
      if (key === METADATA) takeMetadata(node);
      else takeTensor(key, node);
    },
    result: (): Parsed<DeclaredHeader, SafetensorsDefect> =>
      defect === null
        ? parsed({
            tensors: [...tensors.values()],
            metadata: metadata[0] ?? new Map<string, string>(),
            notes,
          })
        : defective(defect),
  };
}

function readMetadata(
  node: JsonNode,
  notes: Notes,
): Parsed<ReadonlyMap<string, string>, SafetensorsDefect> {
  if (node.kind === 'null') return parsed(new Map());
  if (node.kind !== 'object')
    return defective({ code: 'metadata-invalid', key: null });
  const metadata = new Map<string, string>();
  for (const { key, node: member } of node.entries) {
    const value = asString(member);
    if (value === null) return defective({ code: 'metadata-invalid', key });
    metadata.set(key, value);
  }
  const repeated = findRepeatedKey(node);
  if (repeated !== null)
    notes.push({ code: 'duplicate-metadata', key: repeated });
  return parsed(metadata);
}

function readTensor(
  name: string,
  node: JsonNode,
  notes: Notes,
  shapes: Shapes,
): Parsed<DeclaredTensor, SafetensorsDefect> {
  const invalid = (fault: EntryFault) =>
    defective({ code: 'entry-invalid', tensor: name, fault });
  const fields = readFields(name, node, notes);
  if (typeof fields === 'string') return invalid(fields);
  const dtype = readDtype(name, fields.dtype, notes);
  if (dtype === null) return invalid('dtype');
  if (bitsOf(dtype) === null)
    return defective({ code: 'dtype-unknown', tensor: name, dtype });
  const shape = readShape(fields.shape, shapes);
  if (shape === null) return invalid('shape');
  const [begin, end, ...more] = asIntegers(fields.data_offsets) ?? [];
  if (begin === undefined || end === undefined || more.length > 0)
    return invalid('data_offsets');
  return parsed({ name, dtype, shape, begin, end });
}

/** The three fields, from an object or, as serde allows, a list in their order. */
function readFields(
  tensor: string,
  node: JsonNode,
  notes: Notes,
): Fields | EntryFault {
  const items = asArray(node);
  if (items !== null) {
    const [dtype, shape, offsets, ...more] = items;
    if (!dtype || !shape || !offsets || more.length > 0) return 'missing-field';
    notes.push({ code: 'other-notation', tensor });
    return { dtype, shape, data_offsets: offsets };
  }
  if (node.kind !== 'object') return 'not-an-object';
  return readNamedFields(tensor, node, notes);
}

function readNamedFields(
  tensor: string,
  { entries }: JsonObject,
  notes: Notes,
): Fields | EntryFault {
  const fields: Partial<Record<keyof Fields, JsonNode>> = {};
  let unknown: string | null = null;
  for (const { key, node } of entries) {
    if (!isField(key)) unknown ??= key;
    else if (fields[key] !== undefined) return 'duplicate-field';
    else fields[key] = node;
  }
  const { dtype, shape, data_offsets } = fields;
  if (!dtype || !shape || !data_offsets) return 'missing-field';
  if (unknown !== null)
    notes.push({ code: 'unknown-field', tensor, field: unknown });
  return { dtype, shape, data_offsets };
}

function isField(key: string): key is keyof Fields {
  return key === 'dtype' || key === 'shape' || key === 'data_offsets';
}

/** `"F32"`, or serde's other notation of a unit variant, `{"F32":null}`. */
function readDtype(
  tensor: string,
  node: JsonNode,
  notes: Notes,
): string | null {
  if (node.kind !== 'object') return asString(node);
  const [variant, ...more] = node.entries;
  if (variant?.node.kind !== 'null' || more.length > 0) return null;
  notes.push({ code: 'other-notation', tensor });
  return variant.key;
}

/** One that came before is given again: a list takes as much as the rest of a tensor. */
function readShape(node: JsonNode, known: Shapes): readonly Unsigned[] | null {
  const key = (asArray(node) ?? []).map(lexemeOf).join();
  const before = known.get(key);
  if (before !== undefined && node.kind === 'array') return before;
  const shape = asIntegers(node);
  if (shape !== null && known.size < SHAPES_MAX) known.set(key, shape);
  return shape;
}

function lexemeOf(node: JsonNode): string {
  return node.kind === 'number' ? node.lexeme : node.kind;
}

function asIntegers(node: JsonNode): readonly Unsigned[] | null {
  const integers = (asArray(node) ?? [null]).map(asUnsigned);
  return integers.every((value) => value !== null) ? integers : null;
}
