/**
 * GitHub's results service and blob store of the tests, in a process of its own, with
 * the artifacts that are timed: so that what answers takes no time of what asks.
 *
 *   node scripts/bench/artifact-service.mjs full|quick    forked, by Node 24: it loads TypeScript
 *
 * Says what it is over IPC, and answers every command with the requests of blobs so far.
 */
import { trainerCheckpoint, LARGE } from '../../__tests__/artifacts/large.ts';
import { digestOf } from '../../__tests__/support/github/contents.ts';
import { startFakeGitHub } from '../../__tests__/support/github/index.ts';
import { zipContent } from '../../__tests__/support/github/zip-content.ts';

/** @typedef {import('../../__tests__/support/github/zip-content.ts').ZipEntry} ZipEntry */
/** @typedef {{ latencyMs?: number, isReset?: boolean }} Command */
/** @typedef {{ requests: number, bytes: number }} Traffic of the blob store */
/** @typedef {{ env: Record<string, string>, sizes: Record<string, number> }} Started */

const isQuick = process.argv[2] === 'quick';
const STEPS = [100, 200];

/** As many tensors as in the large one, each an eighth as long. */
const SMALL_RANK = { ...LARGE, rank: 8 };

const stored = STEPS.flatMap((step) =>
  isQuick
    ? trainerCheckpoint(step, SMALL_RANK, 60_000_000)
    : trainerCheckpoint(step, LARGE, 480_000_000),
);
const deflated = STEPS.flatMap((step) =>
  trainerCheckpoint(
    step,
    isQuick ? { ...LARGE, rank: 2 } : SMALL_RANK,
    isQuick ? 17_000_000 : 70_000_000,
  ),
).map(deflate);

const github = await startFakeGitHub();
/** @type {Record<string, number>} */
const sizes = {};
for (const [name, entries] of Object.entries({ stored, deflated })) {
  const content = zipContent(entries);
  github.add({ name, content, digest: digestOf(content) });
  sizes[name] = content.sizeBytes;
}

/** @param {ZipEntry} entry @returns {ZipEntry} as it is with `compression-level: 6` */
function deflate({ name, content }) {
  const isVirtual = typeof content === 'object' && 'slice' in content && 'sizeBytes' in content;
  if (!isVirtual) return { name, content, method: 'deflated' };
  const bytes = content.slice(0, content.sizeBytes);
  return { name, content: bytes, method: 'deflated' };
}

process.on('message', (/** @type {Command} */ { latencyMs, isReset }) => {
  if (latencyMs !== undefined) github.options.latencyMs = latencyMs;
  const reads = github.log().filter(({ kind }) => kind === 'blob');
  /** @type {Traffic} */
  const traffic = {
    requests: reads.length,
    bytes: reads.reduce((sum, { bodyBytes }) => sum + bodyBytes, 0),
  };
  if (isReset) github.resetLog();
  process.send?.(traffic);
});
process.on('disconnect', () => process.exit());
process.send?.(/** @type {Started} */ ({ env: { ...github.env }, sizes }));
