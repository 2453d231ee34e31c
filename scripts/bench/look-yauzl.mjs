/**
 * yauzl over ranges, with the end of the archive kept: without, it asks anew for each
 * record of the directory.
 *
 *   node scripts/bench/look-yauzl.mjs NAME
 */
import { PassThrough } from 'node:stream';
import { fromRandomAccessReaderPromise, RandomAccessReader } from 'yauzl';
import { tellRead, timer, wanted } from './quick-look.mjs';
import { agent, ask, bytesOf, signedUrl } from './signed-url.mjs';

const TAIL_BYTES = 64 * 1024;

class HttpReader extends RandomAccessReader {
  #url;
  #tail;
  #tailStart;

  /** @param {string} url @param {{ bytes: Buffer, start: number }} tail */
  constructor(url, { bytes, start }) {
    super();
    this.#url = url;
    this.#tail = bytes;
    this.#tailStart = start;
  }

  /** @param {number} start @param {number} end @override */
  _readStreamForRange(start, end) {
    const stream = new PassThrough();
    if (start >= this.#tailStart) {
      const from = start - this.#tailStart;
      stream.end(this.#tail.subarray(from, end - this.#tailStart));
    } else {
      range(this.#url, start, end).then(
        (answer) => answer.pipe(stream),
        (/** @type {unknown} */ error) =>
          stream.destroy(new Error('no answer', { cause: error })),
      );
    }
    return stream;
  }
}

/** @param {string} url @param {number} start @param {number} end */
function range(url, start, end) {
  return ask(url, { headers: { range: `bytes=${start}-${end - 1}` } });
}

const { url, size } = await signedUrl(process.argv[2] ?? '');
const time = timer();
const start = Math.max(0, size - TAIL_BYTES);
const bytes = await bytesOf(await range(url, start, size));
const zip = await fromRandomAccessReaderPromise(
  new HttpReader(url, { bytes, start }),
  size,
  { autoClose: false },
);
/** @type {Promise<{ name: string, bytes: Buffer }>[]} */
const reads = [];
for await (const entry of zip.eachEntry()) {
  const name = entry.fileName;
  const end = Math.min(wanted(name), entry.compressedSize);
  if (end > 0) reads.push(read(entry, end));
}
tellRead(await Promise.all(reads), time);
zip.close();
agent.destroy();

/** @param {import('yauzl').Entry} entry @param {number} end */
async function read(entry, end) {
  const stream = await zip.openReadStreamPromise(entry, { start: 0, end });
  return { name: entry.fileName, bytes: await bytesOf(stream) };
}
