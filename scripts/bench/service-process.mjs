import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** @typedef {import('./artifact-service.mjs').Command} Command */
/** @typedef {import('./artifact-service.mjs').Started} Started */
/** @typedef {import('./artifact-service.mjs').Traffic} Traffic */

/**
 * Starts the service of artifacts beside this process.
 *
 * @param {{ root: string, node: string, isQuick: boolean }} options `node`: one that loads TypeScript
 */
export async function startService({ root, node, isQuick }) {
  const child = fork(
    join(root, 'scripts/bench/artifact-service.mjs'),
    [isQuick ? 'quick' : 'full'],
    { execPath: node, execArgv: ['--disable-warning=ExperimentalWarning'] },
  );
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the service of artifacts ended with ${String(code)}`);
  });
  // It may end when it is done with.
  ended.catch(() => undefined);
  const next = async () => {
    const [message] = await Promise.race([once(child, 'message'), ended]);
    return message;
  };
  /** @type {Started} */
  const started = await next();
  /** @param {Command} command @returns {Promise<Traffic>} */
  const tell = (command) => {
    child.send(command);
    return next();
  };
  return {
    ...started,
    /** @param {number} latencyMs before every answer */
    setLatency: (latencyMs) => tell({ latencyMs }),
    /**
     * What is asked of the blob store meanwhile.
     *
     * @param {() => void} act
     */
    trafficOf: async (act) => {
      await tell({ isReset: true });
      act();
      return tell({});
    },
    close: () => child.disconnect(),
  };
}
