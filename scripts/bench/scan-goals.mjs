import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { compile } from '../compile.mjs';
import { memory, ratio } from './goals.mjs';
import { makeModel } from './inputs.mjs';
import { measure, spread } from './measure.mjs';

/** @typedef {import('./goals.mjs').Goal} Goal */

const GIB = 2 ** 30;
/** Of a model, so that one file is large. */
const SCANNED = [
  { dtype: 'F32', bytes: 2 * GIB },
  { dtype: 'BF16', bytes: GIB },
];
const ROUNDS = 5;
const QUICK_ROUNDS = 3;
/** A quick run takes a part of the bytes. */
const QUICK_PART = 1 / 8;
/** At least 0.4 times the speed of a plain read. */
const SCAN_FACTOR = 1 / 0.4;
/** @type {[string, string, string, number][]} dtype, the other, its name, in its time */
const KERNEL_GOALS = [
  ['F32', 'loop', 'a loop with Number.isFinite', 1 / 1.2],
  ['F32', 'every', 'every(Number.isFinite)', 1 / 8],
  ['BF16', 'loop', 'a loop over as many bytes of F32', 1 / 1.2],
];

/**
 * The values of large files against a plain read of them, and the kernels alone.
 *
 * @param {{ root: string, temp: string, isQuick: boolean, seed: number }} options
 * @returns {Goal[]}
 */
export function scanGoals({ root, temp, isQuick, seed }) {
  compile();
  const cli = join(root, 'dist/cli/index.js');
  const files = SCANNED.map(({ dtype, bytes: most }) => {
    const bytes = isQuick ? most * QUICK_PART : most;
    const folder = `scan-${dtype}`;
    makeModel(join(temp, folder), { dtype, bytes, seed });
    return { dtype, bytes, folder };
  });
  const reads = join(root, 'scripts/bench/read.mjs');
  const samples = measure(
    files.flatMap(({ dtype, folder }) => [
      {
        name: `read ${dtype}`,
        args: [reads, join(folder, 'model.safetensors')],
        exits: [0],
      },
      {
        name: `scan ${dtype}`,
        args: [cli, folder, '--depth', 'values', '--max-bytes', '8GiB'],
        exits: [0],
      },
    ]),
    { rounds: isQuick ? QUICK_ROUNDS : ROUNDS, temp, isWatched: true },
  );
  const of = (/** @type {string} */ name) => samples.get(name) ?? [];
  const whole = files.flatMap(({ dtype, bytes }) => {
    const name = `${(bytes / GIB).toFixed(1)} GiB of ${dtype}`;
    const read = spread(of(`read ${dtype}`).map(({ wallMs }) => wallMs)).median;
    return [
      ratio(
        `values of ${name}, end to end`,
        'a plain read by the same reader',
        of(`scan ${dtype}`),
        read,
        SCAN_FACTOR,
      ),
      memory(`values of ${name}`, of(`scan ${dtype}`)),
    ];
  });
  const kernels = /** @type {Record<string, number>} */ (
    JSON.parse(
      execFileSync(process.execPath, [
        join(root, 'scripts/bench/kernels.mjs'),
      ]).toString(),
    )
  );
  const alone = KERNEL_GOALS.map(([dtype, against, words, limit]) =>
    ratio(
      `kernel of ${dtype} on 1 MiB`,
      words,
      [{ wallMs: kernels[dtype] ?? NaN, rssBytes: null }],
      kernels[against] ?? NaN,
      limit,
    ),
  );
  return [...whole, ...alone];
}
