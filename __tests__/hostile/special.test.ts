import { expect } from '@jest/globals';
import { linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  adapterConfig,
  adapterFiles,
  adapterWeights,
} from '../builders/checkpoint.ts';
import {
  expectQuietStep,
  expectSaid,
  fifo,
  newFolder,
  onPosix,
  put,
  socket,
} from './support.ts';
import type { Row } from './support.ts';

const CONFIG = 'checkpoint-5/adapter_config.json';
const WEIGHTS = 'checkpoint-5/adapter_model.safetensors';
const SPECIAL = 'neither a file nor a folder';
const NO_FILE = 'There is no file at this path or below it.';
const OUT = 'a link that leads out of the given folder is not followed';

const adapter = (folder: string) => {
  put(folder, adapterFiles('checkpoint-5'));
};
/** The checkpoint of an adapter without one of its two files. */
const without = (folder: string, name: string) => {
  put(
    folder,
    name === CONFIG
      ? { [WEIGHTS]: adapterWeights() }
      : { [CONFIG]: adapterConfig() },
  );
};
/** A path of the folder in bytes that are not UTF-8. */
const undecodable = (folder: string) =>
  Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff, 0xfe])]);

/** The path argument itself. */
const PATHS: readonly Row[] = [
  {
    name: 'a FIFO',
    make: (folder) => fifo(join(folder, 'it')),
    path: 'it',
    exit: 1,
    words: SPECIAL,
  },
  {
    name: 'a socket',
    make: (folder) => socket(join(folder, 'it')),
    path: 'it',
    exit: 1,
    words: SPECIAL,
  },
  {
    name: 'a device',
    make: () => undefined,
    path: '/dev/zero',
    exit: 1,
    words: `${NO_FILE} Why:`,
  },
  {
    name: 'a file named checkpoint-6',
    make: (folder) => put(folder, { 'checkpoint-6': 'x' }),
    path: 'checkpoint-6',
    exit: 1,
    words: 'The one file at this path or below it belongs to no checkpoint',
  },
  {
    name: 'a link to itself',
    make: (folder) => symlinkSync('it', join(folder, 'it')),
    path: 'it',
    exit: 3,
    words: 'ELOOP: too many symbolic links encountered',
  },
  {
    name: 'a link to nothing',
    make: (folder) => symlinkSync('gone', join(folder, 'it')),
    path: 'it',
    exit: 1,
    words: 'Nothing exists at it, or nothing matches it.',
  },
  {
    name: 'an empty path',
    make: () => undefined,
    path: '',
    exit: 1,
    words: NO_FILE,
  },
  {
    name: 'a name of 300 bytes',
    make: () => undefined,
    path: 'x'.repeat(300),
    exit: 1,
    words: 'or nothing matches it',
  },
  {
    name: 'a path of 60,000 bytes',
    make: () => undefined,
    path: 'x/'.repeat(30_000),
    exit: 3,
    words: 'the pattern has 60000 characters, at most 1024 are tried',
  },
  {
    name: 'a path with a line end',
    make: () => undefined,
    path: 'a\n::error::b',
    exit: 1,
    words: 'Nothing exists at a\\u{a}:\\:error:\\:b',
  },
  ...['ck[1]', 'a*b', '{a,b}', '(a|b)+', '!x', '+(a)'].map((name): Row => ({
    name: `the folder ${name}, by its own name`,
    make: (folder) => put(folder, adapterFiles(`${name}/checkpoint-5`)),
    path: name,
    exit: 0,
    words: `Run ${name}`,
  })),
];

/** A file that the loader needs is something else. */
const TARGETS: readonly (readonly [string, Row['exit'], string])[] = [
  ['/dev/zero', 3, OUT],
  ['/proc/self/mem', 3, OUT],
  ['/etc/passwd', 3, OUT],
  ['/', 1, OUT],
  ['gone', 1, 'to nothing'],
];
const NEEDED: readonly Row[] = [CONFIG, WEIGHTS].flatMap((name): Row[] => [
  {
    name: `${name} is a FIFO`,
    make: (folder) => {
      without(folder, name);
      fifo(join(folder, name));
    },
    exit: 3,
    words: SPECIAL,
  },
  {
    name: `${name} is a socket`,
    make: (folder) => {
      without(folder, name);
      socket(join(folder, name));
    },
    exit: 3,
    words: SPECIAL,
  },
  {
    name: `${name} is a folder`,
    make: (folder) => {
      without(folder, name);
      mkdirSync(join(folder, name));
    },
    exit: 1,
    words: name === CONFIG ? 'adapter_config.json is not' : 'are not',
  },
  {
    name: `${name} is a link to itself`,
    make: (folder) => {
      without(folder, name);
      symlinkSync(join(folder, name), join(folder, name));
    },
    exit: 1,
    words: 'a link that leads back to itself',
  },
  ...TARGETS.map(([target, exit, words]): Row => ({
    name: `${name} is a link to ${target}`,
    make: (folder) => {
      without(folder, name);
      symlinkSync(target, join(folder, name));
    },
    exit,
    words,
  })),
]);

/** Beside a good checkpoint. */
const ADDED: readonly Row[] = [
  {
    name: 'a file named checkpoint-6',
    make: (folder) => put(folder, { 'checkpoint-6': 'x' }),
    exit: 0,
    words: '1 checkpoint, 0 errors',
  },
  {
    name: 'a FIFO named checkpoint-6',
    make: (folder) => fifo(join(folder, 'checkpoint-6')),
    exit: 0,
    words: SPECIAL,
  },
  {
    name: 'links to one another',
    make: (folder) => {
      symlinkSync('b', join(folder, 'a'));
      symlinkSync('a', join(folder, 'b'));
    },
    exit: 0,
    words: 'a, b (link: a link that leads back to itself)',
  },
  {
    name: 'a chain of links to the weights',
    make: (folder) => {
      mkdirSync(join(folder, 'checkpoint-6'));
      linkSync(
        join(folder, CONFIG),
        join(folder, 'checkpoint-6/adapter_config.json'),
      );
      symlinkSync(
        '../one',
        join(folder, 'checkpoint-6/adapter_model.safetensors'),
      );
      symlinkSync('two', join(folder, 'one'));
      symlinkSync(WEIGHTS, join(folder, 'two'));
    },
    exit: 0,
    words: '2 checkpoints, 0 errors',
  },
  {
    name: 'folders that are links to those above',
    make: (folder) => {
      symlinkSync('..', join(folder, 'checkpoint-5/up'));
      symlinkSync('.', join(folder, 'checkpoint-5/here'));
      symlinkSync('/', join(folder, 'checkpoint-5/all'));
    },
    exit: 0,
    words: OUT,
  },
  {
    name: 'a file whose name is not UTF-8',
    make: (folder) => writeFileSync(undecodable(folder), 'x'),
    exit: 0,
    words: 'a file whose name is not UTF-8: no known producer writes it',
  },
  {
    name: 'a folder whose name is not UTF-8',
    make: (folder) => mkdirSync(undecodable(folder)),
    exit: 3,
    words: 'its name is not UTF-8 and cannot be opened: rename the folder',
  },
  {
    name: 'a name with a true replacement character',
    make: (folder) => put(folder, adapterFiles('run\uFFFD/checkpoint-5')),
    exit: 0,
    words: '2 checkpoints, 0 errors',
  },
  {
    name: 'names of 255 bytes',
    make: (folder) =>
      put(folder, {
        ...adapterFiles(`${'r'.repeat(255)}/checkpoint-5`),
        [`${'日'.repeat(85)}/${'x'.repeat(255)}`]: '',
      }),
    exit: 0,
    words: '2 checkpoints, 0 errors',
  },
];
const BESIDE = ADDED.map((row): Row => ({
  ...row,
  make: (folder) => {
    adapter(folder);
    row.make(folder);
  },
}));

const ROWS = [...PATHS, ...NEEDED, ...BESIDE];

onPosix.each(ROWS)('$name', expectSaid);

onPosix('all of them through the action', async () => {
  const workspace = newFolder();
  const paths = ROWS.map((row, at) => {
    const folder = join(workspace, String(at));
    mkdirSync(folder);
    row.make(folder);
    return row.path === undefined ? String(at) : join(String(at), row.path);
  });
  const step = await expectQuietStep(paths.join('\n'), workspace);
  expect(step.outcome).toBe('failure');
  expect(step.outputs.get('verdict')).toBe('fail');
});
