import { expect } from '@jest/globals';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  adapterConfig,
  adapterWeights,
  modelFiles,
} from '../builders/checkpoint.ts';
import { safetensorsOf } from '../builders/safetensors.ts';
import {
  expectQuietStep,
  expectSaid,
  newFolder,
  onPosix,
  put,
  sparse,
} from './support.ts';
import { filled, members } from './full.ts';
import type { Row } from './support.ts';

const BELOW = 'checkpoint-5';
const CONFIG = `${BELOW}/adapter_config.json`;
const WEIGHTS = `${BELOW}/adapter_model.safetensors`;
const INDEX = `${BELOW}/model.safetensors.index.json`;

const EMPTY = new Uint8Array();
/** A header that claims 99,999,999 bytes. */
const CLAIM = safetensorsOf('{}', EMPTY, 99_999_999);
const ZIP = new TextEncoder().encode('PK\u0003\u0004');
const DEEP = '['.repeat(100_000) + ']'.repeat(100_000);

const config = { [CONFIG]: adapterConfig() };
const weights = { [WEIGHTS]: adapterWeights() };
const modelConfig = { [`${BELOW}/config.json`]: '{}' };

const SPARSE: readonly Row[] = (
  [
    [
      WEIGHTS,
      EMPTY,
      config,
      1,
      'has its 1,099,511,627,776 bytes, and they are zero',
    ],
    [
      WEIGHTS,
      CLAIM,
      config,
      3,
      'takes 95 MiB; up to 24 MiB and 120,000 tensors',
    ],
    [`${BELOW}/adapter_model.bin`, EMPTY, config, 1, 'they are zero'],
    [
      `${BELOW}/pytorch_model.bin`,
      ZIP,
      modelConfig,
      1,
      'its end was never written',
    ],
    [`${BELOW}/step.pt`, EMPTY, {}, 3, 'no loader that is known here'],
    [
      CONFIG,
      EMPTY,
      weights,
      3,
      'has 1.0 TiB, more than the 24 MiB that are read',
    ],
    [
      INDEX,
      EMPTY,
      modelConfig,
      3,
      'has 1.0 TiB, more than the 24 MiB that are read',
    ],
    [
      `${BELOW}/config.json`,
      EMPTY,
      modelFiles(BELOW),
      3,
      'config.json in checkpoint-5 has 1.0 TiB',
    ],
    [
      `${BELOW}/trainer_state.json`,
      EMPTY,
      { ...config, ...weights },
      0,
      '1 checkpoint, 0 errors',
    ],
    [
      `${BELOW}/latest`,
      EMPTY,
      {
        [`${BELOW}/zero_to_fp32.py`]: '',
        [`${BELOW}/global_step5/mp_rank_00_model_states.pt`]: '',
      },
      1,
      'The file latest names',
    ],
  ] as const
).map(([name, begin, others, exit, words]) => ({
  name: `${name} is a sparse terabyte${begin === EMPTY ? '' : ' with a beginning'}`,
  make: (folder) => {
    put(folder, others);
    sparse(folder, name, begin);
  },
  exit,
  words,
}));

const CLAIMS: readonly Row[] = (
  [
    [
      '99,999,999 bytes of ten',
      CLAIM,
      'its header alone takes 100,000,007 bytes',
    ],
    [
      '2^64 - 1 bytes',
      safetensorsOf('{}', EMPTY, (1n << 64n) - 1n),
      'a header length of 18,446,744,073,709,551,615 bytes',
    ],
    [
      'a tensor of 2^64 - 1 bytes',
      safetensorsOf(
        `{"a":{"dtype":"U8","shape":[18446744073709551615],"data_offsets":[0,18446744073709551615]}}`,
      ),
      'adapter_model.safetensors',
    ],
    [
      '100,000 levels',
      safetensorsOf('{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000)),
      'is not valid JSON',
    ],
  ] as const
).map(([what, bytes, words]) => ({
  name: `a header claims ${what}`,
  make: (folder) => put(folder, { ...config, [WEIGHTS]: bytes }),
  exit: 1,
  words,
}));

const TOO_MANY = 'holds more than the 200,000 values that are read';

/** Documents that are as large as what is read, of what takes most memory. */
const DOCUMENTS: readonly (readonly [string, () => string, string])[] = [
  ['numbers', () => `[${filled('1,')}1]`, TOO_MANY],
  ['lists', () => `[${filled('[1],')}1]`, TOO_MANY],
  [
    'lists in lists',
    () => `[${filled(`${'['.repeat(100)}${']'.repeat(100)},`)}1]`,
    TOO_MANY,
  ],
  ['objects', () => `{${filled('"a":{"b":1},')}"b":1}`, TOO_MANY],
  [
    'different keys',
    () => `{${members((at) => `"${at}日":"\\u65e5${at}"`)}}`,
    TOO_MANY,
  ],
  ['100,000 levels', () => DEEP, 'is nested deeper than the 127 levels'],
  [
    '50 MB',
    () => `{"x":"${'x'.repeat(50_000_000)}"}`,
    'has 48 MiB, more than the 24 MiB',
  ],
];

const READ: readonly Row[] = DOCUMENTS.flatMap(([what, text, words]): Row[] => [
  {
    name: `a configuration of ${what}`,
    make: (folder) => put(folder, { ...weights, [CONFIG]: text() }),
    exit: 3,
    words,
  },
  {
    name: `an index of ${what}`,
    make: (folder) => put(folder, { ...modelConfig, [INDEX]: text() }),
    exit: 3,
    words,
  },
]);

const ROWS = [...SPARSE, ...CLAIMS, ...READ];

onPosix.each(ROWS)('$name', expectSaid);

onPosix('sparse files and large claims through the action', async () => {
  const workspace = newFolder();
  for (const [at, row] of [...SPARSE, ...CLAIMS].entries()) {
    const folder = join(workspace, String(at));
    mkdirSync(folder);
    row.make(folder);
  }
  const step = await expectQuietStep('.', workspace);
  expect(step.outputs.get('verdict')).toBe('fail');
});
