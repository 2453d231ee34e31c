/**
 * Times the committed bundles against baselines of the same run and prints a
 * table. Ratios decide; absolute times are for information.
 *
 *   npm run bench              the goals at full size: 1,000 checkpoints, 100,000 files
 *   npm run bench -- --quick   a tenth of it, for a small machine
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  actionEnvironment,
  emptyCommandFiles,
} from './bench/action-environment.mjs';
import { artifactGoals } from './bench/artifact-goals.mjs';
import { bundle } from './bench/bundle.mjs';
import { memory, ratio, table } from './bench/goals.mjs';
import { makeRun } from './bench/inputs.mjs';
import { measure, spread } from './bench/measure.mjs';
import { scanGoals } from './bench/scan-goals.mjs';
import { ROOT, toPath } from './check-catalogue.mjs';

const SEED = 20_261_125;
const isQuick = process.argv.includes('--quick');
const CHECKPOINTS = isQuick ? 100 : 1000;
const FILES_EACH = 100;
/** Of a run that is measured for its states: a log of 1 MB in the last of 1,000. */
const STATE_FILES_EACH = 10;
const LOGGED_EACH = 5;
const ROUNDS = isQuick ? 5 : 7;
const START_ROUNDS = 15;

/** Beyond twice the walk: one second, for the thousand headers. */
const WALK_FACTOR = 2;
const WALK_EXTRA_MS = isQuick ? 100 : 1000;
const GROWTH_FACTOR = 11;
/** @type {readonly [string, number][]} */
const STATE_TREES = [
  ['many-states', CHECKPOINTS],
  ['few-states', CHECKPOINTS / 10],
];
const START_FACTOR = 1.15;
const root = toPath(ROOT);
const cli = join(root, 'dist/cli/index.js');
const temp = mkdtempSync(join(tmpdir(), 'bench-'));
process.exitCode = 1;
try {
  const goals = [
    ...scaleGoals(),
    ...scanGoals({ root, temp, isQuick, seed: SEED }),
    ...startGoals(),
    ...(await artifactGoals({ root, temp, isQuick })),
  ];
  process.stdout.write(table(goals));
  process.exitCode = goals.every(({ isMet }) => isMet) ? 0 : 1;
} finally {
  rmSync(temp, { recursive: true, force: true });
}

/** @typedef {import('./bench/goals.mjs').Goal} Goal */

/** @returns {Goal[]} */
function scaleGoals() {
  const few = CHECKPOINTS / 10;
  /** @type {[string, number, import('./bench/inputs.mjs').Health][]} */
  const trees = [
    ['many', CHECKPOINTS, 'healthy'],
    ['few', few, 'healthy'],
    ['many-broken', CHECKPOINTS, 'broken'],
    ['few-broken', few, 'broken'],
  ];
  makeTrees(trees);
  const walker = join(root, 'scripts/bench/walk.mjs');
  const samples = measure(
    [
      { name: 'walk', args: [walker, 'many'], exits: [0] },
      { name: 'start', args: [cli, '--version'], exits: [0] },
      ...[...trees, ...STATE_TREES].map(([name]) => ({
        name,
        args: [cli, name],
        exits: [0, 1],
      })),
    ],
    { rounds: ROUNDS, temp, isWatched: true },
  );
  const of = (/** @type {string} */ name) => samples.get(name) ?? [];
  const wall = (/** @type {string} */ name) =>
    of(name).map(({ wallMs }) => wallMs);
  const start = spread(wall('start')).median;
  const budget = WALK_FACTOR * spread(wall('walk')).median + WALK_EXTRA_MS;
  const named = `${CHECKPOINTS} checkpoints, ${CHECKPOINTS * FILES_EACH} files`;
  return [
    ratio(
      named,
      `${WALK_FACTOR}x a bare readdir + stat walk + ${WALK_EXTRA_MS} ms`,
      of('many'),
      budget,
      1,
    ),
    ...['', '-broken', '-states'].map((kind) => {
      const fewMs = spread(wall(`few${kind}`)).median - start;
      return ratio(
        `${CHECKPOINTS}${kind} checkpoints, start-up aside`,
        `${few}${kind} checkpoints`,
        of(`many${kind}`).map((one) => ({
          ...one,
          wallMs: one.wallMs - start,
        })),
        fewMs,
        GROWTH_FACTOR,
      );
    }),
    ...['many', 'many-broken', 'many-states'].map((name) =>
      memory(name, of(name)),
    ),
  ];
}

/** @param {readonly [string, number, import('./bench/inputs.mjs').Health][]} trees */
function makeTrees(trees) {
  for (const [name, checkpoints, health] of trees)
    makeRun(join(temp, name), {
      checkpoints,
      files: FILES_EACH,
      health,
      seed: SEED,
    });
  for (const [name, checkpoints] of STATE_TREES)
    makeRun(join(temp, name), {
      checkpoints,
      files: STATE_FILES_EACH,
      health: 'healthy',
      seed: SEED,
      logged: LOGGED_EACH,
    });
}

/** @returns {Goal[]} */
function startGoals() {
  const baseline = bundle(root, 'core-only', join(temp, 'core-only'));
  const workspace = join(temp, 'tiny');
  makeRun(join(workspace, 'run'), {
    checkpoints: 1,
    files: 8,
    health: 'healthy',
    seed: SEED,
  });
  mkdirSync(join(workspace, 'empty'));
  // As `runs.using` of action.yml has it.
  const node = join(root, 'node_modules/node/bin/node');
  const action = join(root, 'dist/index.js');
  /** @type {(name: string, file: string, path: string, exits: number[]) => import('./bench/measure.mjs').Variant} */
  const variant = (name, file, path, exits) => ({
    name,
    node,
    args: [file],
    env: actionEnvironment(temp, workspace, { path }),
    prepare: () => emptyCommandFiles(temp),
    exits,
  });
  const samples = measure(
    [
      variant('core', baseline, 'run', [0]),
      // No checkpoint at the path: the action says so and fails.
      variant('empty', action, 'empty', [1]),
      variant('one', action, 'run', [0]),
    ],
    // Unwatched: what watches would take a part of so short a time.
    { rounds: START_ROUNDS, temp, isWatched: false },
  );
  const of = (/** @type {string} */ name) => samples.get(name) ?? [];
  const base = spread(of('core').map(({ wallMs }) => wallMs)).median;
  const against = 'a bundle of @actions/core only';
  return [
    ratio(
      'start of the action, nothing to inspect',
      against,
      of('empty'),
      base,
      START_FACTOR,
    ),
    ratio(
      'start of the action, 1 checkpoint',
      against,
      of('one'),
      base,
      START_FACTOR,
    ),
  ];
}
