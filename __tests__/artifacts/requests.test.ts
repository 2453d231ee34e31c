import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { artifactTargets } from '../../src/action/artifact-targets.ts';
import { CHECKS } from '../../src/core/checks/index.ts';
import { inspect } from '../../src/core/inspect.ts';
import type { InspectOptions } from '../../src/core/types.ts';
import { startFakeGitHub } from '../support/github/index.ts';
import type { FakeGitHub } from '../support/github/index.ts';
import { zipContent } from '../support/github/zip-content.ts';
import type { ZipEntry } from '../support/github/zip-content.ts';
import { LARGE, SMALL, trainerCheckpoint } from './large.ts';

let github: FakeGitHub;
beforeAll(async () => {
  github = await startFakeGitHub();
});
afterAll(() => github.close());

/** Inspects one artifact, and counts what was asked of the blob store for it. */
async function count(
  name: string,
  entries: readonly ZipEntry[],
  options: Partial<InspectOptions>,
) {
  const content = zipContent(entries);
  github.add({ name, content, digest: null });
  github.resetLog();
  const { targets, close } = await artifactTargets({
    patterns: [name],
    env: { ...github.env },
    runId: '',
    repository: '',
    token: '',
    mask: () => undefined,
    transferMaxBytes: 512 * 1024 * 1024,
  });
  const report = await inspect({
    targets,
    options: { expect: 'auto', require: 'all', ...options },
    checks: CHECKS,
  });
  await close();
  const reads = github.log().filter(({ kind }) => kind === 'blob');
  const bytes = reads.reduce((sum, one) => sum + one.bodyBytes, 0);
  return {
    report,
    requests: reads.length,
    share: bytes / content.sizeBytes,
    sizeBytes: content.sizeBytes,
  };
}

test('two checkpoints of 2 GB: five requests and 0.02 % of the bytes', async () => {
  const entries = [100, 200].flatMap((step) =>
    trainerCheckpoint(step, LARGE, 531_000_000),
  );
  const one = await count('two', entries, { depth: 'headers' });
  expect(one.sizeBytes).toBeGreaterThan(2e9);
  expect(one.report.checkpoints.map(({ answers }) => answers.loads)).toEqual([
    { value: 'yes' },
    { value: 'yes' },
  ]);
  expect(one.report.findings).toEqual([]);
  expect(one.requests).toBeLessThanOrEqual(3 + 2);
  expect(one.share).toBeLessThanOrEqual(0.0002);
});

test('200 checkpoints of 1 GB: 203 requests and 0.7 % of the bytes', async () => {
  const entries = Array.from({ length: 200 }, (_, at) => at + 1).flatMap(
    (step) => trainerCheckpoint(step * 10, SMALL, 2_100_000),
  );
  const one = await count('many', entries, { depth: 'headers' });
  expect(one.sizeBytes).toBeGreaterThan(1e9);
  expect(one.report.checkpoints).toHaveLength(200);
  expect(one.report.verdict).toBe('pass');
  expect(one.requests).toBeLessThanOrEqual(203);
  expect(one.share).toBeLessThanOrEqual(0.007);
});

test('torch files that are stored take one request more each', async () => {
  const entries = [1, 2, 3].flatMap((step) => {
    const [readme, config, , ...state] = trainerCheckpoint(step, SMALL, 300_000);
    const weights = {
      name: `checkpoint-${step}/adapter_model.bin`,
      content: torchAdapter(step),
    };
    return [readme, config, weights, ...state].flatMap((one) => one ?? []);
  });
  const one = await count('torch', entries, { depth: 'headers' });
  expect(one.report.checkpoints.map(({ answers }) => answers.loads)).toEqual(
    Array.from({ length: 3 }, () => ({ value: 'yes' })),
  );
  expect(one.requests).toBeLessThanOrEqual(3 + 3 + 3);
});
