import { afterAll, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { appendOutput, writeSummary } from '../../src/action/file-command.ts';
import { temporaryWorkspace } from '../helpers/gate.ts';
import { readPairs } from '../support/runner/file-commands.ts';

const { workspace, write, clear } = temporaryWorkspace({});
afterAll(clear);
const file = join(workspace, 'commands');
const gone = join(workspace, 'gone');

test.each([
  [''],
  ['one line'],
  ['two\nlines\n'],
  ['end-of-output'],
  ['\nend-of-output\n\nend-of-output-\n'],
  [`${'-'.repeat(9)}\nend-of-output---\nname<<end-of-output`],
])('the runner reads %j as it was given', (value) => {
  write({ commands: '' });
  appendOutput(file, 'before', 'x');
  appendOutput(file, 'given', value);
  appendOutput(file, 'after', 'y');
  expect([...readPairs(file)]).toEqual([
    ['before', 'x'],
    ['given', value],
    ['after', 'y'],
  ]);
});

test('a summary takes the place of what was there', () => {
  write({ commands: 'of an earlier write' });
  writeSummary(file, '## new');
  expect(readFileSync(file, 'utf8')).toBe('## new');
});

test('a file that is gone is not made', () => {
  expect(() => {
    appendOutput(gone, 'name', 'value');
  }).toThrow('ENOENT');
  expect(() => {
    writeSummary(gone, 'text');
  }).toThrow('ENOENT');
  expect(existsSync(gone)).toBe(false);
});
