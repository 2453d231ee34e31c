import { describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lineSplitter } from './child.ts';
import { parseCommand } from './command.ts';
import { readPairs } from './file-commands.ts';
import { stepLog } from './step-log.ts';

const REGISTERED = new Set(['error', 'add-mask']);

describe('a line', () => {
  test.each([
    ['::error::text', 'error', {}, 'text'],
    [' \t\u0085::error::text', 'error', {}, 'text'],
    ['::ERROR::text', 'ERROR', {}, 'text'],
    [
      '::error file=a,line=2,title=a%3Ab%2Cc%25::x%0Ay%25',
      'error',
      { file: 'a', line: '2', title: 'a:b,c%' },
      'x\ny%',
    ],
    ['::error  file=a,=b,c=,d::x', 'error', { file: 'a' }, 'x'],
    ['::error::a::b', 'error', {}, 'a::b'],
    ['text ##[error]text', 'error', {}, 'text'],
    ['##[error a=1;b=%3B%5D]x%3B', 'error', { a: '1', b: ';]' }, 'x;'],
    [':: ##[error]text', 'error', {}, 'text'],
  ])('%j is a command', (line, name, properties, data) => {
    const command = parseCommand(line, REGISTERED);
    expect(command).toMatchObject({ name, data });
    expect(Object.fromEntries(command?.properties ?? [])).toEqual(properties);
  });

  test.each([
    'text ::error::text',
    '\uFEFF::error::text',
    '::error:text',
    '::other::text',
    '##[other]text ##[error]text',
    '##[error text',
    '#\\#[error]text',
    ':\\:error:\\:text',
    '',
  ])('%j is none', (line) => {
    expect(parseCommand(line, REGISTERED)).toBeNull();
  });
});

describe('the log of a step', () => {
  function read(...lines: string[]) {
    const context = {
      workspace: '/w',
      repository: 'o/r',
      masks: new Set<string>(),
    };
    const { said, read } = stepLog(context);
    lines.forEach((line) => read(line));
    return said;
  }

  test('stops commands, and goes on at the token', () => {
    const { annotations, log } = read(
      '::stop-commands::over-and-out',
      '::error::one',
      '##[error]two',
      '::over-and-out::',
      '::error::three',
      '::over-and-out::',
    );
    expect(annotations.map(({ message }) => message)).toEqual(['three']);
    expect(log).toContain('::error::one');
  });

  test.each(['', 'error', 'pause-logging'])(
    'refuses %j as a token',
    (token) => {
      const said = read(`::stop-commands::${token}`, '::notice::on');
      expect(said.hasFailedCommand).toBe(true);
      expect(said.annotations.at(-1)).toMatchObject({ message: 'on' });
    },
  );

  test.each([
    '::set-env name=A::b',
    '::add-path::/x',
    '##[set-output]x',
    '::echo::maybe',
    '::add-matcher::no-such.json',
  ])('%j fails the step', (line) => {
    const { hasFailedCommand, annotations } = read(line);
    expect(hasFailedCommand).toBe(true);
    expect(
      annotations.filter(({ severity }) => severity === 'error'),
    ).toHaveLength(2);
  });

  test('masks, each line of a value too, and shows no mask that is set', () => {
    const { log, annotations } = read(
      '::echo::on',
      '::add-mask::secret%0Aother',
      'a secret and an other',
      '::warning::the secret',
    );
    expect(log).toEqual(['a *** and an ***', '##[warning]the ***']);
    expect(annotations[0]).toMatchObject({ message: 'the ***' });
  });

  test('shows ten of each severity, and cuts their messages', () => {
    const lines = ['error', 'warning', 'notice'].flatMap((severity) =>
      Array.from(
        { length: 12 },
        (_, at) => `::${severity}::${at}${'x'.repeat(5000)}`,
      ),
    );
    const { annotations, unseen, log } = read(...lines);
    expect([annotations.length, unseen.length, log.length]).toEqual([
      30, 6, 36,
    ]);
    expect(new Set(annotations.map(({ message }) => message.length))).toEqual(
      new Set([4096]),
    );
  });

  test.each([
    [
      '::error file=.github/a.yml,line=3::x',
      { file: '.github/a.yml', line: 3, repository: null },
    ],
    [
      '::error file=/w/a/b,line=3::x',
      { file: 'a/b', line: 3, repository: 'o/r' },
    ],
    [
      '::error file=/wider/a::x',
      { file: '/wider/a', line: null, repository: null },
    ],
    ['::error file=a,line=x::x', { file: 'a', line: null }],
    ['::error file=a,endLine=4::x', { line: 4, endLine: 4 }],
    ['::error file=a,line=5,endLine=4::x', { line: null, endLine: 4 }],
  ])('places %s', (line, place) => {
    expect(read(line).annotations[0]).toMatchObject(place);
  });

  test('knows what was meant as a command and is none', () => {
    expect(
      read('::eror::x', 'a ##[wrong]b', 'a::b::c', '#[x]').unknownCommands,
    ).toEqual(['::eror::x', 'a ##[wrong]b']);
  });
});

test('lines end at LF, CRLF and CR, wherever the pieces are cut', () => {
  const text = Buffer.from('a\r\nb\rc\n\nĂ\r');
  for (let cut = 0; cut <= text.length; cut++) {
    const lines: string[] = [];
    const splitter = lineSplitter((line) => lines.push(line));
    splitter.push(text.subarray(0, cut));
    splitter.push(text.subarray(cut));
    splitter.end();
    expect(lines).toEqual(['a', 'b', 'c', '', 'Ă']);
  }
});

describe('a file of pairs', () => {
  function pairs(text: string) {
    const folder = mkdtempSync(join(tmpdir(), 'pairs-'));
    try {
      writeFileSync(join(folder, 'file'), text);
      return Object.fromEntries(readPairs(join(folder, 'file')));
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  test.each([
    ['a=b=c\n\nd=\n', { a: 'b=c', d: '' }],
    ['a<<E\nb\nE=\n\nE\nc=1', { a: 'b\nE=\n', c: '1' }],
    ['a<<E\nE\n', { a: '' }],
    ['a=b<<c', { a: 'b<<c' }],
    ['a<<b=c\nx\nb=c\n', { a: 'x' }],
  ])('%j', (text, expected) => {
    expect(pairs(text)).toEqual(expected);
  });

  test.each([
    ['a', /Invalid format 'a'/],
    ['<<E\nE\n', /must not be empty/],
    ['a<<\n', /must not be empty/],
    ['a<<E\nb\n', /delimiter not found 'E'/],
    ['a<<E\nb', /EOF marker missing new line/],
  ])('%j is refused', (text, words) => {
    expect(() => pairs(text)).toThrow(words);
  });
});
