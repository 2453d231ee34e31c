import { TRAINER_STATE_WHOLE_BYTES } from '../bytes/limits.ts';
import { parsed } from '../formats/parsed.ts';
import type { Parsed } from '../formats/parsed.ts';
import type { FileFacts } from './file-facts.ts';
import type { Shelf } from './shelf.ts';
import { readStateEdges } from './trainer-state-brief.ts';
import { readWholeState } from './trainer-state-whole.ts';
import type {
  ReadState,
  TrainerStateDefect,
  TrainerStateFacts,
} from './trainer-state-types.ts';

export type { LogEntry } from './log-entry.ts';
export type {
  LogHistory,
  ReadState,
  RefusedField,
  TrainerState,
  TrainerStateDefect,
  TrainerStateFacts,
} from './trainer-state-types.ts';

type Read = Parsed<ReadState, TrainerStateDefect>;

/** Of an entry of the log in memory: eight numbers and a text. */
const ENTRY_BYTES = 240;
/** Of all the rest. */
const REST_BYTES = 1024;

/**
 * The state in a file, or `null` where there is no file.
 *
 * @param shelf keeps what was read
 */
export function trainerStateFacts(
  file: FileFacts | null,
  shelf: Shelf,
): TrainerStateFacts | null {
  if (file === null) return null;
  const whole = shelf((takes) => file.read(readWholeState).then(held(takes)));
  if (file.sizeBytes <= TRAINER_STATE_WHOLE_BYTES)
    return { file, brief: whole, whole };
  const brief = shelf(async (takes) => {
    const edges = await file.read(readStateEdges);
    return held(takes)(edges === null ? await whole() : parsed(edges));
  });
  return { file, brief, whole };
}

/** Says what it takes of memory. */
function held(takes: (size: number) => void) {
  return (read: Read): Read => {
    if (read.ok) takes(sizeOf(read.value));
    return read;
  };
}

function sizeOf({ log, bestModelCheckpoint, unknown }: ReadState): number {
  const texts = [bestModelCheckpoint ?? '', ...unknown];
  const characters = texts.reduce((sum, text) => sum + text.length, 0);
  return REST_BYTES + log.entries.length * ENTRY_BYTES + 2 * characters;
}
