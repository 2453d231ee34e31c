import { adapterConfig } from '../builders/checkpoint.ts';
import { buildTorchZip } from '../builders/torch-zip.ts';
import { PICKLE_MAX_BYTES } from '../../src/core/bytes/limits.ts';
import { expectSaid, onPosix, put } from './support.ts';
import type { Row } from './support.ts';

const PROTO_2 = [0x80, 2];

/** A pickle that repeats `unit` up to the largest size that is read. */
function repeated(unit: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(PICKLE_MAX_BYTES);
  bytes.set(PROTO_2);
  for (let at = PROTO_2.length; at < bytes.length; at += 1)
    bytes[at] = unit[(at - PROTO_2.length) % unit.length] ?? 0;
  return bytes;
}

const UNITS: Readonly<Record<string, readonly number[]>> = {
  'empty tuples': [0x29],
  marks: [0x28],
  'numbers in tuples': [0x4b, 1, 0x85],
  'dictionaries of one entry': [0x7d, 0x58, 1, 0, 0, 0, 0x61, 0x4b, 1, 0x73],
  'entries of one list': [0x5d, 0x4b, 1, 0x61],
};

const ROWS = Object.entries(UNITS).map(([what, unit]): Row => ({
  name: `a pickle of ${what} without end`,
  make: (folder) =>
    put(folder, {
      'checkpoint-5/adapter_config.json': adapterConfig(),
      'checkpoint-5/adapter_model.bin': buildTorchZip({
        pickle: repeated(unit),
        storages: [new Uint8Array(32)],
      }),
    }),
  exit: 3,
  words: 'takes more than is worked through',
}));

onPosix.each(ROWS)('$name', expectSaid);
