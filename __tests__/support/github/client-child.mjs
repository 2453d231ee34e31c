/**
 * Calls the published client of artifacts, which takes its settings from the
 * environment of its process. Gets calls, answers with their results.
 */
import { DefaultArtifactClient } from '@actions/artifact';

/** The client streams and waits most of the time: several at once are faster. */
const AT_ONCE = 8;

/** @import {Call, CallResult} from './client.ts' */

const client = new DefaultArtifactClient();

/** @param {Call} call @returns {Promise<CallResult>} */
async function run([method, ...args]) {
  try {
    // The type of a method by its name is lost; what it returns is checked on the other side.
    const found = /** @type {(...args: unknown[]) => Promise<unknown>} */ (
      client[method]
    );
    return { value: await found.apply(client, args) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

process.once('message', (/** @type {readonly Call[]} */ calls) => {
  /** @type {CallResult[]} */
  const results = [];
  let next = 0;
  const work = async () => {
    for (let at = next++; at < calls.length; at = next++) {
      const call = calls[at];
      if (call !== undefined) results[at] = await run(call);
    }
  };
  void Promise.all(Array.from({ length: AT_ONCE }, work)).then(() => {
    process.send?.(results, () => process.disconnect());
  });
});
