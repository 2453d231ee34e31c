import { TRAINER_STATE_EDGE_BYTES } from '../bytes/limits.ts';
import type { ByteReader } from '../bytes/reader.ts';
import { decodePiece } from '../formats/json/decode.ts';
import { readLongObject } from '../formats/json/long-object.ts';
import { parseJson } from '../formats/json/parse.ts';
import { ScanFailure } from '../formats/json/scanner.ts';
import type { JsonEntry, JsonNode } from '../formats/json/types.ts';
import { JsonWindow } from '../formats/json/window.ts';
import { logEntry } from './log-entry.ts';
import type { LogEntry } from './log-entry.ts';
import { StateMembers } from './trainer-state-fields.ts';
import type { ReadState } from './trainer-state-types.ts';

const LOG = 'log_history';
/** What a Trainer writes behind the log: older ones have no `logging_steps`. */
const AFTER_LOG: readonly string[] = ['logging_steps', 'max_steps'];

/**
 * The end of a list that is a member of the whole, as `json.dumps(indent=2)` writes it;
 * on Windows with `\r`. A line break never lies in a text, where JSON has it escaped.
 */
const LIST_END = /\r?\n {2}\],\r?\n {2}(?=")/;
/** The beginning of an item of such a list that is an object. */
const ITEM_BEGIN = '\n    {';

/**
 * Reads the beginning and the end of a large trainer_state.json, between which lie the
 * entries of its log: TrainerState (trainer_callback.py, `save_to_json`) writes its
 * fields in the order of their names, with an indentation of two.
 *
 * @returns `null` where they do not lie so, and all of it has to be read
 * @throws SourceError when the bytes cannot be had
 */
export async function readStateEdges(
  reader: ByteReader,
): Promise<ReadState | null> {
  const { size } = reader;
  const edge = TRAINER_STATE_EDGE_BYTES;
  if (size <= 2 * edge) return null;
  const head = readHead(await reader.read(0, edge));
  if (head === null) return null;
  const tail = readTail(await reader.read(size - edge, edge));
  if (tail === null) return null;
  const members = new StateMembers();
  for (const { key, node } of head.members) members.take(key, node);
  members.take(LOG, null);
  for (const { key, node } of tail.members) members.take(key, node);
  const log = { entries: head.entries, last: tail.last, isWhole: false };
  return { ...members.fields(), log };
}

/** The fields before the log, and the entries of it that end in these bytes. */
function readHead(bytes: Uint8Array) {
  const members: JsonEntry[] = [];
  const entries: LogEntry[] = [];
  const place = { isInLog: false };
  const window = new JsonWindow();
  if (!window.feed(bytes, false).ok) return null;
  const reading = readLongObject(window, {
    list: LOG,
    member: (key: string, node: JsonNode | null) => {
      place.isInLog = false;
      if (node !== null) members.push({ key, node });
    },
    begin: () => {
      place.isInLog = true;
    },
    item: (node: JsonNode) => entries.push(logEntry(node)) > 0,
  });
  try {
    reading.next();
  } catch (error) {
    if (error instanceof ScanFailure) return null;
    throw error;
  }
  return place.isInLog && isInOrder([...keysOf(members), LOG])
    ? { members, entries }
    : null;
}

/** The last entry of the log, and the fields behind it. */
function readTail(bytes: Uint8Array) {
  // It may begin in the middle of a character, but no line does.
  const line = bytes.indexOf(0x0a);
  const text = line < 0 ? null : decodePiece(bytes.subarray(line));
  if (!text?.ok) return null;
  const end = LIST_END.exec(text.value);
  if (end === null) return null;
  const begin = text.value.lastIndexOf(ITEM_BEGIN, end.index - 1);
  const last =
    begin < 0 ? null : nodeOf(text.value.slice(begin, end.index), 'object');
  const behind = text.value.slice(end.index + end[0].length);
  const rest = nodeOf(`{${behind}`, 'object');
  if (last === null || rest?.kind !== 'object') return null;
  const members = rest.entries;
  return isInOrder([LOG, ...keysOf(members)]) &&
    AFTER_LOG.includes(members[0]?.key ?? '')
    ? { last: logEntry(last), members }
    : null;
}

function nodeOf(text: string, kind: JsonNode['kind']): JsonNode | null {
  const read = parseJson(new TextEncoder().encode(text), 'python');
  return read.ok && read.value.kind === kind ? read.value : null;
}

function keysOf(members: readonly JsonEntry[]): readonly string[] {
  return members.map(({ key }) => key);
}

/** Whether each comes after the one before it, so that none is there twice. */
function isInOrder(keys: readonly string[]): boolean {
  return keys.every((key, at) => at === 0 || (keys[at - 1] ?? '') < key);
}
