import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { check as isFormatted } from 'prettier';
import { ROOT, toPath } from '../../scripts/check-catalogue.mjs';

const SCRIPT = toPath(new URL('scripts/new-check.mjs', ROOT));

/** As much of a repository as the script asks for; its generator says that it ran. */
let root = '';

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'new-check-'));
  mkdirSync(join(root, 'scripts'));
  writeFileSync(
    join(root, 'scripts/generate.mjs'),
    `process.stdout.write('generated\\n');`,
  );
  cpSync(new URL('.prettierrc.json', ROOT), join(root, '.prettierrc.json'));
});

afterAll(() => {
  rmSync(root, { recursive: true });
});

function run(...args: string[]) {
  return spawnSync(process.execPath, [SCRIPT, ...args], { encoding: 'utf8' });
}

test.each([
  ['a path', () => root, 'loads/alpha-zero'],
  ['a URL', () => pathToFileURL(root).href, 'progress/step-too-far'],
  [
    'long names',
    () => root,
    'trained/a-very-long-subject-of-a-check-with-an-even-longer-defect-at-its-end',
  ],
])('writes three formatted files: %s', async (_name, rootOf, name) => {
  const [question = '', id = ''] = name.split('/');
  const files = [
    `src/core/checks/${question}/${id}.ts`,
    `__tests__/checks/${question}/${id}.test.ts`,
    `docs/checks/${id}.md`,
  ];
  const { status, stdout } = run(name, '--root', rootOf());
  expect(status).toBe(0);
  expect(stdout.trim().split('\n')).toEqual([...files, 'generated']);
  for (const file of files) {
    const filepath = join(root, file);
    const text = readFileSync(filepath, 'utf8');
    expect(await isFormatted(text, { singleQuote: true, filepath })).toBe(true);
  }
});

describe('refuses', () => {
  test.each([
    ['nothing', []],
    ['two names', ['loads/a-b', 'loads/c-d']],
    ['an unknown question', ['looks/a-b']],
    ['a path', ['loads/../a-b']],
    ['a subject without a defect', ['loads/adapter']],
    ['capitals', ['loads/Adapter-empty']],
    ['underscores', ['loads/adapter_empty']],
    ['an unknown option', ['loads/a-b', '--rot', 'x']],
  ])('%s', (_name, args) => {
    const before = readdirSync(root, { recursive: true });
    const { status, stderr } = run(...args, '--root', root);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^(?:Expected|Unknown)/);
    expect(readdirSync(root, { recursive: true })).toEqual(before);
  });

  test.each(['loads', 'resumes'])('an id that is taken (%s)', (question) => {
    run('loads/taken-twice', '--root', root);
    const { status, stderr } = run(`${question}/taken-twice`, '--root', root);
    expect(status).toBe(2);
    expect(stderr).toBe(
      'src/core/checks/loads/taken-twice.ts is there already.\n',
    );
  });

  test('a folder that is no copy of the repository', () => {
    const { status, stderr } = run(
      'loads/a-b',
      '--root',
      join(root, 'scripts'),
    );
    expect(status).toBe(2);
    expect(stderr).toContain('no copy');
  });
});
