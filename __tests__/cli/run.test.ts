import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../../src/cli/run.ts';
import type { Terminal } from '../../src/cli/run.ts';
import { statusLine } from '../../src/cli/status-line.ts';
import { adapterFiles } from '../builders/checkpoint.ts';

let cwd = '';
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'cli-'));
  for (const [name, content] of Object.entries(adapterFiles('good'))) {
    mkdirSync(join(cwd, 'good'), { recursive: true });
    writeFileSync(join(cwd, name), content);
  }
  mkdirSync(join(cwd, 'bad/checkpoint-6'), { recursive: true });
  mkdirSync(join(cwd, 'open/checkpoint-6'), { recursive: true });
  writeFileSync(join(cwd, 'open/checkpoint-6/my_model.pt'), 'x');
});
afterAll(() => {
  rmSync(cwd, { recursive: true, force: true });
});

/** Runs with a terminal that keeps what it is given. */
async function run(args: string[], fields: Partial<Terminal> = {}) {
  const said = {
    out: '',
    err: '',
    files: new Map<string, string>(),
    status: [] as (string | null)[],
  };
  const code = await runCli(args, {
    cwd,
    hasColour: false,
    width: 80,
    out: (text) => (said.out += text),
    err: (text) => (said.err += text),
    status: (text) => said.status.push(text),
    writeFile: (path, text) => {
      said.files.set(path, text);
      return Promise.resolve();
    },
    ...fields,
  });
  return { code, ...said };
}

describe('exit codes', () => {
  test.each([
    [['good'], 0],
    [['bad'], 1],
    [['absent'], 1],
    [['good', 'bad'], 1],
    [['open'], 3],
    [['bad', '--fail-on', 'never'], 0],
    [['open', '--fail-on', 'never'], 3],
    [['good', '--expect', 'model'], 1],
    [['*/checkpoint-6'], 1],
    [['--help'], 0],
    [['--version'], 0],
    [[], 2],
    [['good', '--format', 'xml'], 2],
    [['good', '--require', 'most'], 2],
    [['good', '--no-such-option'], 2],
    [['good', '--format'], 2],
    [['good', '--min-checkpoints', '1'], 0],
    [['good', '--min-checkpoints', '2'], 1],
    [['good', '--expected-steps', '100,200'], 1],
    [['good', '--expected-steps', '100', '--fail-on', 'never'], 0],
    [['good', '--expected-steps', 'all'], 2],
    [['good', '--save-steps', '0'], 2],
    [['good', '--world-size', '1.5'], 2],
    [['good', '--gradient-accumulation-steps', '8'], 0],
  ])('%j: %d', async (args, code) => {
    expect((await run(args)).code).toBe(code);
  });
});

test('a declared value that cannot be is named with what can', async () => {
  const { err } = await run(['good', '--min-checkpoints', 'some']);
  expect(err).toContain(
    "Expected --min-checkpoints to be a whole number from 1 to 10,000, got 'some'.",
  );
});

describe('output', () => {
  test('as JSON is one document, and nothing else', async () => {
    const { out, err } = await run(['good', '--format', 'json']);
    expect(JSON.parse(out)).toMatchObject({ schema: 1, verdict: 'pass' });
    expect(err).toBe('');
  });

  test('as text and as Markdown', async () => {
    expect((await run(['good'])).out).toMatch(/^PASS\n\nRun good\n/);
    const { out } = await run(['good', '--format', 'markdown']);
    expect(out).toMatch(/^## ✅ Checkpoint Gate: pass\n/);
  });

  test('into a file is without colour, and prints nothing', async () => {
    const { out, files } = await run(['good', '--output', 'report.txt'], {
      hasColour: true,
    });
    expect(out).toBe('');
    expect(files.get('report.txt')).toMatch(/^PASS/);
  });

  test('is coloured on a terminal', async () => {
    const { out } = await run(['good'], { hasColour: true });
    expect(out.startsWith('\u001b[32mPASS')).toBe(true);
  });

  test('the status line names the checkpoint, and is cleared', async () => {
    const { status } = await run(['good']);
    expect(status).toEqual(['listing files', 'inspecting good', null]);
  });

  test('wrong usage names what is allowed', async () => {
    const { err, out } = await run(['good', '--format', 'xml']);
    expect(err).toMatch(
      /Expected --format to be one of text, markdown, json, got 'xml'/,
    );
    expect(err).toContain('Usage:');
    expect(out).toBe('');
  });

  test('a report that cannot be written says so', async () => {
    const { code, err } = await run(['good', '--output', 'gone/x'], {
      writeFile: () => Promise.reject(new Error('ENOENT: no such folder')),
    });
    expect(code).toBe(2);
    expect(err).toBe('Could not write gone/x: ENOENT: no such folder\n');
  });

  test('a fault of this tool is named as such', async () => {
    const { code, err } = await run(['good'], {
      out: () => {
        throw new Error('no ::error:: space\nleft');
      },
    });
    expect(code).toBe(2);
    expect(err).toMatch(
      /^Internal error: no :\\:error:\\: space\\u\{a\}left\n/,
    );
  });
});

describe('the status line', () => {
  const record = (isTTY: boolean) => {
    const written: string[] = [];
    let now = 0;
    const stream = {
      isTTY,
      columns: 20,
      write: (text: string | Uint8Array) => written.push(String(text)) > 0,
    };
    const line = statusLine(stream, () => (now += 60));
    return { written, line };
  };

  test('is one line that is drawn over, at most ten times a second', () => {
    const { written, line } = record(true);
    for (const word of ['a', 'b', 'c', 'd']) line(word.repeat(30));
    line(null);
    expect(written).toEqual([
      `\r\u001b[K${'a'.repeat(19)}`,
      `\r\u001b[K${'c'.repeat(19)}`,
      '\r\u001b[K',
    ]);
  });

  test('is not there off a terminal', () => {
    const { written, line } = record(false);
    line('a');
    line(null);
    expect(written).toEqual([]);
  });
});
