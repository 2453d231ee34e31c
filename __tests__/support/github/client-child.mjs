/**
 * Calls the published client of artifacts, which takes its settings from the
 * environment of its process. Gets calls, answers with their results.
 */
import { DefaultArtifactClient } from '@actions/artifact';

/** @import {Call, CallResult, Calls} from './client.ts' */

const client = new DefaultArtifactClient();

/** @param {Call} call @returns {Promise<CallResult>} */
async function run([method, ...args]) {
  try {
    // What a method takes is checked by itself, what it returns on the other side.
    const value = await Reflect.apply(
      Reflect.get(client, method),
      client,
      args,
    );
    return { value };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

process.once('message', (/** @type {Calls} */ { calls, atOnce }) => {
  /** @type {CallResult[]} */
  const results = [];
  let next = 0;
  const work = async () => {
    for (let at = next++; at < calls.length; at = next++) {
      const call = calls[at];
      if (call !== undefined) results[at] = await run(call);
    }
  };
  void Promise.all(Array.from({ length: atOnce }, work)).then(() => {
    process.send?.(results, () => process.disconnect());
  });
});
