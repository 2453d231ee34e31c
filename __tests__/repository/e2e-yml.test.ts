import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { materialize } from '../../scripts/corpus/materialize.mjs';
import { readText, ROOT, toPath } from '../../scripts/check-catalogue.mjs';
import { caseUrl } from '../helpers/corpus.ts';
import { startFakeGitHub } from '../support/github/index.ts';
import { upload } from '../support/github/upload.ts';
import { runAction } from '../support/runner/index.ts';

/** A row of the matrix in e2e.yml: inputs, and what the step is to come to. */
type Scenario = Readonly<Record<string, string>>;

// The file is our own.
const { jobs } = parse(readText('.github/workflows/e2e.yml')) as {
  jobs: {
    scenario: {
      strategy: { matrix: { name: string[]; include: Scenario[] } };
      steps: {
        uses?: string;
        with?: Record<string, string>;
        env?: Record<string, string>;
      }[];
    };
    upload: {
      strategy: { matrix: { case: string[]; level: number[] } };
    };
    artifact: { strategy: { matrix: { include: Scenario[] } } };
  };
};
const { matrix } = jobs.scenario.strategy;
const gate = jobs.scenario.steps.find(({ uses }) => uses === './');
const compared = jobs.scenario.steps.find(({ env }) => env?.['EXPECTED']);

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'e2e-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** `${{ matrix.path || 'work' }}` and the like, for one row. */
function evaluate(text: string, row: Scenario): string {
  return text.replace(
    /\$\{\{ matrix\.([\w-]+)(?: \|\| '(\w+)')? \}\}/g,
    (_, key: string, otherwise = '') => {
      const value = row[key] ?? '';
      // As in an expression, nothing is as good as false.
      return value === '' ? String(otherwise) : value;
    },
  );
}

test('every name of the matrix has its row, and half of the rows must fail', () => {
  expect(matrix.include.map(({ name }) => name)).toEqual(matrix.name);
  const failing = matrix.include.filter(({ outcome }) => outcome === 'failure');
  expect(failing.length).toBeGreaterThanOrEqual(matrix.include.length / 2);
});

test.each(matrix.include.map((row) => [row['name'] ?? '', row] as const))(
  '%s',
  async (name, row) => {
    const workspace = join(folder, name);
    await materialize(caseUrl(row['case'] ?? ''), join(workspace, 'work'));
    const { outcome, outputs } = await runAction({
      action: toPath(ROOT),
      workspace,
      inputs: Object.fromEntries(
        Object.entries(gate?.with ?? {}).map(([key, value]) => [
          key,
          evaluate(value, row),
        ]),
      ),
    });
    const found = (compared?.env?.['FOUND'] ?? '')
      .replace('${{ steps.gate.outcome }}', outcome)
      .replace(
        /\$\{\{ steps\.gate\.outputs\.([\w-]+) \}\}/g,
        (_, key: string) => outputs.get(key) ?? '',
      );
    expect(found).toMatch(/^outcome=/);
    expect(found).toBe(evaluate(compared?.env?.['EXPECTED'] ?? '', row));
  },
);

test('the rows of artifacts come to what they expect, and half of them must fail', async () => {
  const { case: cases, level: levels } = jobs.upload.strategy.matrix;
  const rows = jobs.artifact.strategy.matrix.include;
  const github = await startFakeGitHub();
  const uploads = [];
  for (const id of cases) {
    const path = join(folder, 'uploads', id, 'work');
    await materialize(caseUrl(id), path);
    for (const compressionLevel of levels)
      uploads.push({
        name: `${id}-${compressionLevel}`,
        path,
        compressionLevel,
      });
  }
  await upload(github, uploads);
  for (const row of rows) {
    const { outcome, outputs } = await runAction({
      action: toPath(ROOT),
      workspace: folder,
      env: github.env,
      inputs: {
        artifact: row['artifact'] ?? '',
        depth: row['depth'] ?? 'auto',
      },
    });
    expect({ ...row, outcome, verdict: outputs.get('verdict') }).toEqual(row);
  }
  await github.close();
  const failing = rows.filter(({ outcome }) => outcome === 'failure');
  expect(failing.length).toBeGreaterThanOrEqual(rows.length / 2);
});
