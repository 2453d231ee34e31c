import { expect, test } from '@jest/globals';
import { readText } from '../../scripts/check-catalogue.mjs';
import { LOADERS } from '../../src/core/loaders.ts';
import { VERSION } from '../../src/core/version.ts';

interface PackageJson {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  /** Of a package, or of the packages below one. */
  readonly overrides: Readonly<Record<string, string | Record<string, string>>>;
}

// The file is our own.
const manifest = JSON.parse(readText('package.json')) as PackageJson;
const all = { ...manifest.dependencies, ...manifest.devDependencies };

/** What is overridden: `a`, or `a > b` for the `b` of `a` alone. */
const overrides = Object.entries(manifest.overrides).flatMap(
  ([name, value]): (readonly [string, string])[] =>
    typeof value === 'string'
      ? [[name, value]]
      : Object.entries(value).map(([below, version]) => [
          `${name} > ${below}`,
          version,
        ]),
);

test('every version is exact', () => {
  const loose = [...Object.entries(all), ...overrides].filter(
    ([, version]) => !/^(?:npm:.*@)?\d+\.\d+\.\d+$/.test(version),
  );
  expect(loose).toEqual([]);
});

test('every dependency has its reason, and every reason a dependency', () => {
  const rows = readText('docs/dependencies.md').matchAll(
    /^\| +(`[^|]+`) +\| +\w[^|]* +\|/gm,
  );
  const named = [...rows].flatMap(([, cell = '']) =>
    cell.split(', ').map((name) => name.replaceAll('`', '')),
  );
  const wanted = [...Object.keys(all), ...overrides.map(([name]) => name)];
  expect(named.sort()).toEqual(wanted.sort());
});

test('the loaders that reports name are those that the corpus was loaded with', () => {
  const pinned = new Map(
    readText('scripts/corpus/requirements.txt')
      .trim()
      .split('\n')
      .map((line): [string, string] => {
        const [name = '', version = ''] = line.split('==');
        return [name, version];
      }),
  );
  for (const [name, version] of Object.entries(LOADERS))
    expect([name, pinned.get(name)]).toEqual([name, version]);
  const others = [...pinned.keys()].filter((name) => !(name in LOADERS));
  // These only write checkpoints of the corpus; no answer stands for them.
  expect(others.sort()).toEqual([
    'accelerate',
    'datasets',
    'gguf',
    'lightning',
    'trl',
  ]);
});

test('the version of the reports is that of the package', () => {
  expect(VERSION).toBe(manifest.version);
});
