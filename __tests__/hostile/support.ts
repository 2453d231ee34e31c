import { afterAll, expect, test } from '@jest/globals';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ACTION, runGate } from '../helpers/gate.ts';
import type { Files } from '../helpers/gate.ts';
import type { StepResult } from '../support/runner/index.ts';

/** What is made in a folder, and what has to be said of it. */
export interface Row {
  readonly name: string;
  readonly make: (folder: string) => void;
  /** As it is given on the command line; the folder itself where it is not set. */
  readonly path?: string;
  /** 0 pass, 1 fail, 3 inconclusive. */
  readonly exit: 0 | 1 | 3;
  /** The word that makes it clear, as the text report has it. */
  readonly words: string;
}

// Windows has neither such names nor such files.
export const onPosix = process.platform === 'win32' ? test.skip : test;

const MEMORY_MAX_BYTES = 256 * 1024 * 1024;
const VERDICTS = { 0: 'pass', 1: 'fail', 3: 'inconclusive' } as const;

const base = mkdtempSync(join(tmpdir(), 'hostile-'));
afterAll(() => {
  rmSync(base, { recursive: true, force: true });
});

/** A new folder that is deleted when the tests of the file are through. */
export function newFolder(): string {
  return mkdtempSync(join(base, 'tree-'));
}

/** Writes files; a name that ends in `/` is an empty folder. */
export function put(folder: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(name.endsWith('/') ? path : dirname(path), { recursive: true });
    if (!name.endsWith('/')) writeFileSync(path, content);
  }
}

/** A file of a terabyte, of which only the beginning takes room. */
export function sparse(folder: string, name: string, begin: Uint8Array): void {
  put(folder, { [name]: begin });
  truncateSync(join(folder, name), 1024 ** 4);
}

export function fifo(path: string): void {
  execFileSync('mkfifo', [path]);
}

/** Stays where it is when the process that listened is gone. */
export function socket(path: string): void {
  const script = `require('node:net').createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'))`;
  const { signal } = spawnSync(process.execPath, ['-e', script, path]);
  expect(signal).toBe('SIGKILL');
}

/** Runs the bundle of the command line; on Linux with its largest resident set. */
export function runBundle(args: readonly string[], cwd: string) {
  const peak = join(base, 'peak');
  const script = `import { readFileSync, writeFileSync } from 'node:fs';
process.on('exit', () => process.platform === 'linux' && writeFileSync(${JSON.stringify(peak)}, readFileSync('/proc/self/status')));`;
  const run = spawnSync(
    process.execPath,
    [
      `--import=data:text/javascript,${encodeURIComponent(script)}`,
      join(ACTION, 'dist/cli/index.js'),
      ...args,
    ],
    { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, timeout: 60_000 },
  );
  if (process.platform === 'linux') {
    const [, kib] =
      /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(peak, 'utf8')) ?? [];
    expect(Number(kib) * 1024).toBeLessThan(MEMORY_MAX_BYTES);
  }
  return { exit: run.status, out: run.stdout, err: run.stderr };
}

/** Nothing in it is a terminal code, or a command to the runner. */
export function expectHarmless(output: string): void {
  expect(output).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
  expect(output).not.toContain('##[');
  expect(output).not.toMatch(/^\s*::/mu);
}

/** No markup but our own. */
export function expectPlainMarkdown(markdown: string): void {
  expectHarmless(markdown);
  const rest = markdown.replace(/<\/?(?:code|details|summary|sub)>/g, '');
  expect(rest.replace(/&#\d+;/g, '')).not.toMatch(/[<>@]|\]\(|!\[|:\/\//);
}

interface Verdict {
  readonly verdict: string;
  readonly headline: string;
}

/** In text, Markdown and JSON the same verdict of it, and nothing that acts. */
export function expectSaid({ make, path = '.', exit, words }: Row) {
  const folder = newFolder();
  make(folder);
  const text = runBundle([path], folder);
  expect(text).toMatchObject({ exit, err: '' });
  expectHarmless(text.out);
  expect(flat(text.out)).toContain(words);
  const markdown = runBundle([path, '--format', 'markdown'], folder);
  expect(markdown).toMatchObject({ exit, err: '' });
  expectPlainMarkdown(markdown.out);
  const json = runBundle([path, '--format', 'json'], folder);
  expect(json).toMatchObject({ exit, err: '' });
  expectHarmless(json.out);
  const report = JSON.parse(json.out) as Verdict;
  expect(report.verdict).toBe(VERDICTS[exit]);
  const [verdict = '', ...rest] = report.headline.split(';');
  const shown = [verdict.toUpperCase(), ...rest].join(';');
  expect(flat(text.out).startsWith(shown)).toBe(true);
}

/** Lines of the text report end at its width: as one line. */
function flat(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/** Runs the action's bundle as the runner does; nothing is obeyed but annotations. */
export async function expectQuietStep(
  path: string,
  workspace: string,
): Promise<StepResult> {
  const step = await runGate({ path }, { workspace, isMeasured: true });
  expect(step.unknownCommands).toEqual([]);
  for (const { name } of step.commands)
    expect(name).toMatch(/^(?:error|warning|notice)$/);
  expect([...step.state, ...step.exported, ...step.paths]).toEqual([]);
  expect(step.outputs.size).toBe(7);
  for (const { title, message } of step.annotations)
    expectHarmless(`${title ?? ''}${message}`);
  expectPlainMarkdown(step.summary);
  if (process.platform === 'linux')
    expect(step.peakMemoryBytes).toBeLessThan(MEMORY_MAX_BYTES);
  return step;
}
