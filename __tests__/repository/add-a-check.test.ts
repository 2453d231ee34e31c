import { expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { readText, ROOT, toPath } from '../../scripts/check-catalogue.mjs';

const LEFT_OUT = ['node_modules', '.git', 'dist', 'lib', 'coverage'];
const CEILING_MS = 120_000;

/** The commands of the guide, in its order. */
function commandsIn(guide: string): string[] {
  return [...guide.matchAll(/^ *```sh\n([\s\S]*?)^ *```/gm)].flatMap(
    ([, block = '']) => block.trim().split(/\n\s*/),
  );
}

/** A copy of the repository without what is built, with the same packages. */
function copyRepository(): string {
  const root = toPath(ROOT);
  const copy = mkdtempSync(join(tmpdir(), 'add-a-check-'));
  cpSync(root, copy, {
    recursive: true,
    filter: (path) => !LEFT_OUT.includes(relative(root, path)),
  });
  symlinkSync(
    join(root, 'node_modules'),
    join(copy, 'node_modules'),
    'junction',
  );
  return copy;
}

test(
  'the steps of docs/add-a-check.md work as they are written',
  () => {
    const commands = commandsIn(readText('docs/add-a-check.md'));
    expect(commands).toHaveLength(6);
    const copy = copyRepository();
    try {
      for (const command of commands)
        // Throws, with what was printed, when a step fails.
        execFileSync(command, { cwd: copy, shell: true, stdio: 'pipe' });
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  },
  CEILING_MS,
);
