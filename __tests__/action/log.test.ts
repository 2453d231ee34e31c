import { afterAll, expect, test } from '@jest/globals';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { adapterFiles } from '../builders/checkpoint.ts';
import { ACTION, temporaryWorkspace } from '../helpers/gate.ts';
import { node24 } from '../support/runner/node24.ts';

// Windows has no pipes with names in a folder.
const onPosix = process.platform === 'win32' ? test.skip : test;

const { workspace, clear } = temporaryWorkspace(adapterFiles('good'));
afterAll(clear);

const inputs = {
  PATH: 'good',
  EXPECT: 'auto',
  REQUIRE: 'all',
  DEPTH: 'auto',
  'MAX-BYTES': '4GiB',
  'FAIL-ON': 'error',
  INCONCLUSIVE: 'fail',
  SUMMARY: 'true',
  ANNOTATIONS: 'true',
};

/** Calls until a pipe that does not wait has no more room, or no more bytes. */
function untilRefused(move: () => void): void {
  try {
    for (;;) move();
  } catch (error) {
    expect(error).toHaveProperty('code', 'EAGAIN');
  }
}

onPosix(
  'a full pipe that does not wait takes all lines in the end',
  async () => {
    const fifo = join(workspace, 'log');
    execFileSync('mkfifo', [fifo]);
    // The end to write to follows: without one to read from it cannot be opened.
    const outlet = openSync(fifo, constants.O_RDONLY | constants.O_NONBLOCK);
    const pipe = openSync(fifo, constants.O_WRONLY | constants.O_NONBLOCK);
    untilRefused(() => writeSync(pipe, '.'.repeat(1000)));
    untilRefused(() => writeSync(pipe, '.'));
    const step = spawn(node24(), [join(ACTION, 'dist/index.js')], {
      cwd: workspace,
      env: Object.fromEntries(
        Object.entries(inputs).map(([name, value]) => [`INPUT_${name}`, value]),
      ),
      stdio: ['ignore', pipe, 'inherit'],
    });
    const exited = once(step, 'exit');
    const bytes = Buffer.alloc(100_000);
    let text = '';
    const drain = () => {
      untilRefused(() => {
        text += bytes.toString('utf8', 0, readSync(outlet, bytes));
      });
    };
    const timer = setInterval(drain, 50);
    expect(await exited).toEqual([0, null]);
    clearInterval(timer);
    drain();
    closeSync(pipe);
    closeSync(outlet);
    expect(text.replace(/^\.+/, '')).toMatch(
      /^PASS\n[^]*answering for [^]*\.\n\n$/,
    );
  },
);
