/**
 * The plain read that the scan of values is held against: every byte of a file,
 * through the same reader, and nothing done with it.
 *
 *   node scripts/bench/read.mjs FILE
 */
/** @typedef {typeof import('../../src/sources/local-file.ts')} LocalFile */

const LIB = new URL('../../lib/sources/local-file.js', import.meta.url);
const { openLocalFile } = /** @type {LocalFile} */ (await import(LIB.href));

const reader = openLocalFile(process.argv[2] ?? '');
let bytes = 0;
for await (const piece of reader.stream(0, reader.size)) bytes += piece.length;
await reader.close();
if (bytes !== reader.size) throw new Error(`read ${bytes} of ${reader.size}`);
