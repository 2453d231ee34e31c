/**
 * zip.js over ranges, with its own reader of them.
 *
 *   node scripts/bench/look-zipjs.mjs NAME
 */
import { configure, HttpReader, ZipReader } from '@zip.js/zip.js';
import { tellRead, timer, wanted } from './quick-look.mjs';
import { agent, signedUrl } from './signed-url.mjs';

configure({ useWebWorkers: false, chunkSize: 64 * 1024 });
const { url } = await signedUrl(process.argv[2] ?? '');
agent.destroy();
const time = timer();
const zip = new ZipReader(
  new HttpReader(url, { useRangeHeader: true, combineSizeEocd: true }),
);
/** @type {Promise<{ name: string, bytes: Buffer }>[]} */
const reads = [];
for (const entry of await zip.getEntries())
  if (!entry.directory && wanted(entry.filename) > 0) reads.push(read(entry));
tellRead(await Promise.all(reads), time);
await zip.close();

/** @param {import('@zip.js/zip.js').FileEntry} entry */
async function read(entry) {
  const end = wanted(entry.filename);
  const enough = new AbortController();
  /** @type {Uint8Array[]} */
  const chunks = [];
  let length = 0;
  const into = new WritableStream({
    write: (/** @type {Uint8Array} */ chunk) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= end) enough.abort();
    },
  });
  const { signal } = enough;
  await entry
    .getData(into, { signal })
    .catch((/** @type {unknown} */ error) => {
      if (!signal.aborted) throw error;
    });
  return { name: entry.filename, bytes: Buffer.concat(chunks) };
}
