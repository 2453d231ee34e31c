#!/usr/bin/env node
import { resolve } from 'node:path';
import { writeWhole } from '../platform/write-whole.ts';
import { runCli } from './run.ts';
import { statusLine } from './status-line.ts';

const DEFAULT_WIDTH = 80;
/** Longer lines are hard to read, however wide the terminal is. */
const MAX_WIDTH = 120;

const { stdout, stderr, env } = process;
const isTerminal = stdout.isTTY as boolean | undefined;

// exitCode, not exit(): output to a pipe may still be on its way.
process.exitCode = await runCli(process.argv.slice(2), {
  cwd: process.cwd(),
  hasColour: isTerminal === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb',
  width: Math.min(stdout.columns || DEFAULT_WIDTH, MAX_WIDTH),
  out: (text) => void stdout.write(text),
  err: (text) => void stderr.write(text),
  status: statusLine(stderr),
  writeFile: (path, text) => writeWhole(resolve(path), text),
});
