import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { deflateRawSync } from 'node:zlib';
import { artifactTargets } from '../../src/action/artifact-targets.ts';
import { CHECKS } from '../../src/core/checks/index.ts';
import { inspect } from '../../src/core/inspect.ts';
import type { InspectOptions } from '../../src/core/types.ts';
import { adapterConfig, adapterFiles } from '../builders/checkpoint.ts';
import { stateDict, tensor } from '../builders/pickle.ts';
import { optimizerFile, schedulerFile } from '../builders/state.ts';
import { buildTorchZip } from '../builders/torch-zip.ts';
import { startFakeGitHub } from '../support/github/index.ts';
import type { Content } from '../support/github/contents.ts';
import type { FakeGitHub } from '../support/github/types.ts';
import {
  longComment,
  manyCheckpoints,
  manyEntries,
  overFourGiB,
  twoCheckpoints,
} from '../support/github/samples.ts';
import { trained } from '../support/github/contents.ts';
import { zipContent } from '../support/github/zip-content.ts';

/** Contents of a gigabyte are made as they are asked for. */
const TIMEOUT_MS = 120_000;
jest.setTimeout(TIMEOUT_MS);

const MIB = 1024 * 1024;

let github: FakeGitHub;
beforeAll(async () => {
  github = await startFakeGitHub();
});
afterAll(() => github.close());

interface Asked extends Partial<InspectOptions> {
  readonly transferMaxBytes?: number;
}

/** Inspects one artifact, and counts what was asked of the blob store for it. */
async function count(
  name: string,
  content: Content,
  { transferMaxBytes = 512 * MIB, ...options }: Asked,
) {
  github.add({ name, content, digest: null });
  github.resetLog();
  const { targets, close } = await artifactTargets({
    patterns: [name],
    env: { ...github.env },
    runId: '',
    repository: '',
    token: '',
    mask: () => undefined,
    transferMaxBytes,
  });
  const report = await inspect({
    targets,
    options: { expect: 'auto', require: 'all', ...options },
    checks: CHECKS,
  });
  for (const { sources } of targets)
    for (const source of sources) await source.close?.();
  await close();
  const reads = github.log().filter(({ kind }) => kind === 'blob');
  const bytes = reads.reduce((sum, one) => sum + one.bodyBytes, 0);
  return { report, requests: reads.length, bytes, reads };
}

const YES = { value: 'yes' };

test('two checkpoints of 2 GB: five requests and 0.02 % of the bytes', async () => {
  const content = twoCheckpoints();
  const { report, ...one } = await count('two', content, { depth: 'headers' });
  expect(content.sizeBytes).toBeGreaterThan(1.99e9);
  expect(report.checkpoints.map(({ answers }) => answers.loads)).toEqual([
    YES,
    YES,
  ]);
  expect(report.findings).toEqual([]);
  expect(one.requests).toBeLessThanOrEqual(3 + 2);
  expect(one.bytes / content.sizeBytes).toBeLessThanOrEqual(0.0002);
});

test('200 checkpoints of 1 GB: 203 requests and 0.7 % of the bytes', async () => {
  const content = manyCheckpoints(200);
  const { report, ...one } = await count('many', content, {
    depth: 'headers',
  });
  expect(content.sizeBytes).toBeGreaterThan(1e9);
  expect(report.checkpoints).toHaveLength(200);
  expect(report.verdict).toBe('pass');
  expect(one.requests).toBeLessThanOrEqual(203);
  expect(one.bytes / content.sizeBytes).toBeLessThanOrEqual(0.007);
});

/** A checkpoint whose adapter is a torch file of some 1 MB. */
function torchCheckpoint(step: number) {
  const prefix = 'base_model.model.model.layers.0.self_attn.q_proj';
  const values = trained(512 * 1024, step).slice(0, 512 * 1024);
  const [rank, hidden] = [2, 65_536];
  const weights = buildTorchZip({
    pickle: stateDict({
      [`${prefix}.lora_A.weight`]: tensor({ shape: [rank, hidden] }),
      [`${prefix}.lora_B.weight`]: tensor({ shape: [hidden, rank], key: '1' }),
    }),
    storages: [values, values.toReversed()],
  });
  return [
    ['adapter_config.json', adapterConfig({ r: rank })],
    ['adapter_model.bin', weights],
    ['optimizer.pt', optimizerFile({ shapes: [[500, 1000]], step })],
    ['scheduler.pt', schedulerFile(step)],
  ] as const;
}

test('torch files that are stored take one request more each', async () => {
  const content = zipContent(
    [1, 2, 3].flatMap((step) =>
      torchCheckpoint(step).map(([name, bytes]) => ({
        name: `checkpoint-${step}/${name}`,
        content: bytes,
      })),
    ),
  );
  const { report, requests } = await count('torch', content, {
    depth: 'headers',
  });
  expect(report.checkpoints.map(({ answers }) => answers.loads)).toEqual([
    YES,
    YES,
    YES,
  ]);
  expect(requests).toBeLessThanOrEqual(3 + 3 + 3);
});

test('auto reads the values of adapters within the budget, the newest first', async () => {
  const content = manyCheckpoints(4);
  const { report, bytes } = await count('auto', content, {
    transferMaxBytes: 8 * MIB,
  });
  expect(report.checkpoints.map(({ answers }) => answers.trained)).toEqual([
    expect.objectContaining({ value: 'not checked' }),
    expect.objectContaining({ value: 'not checked' }),
    YES,
    YES,
  ]);
  expect(report.headline).toContain('values of 2 checkpoints not read');
  expect(bytes).toBeLessThan(9 * MIB);
});

test('values: the whole artifact once, in order', async () => {
  const content = manyCheckpoints(4);
  const { report, reads, bytes } = await count('deep', content, {
    depth: 'values',
  });
  expect(report.checkpoints.map(({ answers }) => answers.trained)).toEqual([
    YES,
    YES,
    YES,
    YES,
  ]);
  expect(reads.filter(({ bodyBytes }) => bodyBytes > 4 * MIB)).toHaveLength(1);
  expect(bytes).toBeLessThan(content.sizeBytes + MIB);
});

test('a compressed artifact: headers by their start alone', async () => {
  const files = Object.entries(adapterFiles('checkpoint-2'));
  const padding = new Uint8Array(40 * MIB).map((_, at) => (at * 7919) >> 5);
  const content = zipContent([
    ...files.map(([name, bytes]) => ({
      name,
      content: bytes,
      method: 'deflated' as const,
    })),
    {
      name: 'checkpoint-2/optimizer.pt',
      content: padding,
      method: 'deflated',
      level: 1,
    },
  ]);
  expect(deflateRawSync(padding, { level: 1 }).length).toBeGreaterThan(MIB);
  const { report, requests, bytes } = await count('deflated', content, {
    depth: 'headers',
  });
  expect(report.checkpoints[0]?.answers.loads).toEqual(YES);
  expect(requests).toBeLessThanOrEqual(3);
  expect(bytes).toBeLessThan(256 * 1024);
});

test.each([
  ['100,000 entries', manyEntries, 30],
  ['a file over 4 GiB', overFourGiB, 4],
  ['a comment of 60 KB', longComment, 4],
])('%s is read right', async (name, make, most) => {
  const { report, requests } = await count(name, make(), {
    depth: 'headers',
  });
  expect(report.checkpoints.map(({ answers }) => answers.loads)).toEqual([YES]);
  expect(report.verdict).toBe('pass');
  expect(requests).toBeLessThanOrEqual(most);
});
