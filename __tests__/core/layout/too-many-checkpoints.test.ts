import { describe, expect, test } from '@jest/globals';
import { CHECKPOINTS_MAX } from '../../../src/core/bytes/limits.ts';
import { inspect } from '../../../src/core/inspect.ts';
import { memorySource } from '../../helpers/memory-source.ts';

const inspectNames = (names: readonly string[]) =>
  inspect({
    targets: [
      {
        named: 'run',
        sources: [
          memorySource(
            'run',
            Object.fromEntries(names.map((name) => [`${name}/notes.txt`, 'x'])),
          ),
        ],
      },
    ],
    options: { expect: 'auto', require: 'all' },
    checks: [],
  });

const steps = (run: string, count: number) =>
  Array.from({ length: count }, (_, at) => `${run}checkpoint-${at + 1}`);

describe('more checkpoints than are looked at', () => {
  test('as many as may be are all there', async () => {
    const report = await inspectNames(steps('', CHECKPOINTS_MAX));
    expect(report.checkpoints).toHaveLength(CHECKPOINTS_MAX);
    expect(report.skipped).toEqual([]);
  });

  test('of one more the oldest is passed over, and the report says so', async () => {
    const report = await inspectNames(steps('', CHECKPOINTS_MAX + 1));
    expect(report.checkpoints).toHaveLength(CHECKPOINTS_MAX);
    expect(report.checkpoints[0]?.step).toBe(2);
    expect(report.verdict).toBe('inconclusive');
    expect(report.skipped).toEqual([
      expect.objectContaining({
        cause: 'limit',
        reason:
          'of 5,001 checkpoints in all, more than the 5,000 that are looked at, 1 was passed over; of each run the newest are in this report',
      }),
    ]);
  });

  test('a short run beside a long one keeps all of its checkpoints', async () => {
    const report = await inspectNames([
      ...steps('long/', CHECKPOINTS_MAX),
      ...steps('short/', 3),
    ]);
    const counts = report.runs.map(({ path, checkpoints }) => [
      path,
      checkpoints,
    ]);
    expect(counts).toEqual([
      ['run/long', CHECKPOINTS_MAX - 3],
      ['run/short', 3],
    ]);
  });

  test('of more runs than checkpoints may be, the first by name are there', async () => {
    const report = await inspectNames(
      Array.from(
        { length: CHECKPOINTS_MAX + 2 },
        (_, at) => `r${String(at).padStart(5, '0')}/checkpoint-1`,
      ),
    );
    expect(report.runs).toHaveLength(CHECKPOINTS_MAX);
    expect(report.skipped[0]?.reason).toContain(
      'of the first 5,000 runs by name the newest are in this report',
    );
  });
});
