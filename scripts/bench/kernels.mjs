/**
 * Times the kernels on 1 MiB that stays in the cache, against the two ways to look
 * for NaN and infinities that come to mind first. Prints JSON: for each dtype how
 * long one takes in the time of the other, a median of rounds that alternate.
 */
import { spread } from './measure.mjs';

/** @typedef {typeof import('../../src/core/values/kernels.ts')} Kernels */

const LIB = new URL('../../lib/core/values/kernels.js', import.meta.url);
const { kernelOf } = /** @type {Kernels} */ (await import(LIB.href));

const ROUNDS = 15;
const PASSES = 40;
const BYTES = 1 << 20;

const numbers = new Float32Array(BYTES / 4);
for (let at = 0; at < numbers.length; at++) numbers[at] = Math.sin(at) / 8;
const bytes = new Uint8Array(numbers.buffer);

/** @param {Float32Array} values */
function loop(values) {
  // By index, which is faster than for-of.
  for (let at = values.length - 1; at >= 0; at--)
    if (!Number.isFinite(values[at])) return false;
  return true;
}

/** @param {Float32Array} values */
const every = (values) => values.every(Number.isFinite);

/** @param {string} dtype */
function kernel(dtype) {
  const own = kernelOf(dtype);
  if (own === null) throw new Error(`${dtype} has no kernel`);
  return () => own.largest(bytes);
}

/** @param {() => unknown} act */
function time(act) {
  const started = process.hrtime.bigint();
  for (let pass = 0; pass < PASSES; pass++) act();
  return Number(process.hrtime.bigint() - started) / 1e6 / PASSES;
}

const acts = {
  F32: kernel('F32'),
  BF16: kernel('BF16'),
  loop: () => loop(numbers),
  every: () => every(numbers),
};
/** @type {Record<string, number[]>} */
const times = Object.fromEntries(Object.keys(acts).map((name) => [name, []]));
for (let round = 0; round <= ROUNDS; round++)
  for (const [name, act] of Object.entries(acts)) {
    const ms = time(act);
    if (round > 0) times[name]?.push(ms);
  }
process.stdout.write(
  JSON.stringify(
    Object.fromEntries(
      Object.entries(times).map(([name, own]) => [name, spread(own).median]),
    ),
  ),
);
