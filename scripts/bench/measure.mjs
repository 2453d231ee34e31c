import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * One thing to time, in a process of its own each time.
 *
 * @typedef {object} Variant
 * @property {string} name
 * @property {string} [node] another Node than the one that measures
 * @property {string[]} args after `node`
 * @property {Record<string, string>} [env]
 * @property {number[]} exits codes that it may end with
 * @property {() => void} [prepare] called before each round, untimed
 * @property {string} [leaves] a folder that is deleted after each round, untimed
 * @property {true} [isSelfTimed] prints as JSON how long its part took, and what it found
 */

/** `rssBytes`: `null` where it was not watched. */
/** @typedef {{ wallMs: number, rssBytes: number | null, found?: string }} Sample */

/**
 * Runs every variant once to warm up and then `rounds` times, one after another
 * in each round, so that whatever slows the machine slows all alike.
 *
 * @param {readonly Variant[]} variants
 * @param {{ rounds: number, temp: string, isWatched: boolean }} options
 *   `isWatched`: whether the memory is read, which takes some milliseconds
 * @returns {Map<string, Sample[]>}
 */
export function measure(variants, { rounds, temp, isWatched }) {
  /** @type {Map<string, Sample[]>} */
  const samples = new Map(variants.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round++)
    for (const variant of variants) {
      const sample = runOnce(
        variant,
        isWatched ? join(temp, 'peak') : null,
        temp,
      );
      if (round > 0) samples.get(variant.name)?.push(sample);
    }
  return samples;
}

/**
 * @param {Variant} variant
 * @param {string | null} peak where the process writes its peak memory
 * @param {string} cwd
 * @returns {Sample}
 */
function runOnce(variant, peak, cwd) {
  const { name, node, args, env = {}, exits, leaves, isSelfTimed } = variant;
  const watched = peak === null ? [] : ['--import', watcher(peak)];
  variant.prepare?.();
  const started = process.hrtime.bigint();
  const run = spawnSync(node ?? process.execPath, [...watched, ...args], {
    cwd,
    env: { PATH: process.env['PATH'], ...env },
    maxBuffer: 1 << 30,
  });
  const wallMs = Number(process.hrtime.bigint() - started) / 1e6;
  if (leaves !== undefined) rmSync(leaves, { recursive: true, force: true });
  if (!exits.includes(run.status ?? -1))
    throw new Error(
      `${name} ended with ${run.status}: ${run.stderr.toString()}`,
    );
  const rssBytes = peak === null ? null : Number(readFileSync(peak, 'utf8'));
  if (!isSelfTimed) return { wallMs, rssBytes };
  /** @type {{ wallMs: number, found: string }} */
  const own = JSON.parse(run.stdout.toString());
  return { ...own, rssBytes };
}

/**
 * A module that writes the peak memory in bytes when the process ends: on Linux of
 * the process alone, elsewhere as getrusage(2) counts it.
 *
 * @param {string} peak
 */
function watcher(peak) {
  const source = `import { existsSync, readFileSync, writeFileSync } from 'node:fs';
process.on('exit', () => {
  const status = '/proc/self/status';
  const kib = existsSync(status)
    ? /VmHWM:\\s+(\\d+)/.exec(readFileSync(status, 'utf8'))[1]
    : process.resourceUsage().maxRSS;
  writeFileSync(${JSON.stringify(peak)}, String(kib * 1024));
});`;
  return `data:text/javascript,${encodeURIComponent(source)}`;
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
