import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from '../compile.mjs';
import { actionEnvironment } from './action-environment.mjs';
import { bundle } from './bundle.mjs';
import { kilobytes, memory, ratio } from './goals.mjs';
import { measure, spread } from './measure.mjs';
import { startService } from './service-process.mjs';

/** @typedef {import('./goals.mjs').Goal} Goal */
/** @typedef {import('./measure.mjs').Sample} Sample */
/** @typedef {import('./measure.mjs').Variant} Variant */
/** @typedef {Awaited<ReturnType<typeof startService>>} Service */
/** @typedef {{ service: Service, root: string, node: string, temp: string, isQuick: boolean }} Bench */

const ROUNDS = 5;
const QUICK_ROUNDS = 3;
/** They take a fraction of a second. */
const LOOK_ROUNDS = 9;
const LATENCIES_MS = [0, 30];
/** 0.02 % of 2.0 GB. */
const LOOK_MAX_BYTES = 400_000;
/** At least 1.4 times as fast where round trips cost, and no slower where they do not. */
const LOOK_FACTORS = new Map([
  [0, 1],
  [30, 1 / 1.4],
]);
const ACTION_FACTOR = 1 / 20;
/** Of an eighth of the bytes. */
const QUICK_ACTION_FACTOR = 1 / 3;
const DEEP_FACTOR = 0.8;
const OTHERS = ['yauzl', 'zipjs'];

/**
 * Artifacts of this run by ranges, against others who read them so and against their
 * download: of one of 2.0 GB that is stored, and of a smaller one that is deflated.
 *
 * @param {{ root: string, temp: string, isQuick: boolean }} options
 * @returns {Promise<Goal[]>}
 */
export async function artifactGoals({ root, temp, isQuick }) {
  compile();
  // As `runs.using` of action.yml has it.
  const node = join(root, 'node_modules/node/bin/node');
  const service = await startService({ root, node, isQuick });
  const bench = { service, root, node, temp, isQuick };
  try {
    return [...(await lookGoals(bench)), ...wholeGoals(bench)];
  } finally {
    service.close();
  }
}

/** @param {Bench} bench @returns {Promise<Goal[]>} */
async function lookGoals({ service, root, node, temp }) {
  const variants = ['own', ...OTHERS].map((name) => ({
    name,
    node,
    args: [join(root, `scripts/bench/look-${name}.mjs`), 'stored'],
    env: service.env,
    exits: [0],
    isSelfTimed: /** @type {const} */ (true),
  }));
  const run = (/** @type {Variant[]} */ some, /** @type {number} */ rounds) =>
    measure(some, { rounds, temp, isWatched: true });
  /** @type {Map<string, string>} */
  const words = new Map();
  /** @type {number[]} */
  const ownBytes = [];
  for (const variant of variants) {
    const { name } = variant;
    const { requests, bytes } = await service.trafficOf(() => {
      run([variant], 0);
    });
    words.set(name, `${requests} requests, ${(bytes / 1000).toFixed(0)} KB`);
    if (name === 'own') ownBytes.push(bytes);
  }
  const size = gigabytes(service.sizes['stored']);
  const goals = [
    kilobytes(`read of ${size} for the structure`, ownBytes, LOOK_MAX_BYTES),
  ];
  for (const latencyMs of LATENCIES_MS) {
    await service.setLatency(latencyMs);
    const samples = run(variants, LOOK_ROUNDS);
    refuseDifferent(samples);
    const own = samples.get('own') ?? [];
    const best = fastest(samples);
    goals.push(
      ratio(
        `structure of ${size} by ranges, ${latencyMs} ms latency (${words.get('own')})`,
        `${best.name} by ranges (${words.get(best.name)})`,
        own,
        best.wallMs,
        LOOK_FACTORS.get(latencyMs) ?? NaN,
      ),
    );
  }
  await service.setLatency(0);
  return goals;
}

/** @param {Map<string, Sample[]>} samples */
function fastest(samples) {
  const [best] = OTHERS.map((name) => ({
    name,
    wallMs: medianOf(samples.get(name)),
  })).sort((left, right) => left.wallMs - right.wallMs);
  if (best === undefined) throw new Error('nobody to compare with');
  return best;
}

/**
 * Whoever is faster has to have done the same.
 *
 * @param {Map<string, Sample[]>} samples
 */
function refuseDifferent(samples) {
  const found = new Set(
    [...samples.values()].flat().map((sample) => sample.found),
  );
  if (found.size !== 1)
    throw new Error(`readers differ: ${[...found].join(' / ')}`);
}

/** @param {Bench} bench @returns {Goal[]} */
function wholeGoals({ service, root, node, temp, isQuick }) {
  const downloads = bundle(root, 'download', join(temp, 'download'));
  const into = join(temp, 'downloaded');
  const workspace = join(temp, 'artifact-workspace');
  mkdirSync(workspace, { recursive: true });
  /** @type {(artifact: string, depth: string) => Variant} */
  const action = (artifact, depth) => ({
    name: `${depth} of ${artifact}`,
    node,
    args: [join(root, 'dist/index.js')],
    env: {
      ...service.env,
      ...actionEnvironment(temp, workspace, { artifact, depth }),
    },
    exits: [0],
  });
  /** @type {(artifact: string) => Variant} */
  const download = (artifact) => ({
    name: `download of ${artifact}`,
    node,
    args: [downloads, artifact, into],
    env: { ...service.env, GITHUB_WORKSPACE: workspace },
    exits: [0],
    leaves: into,
  });
  const samples = measure(
    [
      action('stored', 'headers'),
      ...['stored', 'deflated'].flatMap((artifact) => [
        action(artifact, 'values'),
        download(artifact),
      ]),
    ],
    { rounds: isQuick ? QUICK_ROUNDS : ROUNDS, temp, isWatched: true },
  );
  const of = (/** @type {string} */ name) => samples.get(name) ?? [];
  const size = (/** @type {string} */ artifact) =>
    `${gigabytes(service.sizes[artifact])}, ${artifact}`;
  const against = 'download and extract by @actions/artifact';
  return [
    ratio(
      `action with depth: headers, ${size('stored')}`,
      against,
      of('headers of stored'),
      medianOf(of('download of stored')),
      isQuick ? QUICK_ACTION_FACTOR : ACTION_FACTOR,
    ),
    memory('depth: headers', of('headers of stored')),
    ...['stored', 'deflated'].flatMap((artifact) => [
      ratio(
        `action with depth: values, ${size(artifact)}`,
        against,
        of(`values of ${artifact}`),
        medianOf(of(`download of ${artifact}`)),
        DEEP_FACTOR,
      ),
      memory(`depth: values, ${artifact}`, of(`values of ${artifact}`)),
    ]),
  ];
}

/** @param {readonly Sample[]} [samples] */
function medianOf(samples = []) {
  return spread(samples.map(({ wallMs }) => wallMs)).median;
}

/** @param {number} [bytes] */
function gigabytes(bytes = NaN) {
  return `${(bytes / 1e9).toFixed(2)} GB`;
}
