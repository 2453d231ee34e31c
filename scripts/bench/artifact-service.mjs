/**
 * GitHub's results service and blob store of the tests, in a process of its own, with
 * the artifacts that are timed: so that what answers takes no time of what asks.
 *
 *   node scripts/bench/artifact-service.mjs full|quick    forked, by Node 24: it loads TypeScript
 *
 * Says what it is over IPC, and answers every command with the requests of blobs so far.
 */
import { digestOf } from '../../__tests__/support/github/contents.ts';
import { startFakeGitHub } from '../../__tests__/support/github/index.ts';
import { twoCheckpoints } from '../../__tests__/support/github/samples.ts';

/** @typedef {{ latencyMs?: number, isReset?: boolean }} Command */
/** @typedef {{ requests: number, bytes: number }} Traffic of the blob store */
/** @typedef {{ env: Record<string, string>, sizes: Record<string, number> }} Started */

const isQuick = process.argv[2] === 'quick';
const contents = {
  stored: twoCheckpoints(isQuick ? 8 : 64),
  deflated: twoCheckpoints(isQuick ? 4 : 8, true),
};

const github = await startFakeGitHub();
/** @type {Record<string, number>} */
const sizes = {};
for (const [name, content] of Object.entries(contents)) {
  github.add({ name, content, digest: digestOf(content) });
  sizes[name] = content.sizeBytes;
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
