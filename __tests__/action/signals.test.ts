import { afterAll, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { adapterFiles } from '../builders/checkpoint.ts';
import { ACTION, temporaryWorkspace } from '../helpers/gate.ts';
import { startJob } from '../support/runner/index.ts';

// Windows has no signals, nor pipes with names in a folder.
const onPosix = process.platform === 'win32' ? test.skip : test;

const { workspace, write, clear } = temporaryWorkspace(adapterFiles('good'));
afterAll(clear);

// A pipe that nobody reads holds the action there for good.
onPosix(
  'a cancel while a report is written ends the action at once, with every other report whole',
  async () => {
    execFileSync('mkfifo', [join(workspace, 'pipe.md')]);
    write({ 'before.json': 'old', 'after.json': 'old' });
    const inputs = { path: 'good', report: 'before.json\npipe.md\nafter.json' };
    const job = startJob([{ action: ACTION, inputs }], {
      workspace,
      onLine: (line) => {
        if (line.startsWith('PASS')) void job.cancel();
      },
    });
    const [step] = await job.done;
    // By SIGINT: SIGTERM would have come 7.5 seconds later, as 143.
    expect(step).toMatchObject({ outcome: 'cancelled', exitCode: 130 });
    expect(step?.outputs.size).toBe(0);
    const read = (name: string) => readFileSync(join(workspace, name), 'utf8');
    expect(read('after.json')).toBe('old');
    // However far it came by then.
    expect(read('before.json')).toMatch(/^(?:old|\{[^]*\n\})\s*$/);
    const reports = readdirSync(workspace).filter((name) =>
      /json|md$/.test(name),
    );
    expect(reports.sort()).toEqual(['after.json', 'before.json', 'pipe.md']);
  },
);
