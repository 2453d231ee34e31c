import { adapterConfig } from '../builders/checkpoint.ts';
import {
  global,
  pickle,
  reduced,
  stateDict,
  text,
} from '../builders/pickle.ts';
import {
  buildTorchLegacy,
  legacyDict,
  legacyTensor,
} from '../builders/torch-legacy.ts';
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

const adapter = (content: Uint8Array) => (folder: string) => {
  put(folder, {
    'checkpoint-5/adapter_config.json': adapterConfig(),
    'checkpoint-5/adapter_model.bin': content,
  });
};
const HALF_MIB = 512 * 1024;
const EVIL = stateDict({ a: reduced(global('os', 'system'), text('x')) });
/** 2^47 elements of one storage: LONG1 of seven bytes. */
const HUGE = legacyTensor('0', { count: [0x8a, 7, 0, 0, 0, 0, 0, 0x80, 0] });

const CONTAINERS: readonly Row[] = [
  ...Object.entries(UNITS).flatMap(([what, unit]): Row[] => [
    {
      name: `a legacy file of ${what} without end`,
      make: adapter(buildTorchLegacy({ object: repeated(unit) })),
      exit: 3,
      words: 'takes more than is worked through',
    },
    {
      name: `a zip cut within a pickle of ${what}`,
      make: adapter(
        buildTorchZip({ pickle: repeated(unit) }).slice(0, -HALF_MIB),
      ),
      exit: 1,
      words: 'it was cut off',
    },
  ]),
  {
    name: 'a legacy file that claims 512 TiB of values',
    make: adapter(
      buildTorchLegacy({
        object: legacyDict({ a: HUGE }),
        keys: ['0'],
        counts: [2 ** 47],
      }),
    ),
    exit: 1,
    words: 'the values of 0 of 1 storage are complete',
  },
  {
    name: 'a second data.pkl, of which torch takes the other',
    make: adapter(
      buildTorchZip({ extra: [{ name: 'archive/data.pkl', content: EVIL }] }),
    ),
    exit: 1,
    words: 'stands twice, the first of them archive/data.pkl',
  },
  {
    name: 'a pickle within the bytes of a pickle',
    make: adapter(
      buildTorchZip({
        pickle: pickle([0x80, 3, 0x43, EVIL.length], EVIL, [0x2e]),
      }),
    ),
    exit: 1,
    words: 'opcode 67',
  },
  {
    name: 'a torch file under the name of a safetensors file',
    make: (folder) => {
      put(folder, {
        'checkpoint-5/adapter_config.json': adapterConfig(),
        'checkpoint-5/adapter_model.safetensors': buildTorchZip({
          pickle: EVIL,
        }),
      });
    },
    exit: 1,
    words: 'is a zip archive, which the safetensors reader does not read',
  },
];

onPosix.each(CONTAINERS)('$name', expectSaid);

onPosix.each(ROWS)('$name', expectSaid);
