import { afterAll, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { adapterFiles } from '../builders/checkpoint.ts';
import { runGate, temporaryWorkspace } from '../helpers/gate.ts';

// Windows has no pipes with names in a folder.
const onPosix = process.platform === 'win32' ? test.skip : test;

const { workspace, clear } = temporaryWorkspace(adapterFiles('good'));
afterAll(clear);

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
    const running = runGate({ path: 'good' }, { workspace, output: pipe });
    const bytes = Buffer.alloc(100_000);
    let text = '';
    const drain = () => {
      untilRefused(() => {
        text += bytes.toString('utf8', 0, readSync(outlet, bytes));
      });
    };
    const timer = setInterval(drain, 50);
    expect(await running).toMatchObject({ outcome: 'success', exitCode: 0 });
    clearInterval(timer);
    drain();
    closeSync(pipe);
    closeSync(outlet);
    expect(text.replace(/^\.+/, '')).toMatch(
      /^PASS\n[^]*answering for [^]*\.\n\n$/,
    );
  },
);
