import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { readText } from '../../scripts/check-catalogue.mjs';
import { readInputs } from '../../src/action/inputs.ts';

interface ActionYml {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly runs: { readonly using: string; readonly main: string };
}

// The file is our own.
const action = parse(readText('action.yml')) as ActionYml;

test('the inputs are those that are read, and every default is accepted', () => {
  const read: string[] = [];
  readInputs((name) => {
    read.push(name);
    return name === 'path' ? 'out' : (action.inputs[name]?.default ?? '');
  });
  expect([...new Set(read)].sort()).toEqual(Object.keys(action.inputs).sort());
});

test('the outputs are those that are set', () => {
  const source = readText('src/action/publish.ts');
  const set = [...source.matchAll(/host\.output\('([\w-]+)'/g)].map(
    ([, name]) => name,
  );
  expect(set.sort()).toEqual(Object.keys(action.outputs).sort());
});

test('it runs the committed bundle on Node 24', () => {
  expect(action.runs).toEqual({ using: 'node24', main: 'dist/index.js' });
});
