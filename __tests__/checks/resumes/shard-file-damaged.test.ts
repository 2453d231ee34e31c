import { expect, test } from '@jest/globals';
import { shardFileDamaged } from '../../../src/core/checks/resumes/shard-file-damaged.ts';
import { pickle, text, tuple } from '../../builders/pickle.ts';
import {
  DCP_PIECE,
  dcpFiles,
  dcpMetadata,
  rankStates,
  zeroFiles,
} from '../../builders/sharded.ts';
import type { DcpPlace } from '../../builders/sharded.ts';
import { buildTorchZip } from '../../builders/torch-zip.ts';
import { inspectWith, testCheck } from '../../helpers/test-check.ts';

const HEALTHY = dcpFiles('step-10');
const SIZE = DCP_PIECE.length;
const NAME = '__0_0.distcp';
const FIRST = `step-10/${NAME}`;
const TAG = 'checkpoint-4/global_step4';
const OPTIMIZER = `${TAG}/bf16_zero_pp_rank_1_mp_rank_00_optim_states.pt`;

const twice = concat(DCP_PIECE, DCP_PIECE);
const placed = (file: Uint8Array, ...places: readonly Partial<DcpPlace>[]) => ({
  [FIRST]: file,
  'step-10/.metadata': dcpMetadata(
    places.map((one) => ({ name: NAME, length: SIZE, ...one })),
  ),
});
const zero = (more: Readonly<Record<string, Uint8Array | string>> = {}) => {
  const files = zeroFiles('checkpoint-4', { ranks: [0, 1, 2] });
  const whole = Object.keys(files).map(
    (path): [string, Uint8Array | string] => [
      path,
      path.endsWith('.pt')
        ? rankStates({ dp_world_size: 3 })
        : (files[path] ?? ''),
    ],
  );
  return { ...Object.fromEntries(whole), ...more };
};

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function zeroFrom(bytes: Uint8Array, at: number): Uint8Array {
  return concat(bytes.slice(0, at), new Uint8Array(bytes.length - at));
}

testCheck(shardFileDamaged, {
  clean: {
    'a distributed checkpoint': HEALTHY,
    'a file of two tensors': placed(twice, {}, { offset: SIZE }),
    'bytes behind the last value, which nobody reads': {
      ...HEALTHY,
      [FIRST]: concat(DCP_PIECE, new Uint8Array(100)),
    },
    'values that were compressed': placed(new Uint8Array(SIZE), {
      transforms: ['zstd'],
    }),
    'bytes of a planner that are zero': placed(new Uint8Array(SIZE), {
      isBytes: true,
    }),
    'values in a format of another kind': placed(
      concat(Uint8Array.of(8, 0, 0, 0), new Uint8Array(SIZE - 4)),
      {},
    ),
    'places of a class that is not known': placed(new Uint8Array(1), {
      storageClass: '_OtherInfo',
    }),
    'a path that leads out of the folder, which is not followed': placed(
      DCP_PIECE,
      { name: '../../secret' },
    ),
    'a list that cannot be read, which is another check': {
      ...HEALTHY,
      'step-10/.metadata': 'x',
    },
    'a list without any of its files, which is another check': {
      'step-10/.metadata': HEALTHY['step-10/.metadata'] ?? '',
    },
    'DeepSpeed states': zero(),
    'a state of the legacy format, which is not opened': zero({
      [OPTIMIZER]: Uint8Array.of(
        0x80,
        2,
        0x8a,
        10,
        0x6c,
        0xfc,
        0x9c,
        0x46,
        0xf9,
        0x20,
        0x6a,
        0xa8,
        0x50,
        0x19,
        0x2e,
      ),
    }),
    'a state with classes of any kind': zero({
      [OPTIMIZER]: buildTorchZip({
        pickle: pickle(
          [0x80, 2, 0x63],
          new TextEncoder().encode('deepspeed\nX\n'),
          [0x2e],
        ),
      }),
    }),
    'an adapter alone': { 'checkpoint-4/adapter_config.json': '{}' },
  },
  found: {
    'a file of a rank that is not there': {
      files: {
        [FIRST]: DCP_PIECE,
        'step-10/.metadata': HEALTHY['step-10/.metadata'] ?? '',
      },
      expect: [
        {
          message: 'missing',
          severity: 'error',
          path: 'run/step-10',
          text: /^\.metadata in step-10 places [\d,]+ bytes of values in 1 file that is not there: __1_0\.distcp\.$/,
        },
      ],
    },
    'an empty file': {
      files: { ...HEALTHY, [FIRST]: '' },
      expect: [{ message: 'short', text: /has 0 bytes.*: it is empty\.$/ }],
    },
    'two files that were cut': {
      files: {
        ...HEALTHY,
        [FIRST]: DCP_PIECE.slice(0, -1),
        'step-10/__1_0.distcp': DCP_PIECE.slice(0, 10),
      },
      expect: [
        {
          message: 'short',
          text: /^__0_0\.distcp has [\d,]+ bytes, and \.metadata places values in it up to byte [\d,]+: it was cut off, or is of another save\. So is 1 more file: __1_0\.distcp\.$/,
        },
      ],
    },
    'an end that was never written': {
      files: placed(zeroFrom(twice, SIZE + 100), {}, { offset: SIZE }),
      expect: [{ message: 'zeros', text: /its end was never written/ }],
    },
    'a file of zeros': {
      files: { ...HEALTHY, [FIRST]: new Uint8Array(SIZE) },
      expect: [{ message: 'zeros' }],
    },
    'the list of another save': {
      files: placed(twice, {}, { offset: SIZE - 7, length: SIZE }),
      expect: [
        { message: 'mismatched', text: /\.metadata is of another save\.$/ },
      ],
    },
    'a value that ends elsewhere': {
      files: placed(twice, {}, { offset: SIZE, length: SIZE - 1 }),
      expect: [{ message: 'mismatched' }],
    },
    'an empty state of a rank': {
      files: zero({ [OPTIMIZER]: '' }),
      expect: [
        {
          message: 'rank',
          severity: 'error',
          path: `run/${OPTIMIZER}`,
          text: /_optim_states\.pt is an empty file\.$/,
        },
      ],
    },
    'two states of ranks that were cut': {
      files: zero({
        [OPTIMIZER]: rankStates({}).slice(0, 300),
        [OPTIMIZER.replace('rank_1', 'rank_2')]: 'x',
      }),
      expect: [
        {
          message: 'rank',
          text: /ends after 300 bytes without the directory .* So is 1 more file: bf16_zero_pp_rank_2/,
        },
      ],
    },
    'a state whose end was never written': {
      files: zero({
        [OPTIMIZER]: concat(
          rankStates({}).slice(0, 300),
          new Uint8Array(70_000),
        ),
      }),
      expect: [{ message: 'rank', text: /its end was never written/ }],
    },
    'a state whose pickle is cut': {
      files: zero({
        [OPTIMIZER]: buildTorchZip({ pickle: pickle([0x80, 2, 0x7d]) }),
      }),
      expect: [{ message: 'rank', text: /byte 3 of its pickle.*pickle-cut/ }],
    },
    'a state whose pickle has an opcode that is none': {
      files: zero({
        [OPTIMIZER]: buildTorchZip({ pickle: pickle([0x80, 2, 0xff, 0x2e]) }),
      }),
      expect: [{ message: 'rank', text: /opcode-unknown/ }],
    },
    'a state whose pickle takes too much': {
      files: zero({
        [OPTIMIZER]: buildTorchZip({ pickle: pickle([0x80, 2, 0x52, 0x2e]) }),
      }),
      expect: [{ message: 'rank', text: /stack-empty/ }],
    },
    'a state whose pickle asks for what was never put there': {
      files: zero({
        [OPTIMIZER]: buildTorchZip({
          pickle: pickle([0x80, 2, 0x68, 1, 0x2e]),
        }),
      }),
      expect: [{ message: 'rank', text: /memo-empty/ }],
    },
    'a state without the values that it names': {
      files: zero({
        [OPTIMIZER]: buildTorchZip({
          pickle: pickle(
            [0x80, 2],
            tuple(text('storage'), text('x'), text('7'), text('cpu')),
            [0x51, 0x2e],
          ),
        }),
      }),
      expect: [
        { message: 'rank', text: /names the values data\/7 and does not/ },
      ],
    },
    'a state with a directory of another kind': {
      files: zero({
        [OPTIMIZER]: buildTorchZip({ records: { 'data.pkl': null } }),
      }),
      expect: [{ message: 'rank', text: /record-missing/ }],
    },
    'the rest of the state beside shards of Lightning': {
      files: {
        ...dcpFiles('epoch=1-step=20.ckpt'),
        'epoch=1-step=20.ckpt/meta.pt': 'x',
      },
      expect: [{ message: 'rank', text: /^meta\.pt is a text file\.$/ }],
    },
    'a file of a rank of FSDP': {
      files: {
        'checkpoint-4/pytorch_model_fsdp_rank0.bin': '<html></html>',
        'checkpoint-4/trainer_state.json': '{}',
      },
      expect: [{ message: 'rank', text: /is an HTML page\.$/ }],
    },
  },
});

test('a thousand missing files are named in part', async () => {
  const places = Array.from({ length: 1000 }, (_, at) => ({
    name: `__${at + 1}_0.distcp`,
    length: 100,
  }));
  const { findings } = await inspectWith(shardFileDamaged, {
    [FIRST]: DCP_PIECE,
    'step-10/.metadata': dcpMetadata(places),
  });
  expect(findings.map(({ data }) => data['files'])).toEqual([1000]);
  expect(JSON.stringify(findings).length).toBeLessThan(10_000);
});
