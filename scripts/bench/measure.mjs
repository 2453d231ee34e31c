import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * One thing to time, in a process of its own each time.
 *
 * @typedef {object} Variant
 * @property {string} name
 * @property {string[]} args after `node`
 * @property {Record<string, string>} [env]
 * @property {number[]} exits codes that it may end with
 */

/** @typedef {{ wallMs: number, rssBytes: number }} Sample */

/**
 * Runs every variant once to warm up and then `rounds` times, one after another
 * in each round, so that whatever slows the machine slows all alike.
 *
 * @param {readonly Variant[]} variants
 * @param {{ rounds: number, temp: string }} options
 * @returns {Map<string, Sample[]>}
 */
export function measure(variants, { rounds, temp }) {
  /** @type {Map<string, Sample[]>} */
  const samples = new Map(variants.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round++)
    for (const variant of variants) {
      const sample = runOnce(variant, temp);
      if (round > 0) samples.get(variant.name)?.push(sample);
    }
  return samples;
}

/** @param {Variant} variant @param {string} temp @returns {Sample} */
function runOnce({ name, args, env = {}, exits }, temp) {
  const peak = join(temp, 'peak');
  const watch = `import { writeFileSync } from 'node:fs';
process.on('exit', () => writeFileSync(${JSON.stringify(peak)}, String(process.resourceUsage().maxRSS)));`;
  const watched = [
    '--import',
    `data:text/javascript,${encodeURIComponent(watch)}`,
  ];
  const started = process.hrtime.bigint();
  const run = spawnSync(process.execPath, [...watched, ...args], {
    cwd: temp,
    env: { PATH: process.env['PATH'], ...env },
    maxBuffer: 1 << 30,
  });
  const wallMs = Number(process.hrtime.bigint() - started) / 1e6;
  if (!exits.includes(run.status ?? -1))
    throw new Error(
      `${name} ended with ${run.status}: ${run.stderr.toString()}`,
    );
  // In kilobytes: getrusage(2) by way of libuv.
  return { wallMs, rssBytes: Number(readFileSync(peak, 'utf8')) * 1024 };
}

/**
 * Of one quantity over the rounds.
 *
 * @param {readonly number[]} values
 */
export function spread(values) {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  const median =
    sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? NaN)) / 2;
  return {
    median,
    min: sorted[0] ?? NaN,
    max: sorted.at(-1) ?? NaN,
    n: sorted.length,
  };
}
