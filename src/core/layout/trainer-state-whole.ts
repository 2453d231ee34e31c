import {
  TRAINER_STATE_CHUNK_BYTES,
  TRAINER_STATE_MAX_BYTES,
  TRAINER_STATE_MAX_ENTRIES,
} from '../bytes/trainer-state-limits.ts';
import type { ByteReader } from '../bytes/reader.ts';
import { readLongObject } from '../formats/json/long-object.ts';
import { ScanFailure } from '../formats/json/scanner.ts';
import type { JsonDefect, JsonNode } from '../formats/json/types.ts';
import { JsonWindow } from '../formats/json/window.ts';
import { defective, parsed } from '../formats/parsed.ts';
import type { Parsed } from '../formats/parsed.ts';
import { LogEntries } from './log-entries.ts';
import { logEntry } from './log-entry.ts';
import { StateMembers } from './trainer-state-fields.ts';
import { pythonType } from './trainer-state-refused.ts';
import type { ReadState, TrainerStateDefect } from './trainer-state.ts';

/**
 * Reads a trainer_state.json in pieces, so that of its log no more than its entries is
 * held in memory.
 *
 * @throws SourceError when the bytes cannot be had
 */
export async function readWholeState(
  reader: ByteReader,
): Promise<Parsed<ReadState, TrainerStateDefect>> {
  const { size: sizeBytes } = reader;
  const maxBytes = TRAINER_STATE_MAX_BYTES;
  if (sizeBytes > maxBytes)
    return defective({ code: 'too-large', sizeBytes, maxBytes });
  const taker = takingAll();
  const other = await readPieces(reader, taker);
  if (!other.ok) return other;
  if (other.value !== null)
    return defective({ code: 'not-object', type: pythonType(other.value) });
  return parsed(taker.state());
}

function takingAll() {
  const members = new StateMembers();
  let log = new LogEntries();
  return {
    list: 'log_history',
    member: (key: string, node: JsonNode | null) => {
      // Of a key that comes twice the last counts, and it may be no list.
      if (key === 'log_history' && node !== null) log = new LogEntries();
      members.take(key, node);
    },
    begin: () => {
      log = new LogEntries();
    },
    item: (node: JsonNode) => {
      log.add(logEntry(node));
      return log.length <= TRAINER_STATE_MAX_ENTRIES;
    },
    state: (): ReadState => {
      const entries = log.all();
      const last = entries.at(-1) ?? null;
      return { ...members.fields(), log: { entries, last, isWhole: true } };
    },
  };
}

async function readPieces(
  reader: ByteReader,
  taker: ReturnType<typeof takingAll>,
): Promise<Parsed<JsonNode | null, JsonDefect>> {
  const window = new JsonWindow();
  const reading = readLongObject(window, taker);
  let failed: JsonDefect | null = null;
  for await (const [piece, isLast] of pieces(reader, window)) {
    const fed = window.feed(piece, isLast);
    // Python decodes the whole text before it looks at any of it.
    if (!fed.ok) return fed;
    if (failed === null)
      try {
        const { done, value } = reading.next();
        if (done === true) return parsed(value);
      } catch (error) {
        if (!(error instanceof ScanFailure)) throw error;
        failed = window.defectOf(error);
      }
    if (failed !== null) window.drop();
  }
  if (failed === null) throw new Error('the last piece ends the text');
  return defective(failed);
}

async function* pieces(
  reader: ByteReader,
  window: JsonWindow,
): AsyncGenerator<readonly [Uint8Array, boolean]> {
  const { size } = reader;
  let at = 0;
  do {
    // Twice as much where the last was not enough: it is gone through again.
    const wanted = Math.max(TRAINER_STATE_CHUNK_BYTES, window.pending);
    const length = Math.min(wanted, size - at);
    const piece = await reader.read(at, length);
    at += length;
    yield [piece, at === size];
  } while (at < size);
}
