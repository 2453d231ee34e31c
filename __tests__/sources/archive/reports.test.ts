import { expect, test } from '@jest/globals';
import { CHECKS } from '../../../src/core/checks/index.ts';
import { inspect } from '../../../src/core/inspect.ts';
import type { Report } from '../../../src/core/types.ts';
import { adapterConfig, adapterFiles } from '../../builders/checkpoint.ts';
import { buildZip, type ZipFile } from '../../builders/zip.ts';
import { archiveOf } from '../../helpers/archive.ts';

const MIB = 1024 * 1024;
const WEIGHTS = 'checkpoint-2/adapter_model.safetensors';
const DESCRIBED = { hasDescriptors: true };

function reportOf(bytes: Uint8Array): Promise<Report> {
  return inspect({
    targets: [{ named: 'run.zip', sources: [archiveOf(bytes)] }],
    options: { expect: 'auto', require: 'all' },
    checks: CHECKS,
  });
}

function filesWith(path: string, fields: Partial<ZipFile>): ZipFile[] {
  return Object.entries(adapterFiles('checkpoint-2')).flatMap(
    ([name, content]) =>
      typeof content === 'string' || content instanceof Uint8Array
        ? [{ name, content, ...(name === path ? fields : {}) }]
        : [],
  );
}

test('an archive that was cut is one error, not two', async () => {
  const report = await reportOf(
    buildZip(filesWith('', {}), DESCRIBED).slice(0, -30),
  );
  expect(report.findings.map(({ check }) => check)).toEqual([
    'archive-malformed',
  ]);
  expect(report.verdict).toBe('fail');
});

test('damaged weights are an error, and not checked by the others', async () => {
  const wrong = { directory: { crc32: 7 } };
  const report = await reportOf(buildZip(filesWith(WEIGHTS, wrong), DESCRIBED));
  expect(
    report.findings.map(({ check, where }) => [check, where.path]),
  ).toEqual([['archive-entry-damaged', `run.zip/${WEIGHTS}`]]);
  expect(report.checkpoints[0]?.answers.loads).toEqual({ value: 'no' });
  expect(report.checkpoints[0]?.answers.trained.value).toBe('not checked');
  expect(new Set(report.skipped.map(({ cause }) => cause))).toEqual(
    new Set(['damaged']),
  );
  expect(report.verdict).toBe('fail');
});

test('what lies too deep in a compressed file is not checked', async () => {
  const inner = buildZip([
    { name: 'data/0', content: new Uint8Array(33 * MIB) },
  ]);
  const report = await reportOf(
    buildZip(
      [
        { name: 'checkpoint-2/adapter_config.json', content: adapterConfig() },
        { name: 'checkpoint-2/adapter_model.bin', content: inner, level: 1 },
      ],
      DESCRIBED,
    ),
  );
  expect(new Set(report.skipped.map(({ cause }) => cause))).toEqual(
    new Set(['unreachable']),
  );
  const { loads } = report.checkpoints[0]?.answers ?? {};
  expect(loads?.value).toBe('not checked');
  expect(loads).toMatchObject({
    reason: expect.stringContaining('compression-level: 0'),
  });
  expect(report.verdict).toBe('inconclusive');
});
