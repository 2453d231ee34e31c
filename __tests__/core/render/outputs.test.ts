import { describe, expect, test } from '@jest/globals';
import { renderCheckpoints } from '../../../src/core/render/outputs.ts';
import { checkpoint, report } from '../../builders/report.ts';

describe('the output `checkpoints`', () => {
  test('holds the runs with their rows', () => {
    expect(JSON.parse(renderCheckpoints(report()))).toEqual([
      {
        path: 'run',
        newestLoadable: 'run/checkpoint-6',
        newestResumable: null,
        resume: null,
        omitted: 0,
        checkpoints: [3, 6].map((step) => ({
          path: `run/checkpoint-${step}`,
          step,
          loads: 'yes',
          trained: 'not checked',
          resumes: 'not checked',
        })),
      },
    ]);
  });

  test('keeps the newest within 200 KB', () => {
    const many = report({
      checkpoints: Array.from({ length: 10_000 }, (_, at) => checkpoint(at)),
    });
    const output = renderCheckpoints(many);
    expect(output.length).toBeLessThanOrEqual(200_000);
    const [run] = JSON.parse(output) as {
      omitted: number;
      checkpoints: { step: number }[];
    }[];
    expect(run?.checkpoints.at(-1)?.step).toBe(9999);
    expect((run?.omitted ?? 0) + (run?.checkpoints.length ?? 0)).toBe(10_000);
  });

  test('keeps the newest of every run, and counts runs that do not fit', () => {
    const paths = Array.from({ length: 5000 }, (_, at) => `run-${at}`);
    const many = (count: number) =>
      report({
        runs: paths
          .slice(0, count)
          .flatMap((path) => report().runs.map((run) => ({ ...run, path }))),
        checkpoints: paths
          .slice(0, count)
          .flatMap((path) => [
            ...[1, 2, 3].map((step) =>
              checkpoint(step, { run: path, path: `${path}/${step}` }),
            ),
          ]),
      });
    const some = JSON.parse(renderCheckpoints(many(1000))) as {
      checkpoints: { step: number }[];
    }[];
    expect(some).toHaveLength(1000);
    expect(some[0]?.checkpoints.at(-1)?.step).toBe(3);
    const all = JSON.parse(renderCheckpoints(many(5000))) as {
      omittedRuns?: number;
    }[];
    expect(all.at(-1)).toEqual({
      omittedRuns: 5001 - all.length,
      omitted: 3 * (5001 - all.length),
    });
  });
});
