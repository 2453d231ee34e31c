import { describe, expect, test } from '@jest/globals';
import type { Artifact } from '../../../src/action/artifacts/artifact.ts';
import {
  compileName,
  findNameExcess,
} from '../../../src/action/artifacts/name-pattern.ts';
import { selectArtifacts } from '../../../src/action/artifacts/select.ts';

let nextId = 1;
const artifact = (name: string, rest: Partial<Artifact> = {}): Artifact => ({
  id: String(nextId++),
  name,
  sizeBytes: 1,
  digest: null,
  isExpired: false,
  createdAt: '2026-01-01T00:00:00.000Z',
  ...rest,
});

const namesOf = (artifacts: readonly Artifact[]) =>
  artifacts.map(({ name }) => name);

describe.each([
  ['*', ['a', 'weights', '.hidden'], []],
  ['**', ['a'], []],
  ['run-*', ['run-', 'run-1'], ['run', 'Run-1', 'my-run-1']],
  ['*-*-*', ['a-b-c', '--'], ['a-b']],
  ['run-?', ['run-1', 'run-é', 'run-😀'], ['run-', 'run-10']],
  ['run-[0-3]', ['run-0', 'run-3'], ['run-4', 'run-']],
  ['run-[!0-3]', ['run-4', 'run-x'], ['run-0', 'run-']],
  ['run-[^ab]', ['run-c', 'run-^'], ['run-a']],
  ['[]a]', [']', 'a'], ['b', '[]a]']],
  ['[a-]', ['a', '-'], ['b']],
  ['[b-a]', [], ['a', 'b']],
  ['[ab', ['[ab'], ['a']],
  ['{a,b}-x', ['a-x', 'b-x'], ['c-x', 'a,b-x']],
  ['{a,b{1,2}}', ['a', 'b1', 'b2'], ['b', 'a1']],
  ['{a,}x', ['ax', 'x'], ['bx']],
  ['{*-a,b?}', ['x-a', 'b1'], ['b', 'x']],
  ['{a}', ['{a}'], ['a']],
  ['{a,b', ['{a,b'], ['a']],
  ['a,b', ['a,b'], ['a']],
  ['\\*', ['*'], ['a', '\\*']],
  ['\\{a,b\\}', ['{a,b}'], ['a']],
  ['\\', ['\\'], ['']],
  ['(a|b)+', ['(a|b)+'], ['a', 'ab']],
  ['a.c', ['a.c'], ['abc']],
  ['', [''], ['a']],
])('the pattern %s', (pattern, wanted, others) => {
  const matches = compileName(pattern);

  test.each([[wanted]])('means %j', (names) => {
    expect(names.filter((name) => !matches(name))).toEqual([]);
  });

  test.each([[others]])('does not mean %j', (names) => {
    expect(names.filter((name) => matches(name))).toEqual([]);
  });
});

test.each([
  ['*a'.repeat(500) + 'b', 'a'.repeat(500)],
  ['{a,a}'.repeat(4) + '*a*a*a*a*b', 'a'.repeat(2000)],
  ['{*a,{*a,{*a,{*a,*}}}}b', 'a'.repeat(2000)],
  ['['.repeat(1000), '['.repeat(999)],
  ['?'.repeat(1000) + '*', 'a'.repeat(999)],
])('a hostile pattern takes no time: %#', (pattern, name) => {
  expect(findNameExcess(pattern)).toBeNull();
  const start = performance.now();
  expect(compileName(pattern)(name)).toBe(false);
  expect(performance.now() - start).toBeLessThan(5000);
});

test.each([
  ['a'.repeat(1025), '1025 characters'],
  ['{a,b}'.repeat(5), '5 times {'],
])('a pattern beyond the limits is not tried: %#', (pattern, words) => {
  const { unmatched, artifacts } = selectArtifacts([artifact('a')], [pattern]);
  expect(artifacts).toEqual([]);
  expect(unmatched[0]?.error.code).toBe('PATTERN');
  expect(unmatched[0]?.error.message).toContain(words);
});

describe('of the artifacts', () => {
  test('all are meant without a pattern, sorted by name', () => {
    const all = ['c', 'a', 'B'].map((name) => artifact(name));
    const { artifacts, unmatched } = selectArtifacts(all, []);
    expect([namesOf(artifacts), unmatched]).toEqual([['B', 'a', 'c'], []]);
  });

  test('each is meant once, however many patterns mean it', () => {
    const all = ['run-1', 'run-2', 'other'].map((name) => artifact(name));
    const { artifacts } = selectArtifacts(all, ['run-*', 'run-2', '*1']);
    expect(namesOf(artifacts)).toEqual(['run-1', 'run-2']);
  });

  test('the newest of a name is meant: by time, then by id', () => {
    const old = artifact('a', { id: '900' });
    const late = artifact('a', {
      id: '100',
      createdAt: '2026-01-02T00:00:00.000Z',
    });
    const same = artifact('a', { ...late, id: '99' });
    const timeless = artifact('a', { id: '1000', createdAt: null });
    const { artifacts } = selectArtifacts([timeless, same, old, late], ['a']);
    expect(artifacts).toEqual([late]);
  });

  test('ids are compared as numbers', () => {
    const [low, high] = ['9', '10'].map((id) => artifact('a', { id }));
    expect(selectArtifacts(all(low, high), []).artifacts).toEqual([high]);
  });

  test('one whose name is a pattern is meant by that name alone', () => {
    const names = ['run-[12]', 'run-1', 'run-2'];
    const { artifacts } = selectArtifacts(
      names.map((name) => artifact(name)),
      ['run-[12]'],
    );
    expect(namesOf(artifacts)).toEqual(['run-[12]']);
  });

  test('an expired one is told apart, and no older stands in for it', () => {
    const old = artifact('a', { createdAt: '2025-01-01T00:00:00.000Z' });
    const late = artifact('a', { isExpired: true });
    const other = artifact('b');
    expect(selectArtifacts([old, late, other], ['*'])).toEqual({
      artifacts: [other],
      expired: [late],
      unmatched: [],
    });
  });
});

function all(...given: readonly (Artifact | undefined)[]): Artifact[] {
  return given.filter((one) => one !== undefined);
}

describe('a pattern that means none', () => {
  const wordsFor = (names: readonly string[], pattern: string) =>
    selectArtifacts(
      names.map((name) => artifact(name)),
      [pattern],
    ).unmatched.map((one) => [
      one.pattern,
      one.error.code,
      one.error.message,
    ])[0];

  test('is named, with the names that there are', () => {
    expect(wordsFor(['b', 'a'], 'weight*')).toEqual([
      'weight*',
      'NOT_FOUND',
      'the run has no artifact of this name; it has a, b',
    ]);
  });

  test('is told where there are no artifacts', () => {
    expect(wordsFor([], 'x')?.[2]).toBe('the run has no artifacts');
  });

  test('is told with 20 names and no name without end', () => {
    const names = Array.from({ length: 25 }, (_, at) =>
      String(at + 10).padEnd(at === 0 ? 500 : 2, 'x'),
    );
    const words = wordsFor(names, 'x')?.[2] ?? '';
    expect(words).toContain('29 and 5 more');
    expect(words.length).toBeLessThan(300);
  });
});

test('names of prototypes are names', () => {
  const given = ['__proto__', 'constructor'].map((name) => artifact(name));
  const { artifacts, unmatched } = selectArtifacts(given, [
    '__proto__',
    'toString',
  ]);
  expect(namesOf(artifacts)).toEqual(['__proto__']);
  expect(unmatched.map(({ pattern }) => pattern)).toEqual(['toString']);
});
