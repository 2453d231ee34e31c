/**
 * Asks the command line about every case and prints where it contradicts the real
 * Trainer.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  KINDS,
  disagreementsOf,
  entryFor,
  isLike,
  saidOf,
} from './resume-rules.mjs';

/** @import { Case, Disagreement, Entry, Report } from './resume-rules.mjs' */

/** Another build of the command line may be named. */
export const CLI =
  process.env['ORACLE_CLI'] ??
  fileURLToPath(new URL('../../dist/cli/index.js', import.meta.url));
const CLOSED_LIST = new URL('resume-undecidable.json', import.meta.url);
/** Folders a call: their reports are far below the bytes that a child may print. */
const BATCH = 100;
const MOST_BYTES = 2 ** 29;
/** Pass, fail, inconclusive; 2 is a fault of the tool. */
const VERDICTS = [0, 1, 3];

/** @typedef {{ readonly case: Case, readonly found: Disagreement, readonly entry: Entry | undefined }} Told */

/**
 * @param {string} folder holds `truth.json` and `cases`
 * @param {{ readonly runs: readonly string[], readonly isWhole: boolean }} chosen
 * @returns {number} disagreements outside the closed list, and entries that nothing needs
 */
export function compare(folder, { runs, isWhole }) {
  // The files are our own: what wrote them, wrote this shape.
  const { cases: all } = /** @type {{ cases: Case[] }} */ (
    readJson(`${folder}/truth.json`)
  );
  const { entries } = /** @type {{ entries: Entry[] }} */ (
    readJson(CLOSED_LIST)
  );
  const cases = all.filter(({ run }) => runs.some((one) => isLike(run, one)));
  const told = batches(cases).flatMap((batch) =>
    compareBatch(batch, `${folder}/cases`, entries),
  );
  const unused = isWhole
    ? entries.filter((entry) => told.every((one) => one.entry !== entry))
    : [];
  print(cases, told, unused);
  return told.filter(({ entry }) => entry === undefined).length + unused.length;
}

/** @param {string | URL} file */
function readJson(file) {
  return /** @type {unknown} */ (JSON.parse(readFileSync(file, 'utf8')));
}

/** @param {readonly Case[]} cases */
function batches(cases) {
  return Array.from({ length: Math.ceil(cases.length / BATCH) }, (_, at) =>
    cases.slice(at * BATCH, (at + 1) * BATCH),
  );
}

/**
 * Each folder is named itself, so that each is a run of its own.
 *
 * @param {readonly Case[]} cases
 * @param {string} folder
 * @param {readonly Entry[]} entries
 * @returns {Told[]}
 */
function compareBatch(cases, folder, entries) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [CLI, ...cases.map(({ id }) => id), '--format', 'json'],
    { cwd: folder, encoding: 'utf8', maxBuffer: MOST_BYTES },
  );
  if (!VERDICTS.includes(status ?? 2) || !stdout.startsWith('{'))
    throw new Error(`exit ${status ?? 'by a signal'}: ${stderr.slice(-500)}`);
  const report = /** @type {Report} */ (JSON.parse(stdout));
  return cases.flatMap((one) =>
    disagreementsOf(one, saidOf(report, one.id)).map((found) => ({
      case: one,
      found,
      entry: entryFor(entries, one, found),
    })),
  );
}

/**
 * @param {readonly Case[]} cases
 * @param {readonly Told[]} told
 * @param {readonly Entry[]} unused
 */
function print(cases, told, unused) {
  const outside = told.filter(({ entry }) => entry === undefined);
  const outcomes = count(
    cases.map(({ truth }) => truth.automatic.outcome),
    (outcome) => outcome,
  );
  say(
    `${cases.length} cases of ${new Set(cases.map(({ run }) => run)).size} runs; resume_from_checkpoint=True: ${list(outcomes)}`,
  );
  for (const by of /** @type {const} */ (['group', 'run'])) {
    const disagreeing = new Set(outside.map((one) => one.case));
    const rows = count(cases, (one) => one[by]);
    say(`\n${by.padEnd(26)} cases  agree`);
    for (const [name, total] of rows) {
      const not = [...disagreeing].filter((one) => one[by] === name).length;
      say(
        `${name.padEnd(26)} ${String(total).padStart(5)}  ${String(total - not).padStart(5)}`,
      );
    }
  }
  say('\nin the closed list:');
  for (const [entry, total] of count(
    told.flatMap(({ entry }) => entry ?? []),
    (entry) => entry,
  ))
    say(
      `  ${String(total).padStart(5)} ${entry.kind}: ${entry.damages.join(', ')}: ${entry.reason}`,
    );
  say(
    `outside of it: ${list(count(outside, ({ found }) => found.kind)) || 'none'}`,
  );
  const byKind = [...outside].sort(
    (left, right) =>
      KINDS.indexOf(left.found.kind) - KINDS.indexOf(right.found.kind),
  );
  for (const { found, case: one } of byKind)
    say(
      `${found.kind}: ${one.id}${found.folder === null ? '' : ` ${found.folder}`}: ${found.words}`,
    );
  for (const { kind, damages } of unused)
    say(
      `entry of the closed list that nothing needs: ${kind}: ${damages.join(', ')}`,
    );
}

/**
 * @template T, K
 * @param {readonly T[]} things
 * @param {(one: T) => K} by
 * @returns {Map<K, number>}
 */
function count(things, by) {
  /** @type {Map<K, number>} */
  const counts = new Map();
  for (const one of things) counts.set(by(one), (counts.get(by(one)) ?? 0) + 1);
  return counts;
}

/** @param {ReadonlyMap<string, number>} counts */
function list(counts) {
  return [...counts].map(([name, total]) => `${total} ${name}`).join(', ');
}

/** @param {string} line */
function say(line) {
  process.stdout.write(`${line}\n`);
}
