import {
  asArray,
  asObject,
  asString,
  asUnsigned,
  findRepeatedKey,
} from '../json/access.ts';
import { parseJson } from '../json/parse.ts';
import type { JsonNode, JsonObject } from '../json/types.ts';
import { defective, parsed } from '../parsed.ts';
import type { Parsed } from '../parsed.ts';
import { bitsOf } from './dtypes.ts';
import type {
  EntryFault,
  SafetensorsDefect,
  SafetensorsNote,
} from './types.ts';

/** A tensor as the header declares it, before offsets and sizes are compared. */
export interface DeclaredTensor {
  readonly name: string;
  readonly dtype: string;
  readonly bits: bigint;
  readonly shape: readonly bigint[];
  readonly begin: bigint;
  readonly end: bigint;
}

/** What the JSON of a header declares. */
export interface DeclaredHeader {
  readonly tensors: readonly DeclaredTensor[];
  readonly metadata: ReadonlyMap<string, string>;
  readonly notes: readonly SafetensorsNote[];
}

type Notes = SafetensorsNote[];

const METADATA = '__metadata__';
const FIELDS = ['dtype', 'shape', 'data_offsets'] as const;
type Fields = Readonly<Record<(typeof FIELDS)[number], JsonNode>>;

/**
 * Reads the JSON of a header as the loader's serde types do (HashMetadata and
 * TensorInfo in safetensors/src/tensor.rs), notations included that only serde
 * takes; those become notes.
 */
export function parseHeader(
  text: Uint8Array,
): Parsed<DeclaredHeader, SafetensorsDefect> {
  const json = parseJson(text, 'serde');
  if (!json.ok) {
    const { defect } = json;
    if (defect.code === 'too-many-values')
      return defective({ code: 'not-read', headerBytes: text.length });
    return defect.code === 'invalid-utf8'
      ? defective({ code: 'invalid-utf8', at: defect.at })
      : defective({ code: 'invalid-json', json: defect });
  }
  if (json.value.kind !== 'object')
    return defective({ code: 'header-not-an-object' });
  const notes: Notes = text[0] === 0x7b ? [] : [{ code: 'leading-space' }];
  return readEntries(json.value, notes);
}

function readEntries(
  header: JsonObject,
  notes: Notes,
): Parsed<DeclaredHeader, SafetensorsDefect> {
  const tensors = new Map<string, DeclaredTensor>();
  const metadata: ReadonlyMap<string, string>[] = [];
  for (const { key, node } of header.entries) {
    if (key === METADATA) {
      const read = readMetadata(node, notes);
      if (!read.ok) return read;
      metadata.push(read.value);
      continue;
    }
    const tensor = readTensor(key, node, notes);
    if (!tensor.ok) return tensor;
    if (tensors.has(key)) notes.push({ code: 'duplicate-tensor', tensor: key });
    tensors.set(key, tensor.value);
  }
  const [first = new Map<string, string>(), ...more] = metadata;
  // To serde a second one is a field given twice.
  if (more.length > 0)
    return defective({ code: 'metadata-invalid', key: null });
  return parsed({ tensors: [...tensors.values()], metadata: first, notes });
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
): Parsed<DeclaredTensor, SafetensorsDefect> {
  const invalid = (fault: EntryFault) =>
    defective({ code: 'entry-invalid', tensor: name, fault });
  const fields = readFields(name, node, notes);
  if (typeof fields === 'string') return invalid(fields);
  const dtype = readDtype(name, fields.dtype, notes);
  if (dtype === null) return invalid('dtype');
  const bits = bitsOf(dtype);
  if (bits === null)
    return defective({ code: 'dtype-unknown', tensor: name, dtype });
  const shape = asIntegers(fields.shape);
  if (shape === null) return invalid('shape');
  const [begin, end, ...more] = asIntegers(fields.data_offsets) ?? [];
  if (begin === undefined || end === undefined || more.length > 0)
    return invalid('data_offsets');
  return parsed({ name, dtype, bits: BigInt(bits), shape, begin, end });
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
  const isField = (key: string) => FIELDS.some((field) => field === key);
  const repeated = findRepeatedKey({
    kind: 'object',
    entries: node.entries.filter(({ key }) => isField(key)),
  });
  if (repeated !== null) return 'duplicate-field';
  const fields = asObject(node);
  const [dtype, shape, offsets] = FIELDS.map((field) => fields?.get(field));
  if (!dtype || !shape || !offsets) return 'missing-field';
  const unknown = node.entries.find(({ key }) => !isField(key));
  if (unknown !== undefined)
    notes.push({ code: 'unknown-field', tensor, field: unknown.key });
  return { dtype, shape, data_offsets: offsets };
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

function asIntegers(node: JsonNode): readonly bigint[] | null {
  const integers: bigint[] = [];
  for (const item of asArray(node) ?? [null]) {
    const value = asUnsigned(item);
    if (value === null) return null;
    integers.push(value);
  }
  return integers;
}
