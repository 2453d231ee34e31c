/**
 * The same by the sources of this tool, as lib has them.
 *
 *   node scripts/bench/look-own.mjs NAME
 */
import { tellRead, timer, wanted } from './quick-look.mjs';
import { agent, signedUrl } from './signed-url.mjs';

/** @typedef {typeof import('../../src/sources/archive.ts')} ArchiveModule */
/** @typedef {typeof import('../../src/sources/blob-reader.ts')} BlobModule */

const LIB = new URL('../../lib/sources/', import.meta.url);
const [{ archiveSource }, { openBlob }] =
  /** @type {[ArchiveModule, BlobModule]} */ (
    await Promise.all([
      import(new URL('archive.js', LIB).href),
      import(new URL('blob-reader.js', LIB).href),
    ])
  );
const label = process.argv[2] ?? '';
const { url, size: sizeBytes } = await signedUrl(label);
agent.destroy();
const time = timer();
const open = () => openBlob({ sizeBytes, sign: () => Promise.resolve(url) });
const source = archiveSource({ label, open });
const { entries } = await source.list();
const wants = entries
  .map(({ path, sizeBytes: all }) => ({
    path,
    bytes: Math.min(wanted(path), all),
  }))
  .filter(({ bytes }) => bytes > 0);
await source.ahead?.(wants);
const read = await Promise.all(
  wants.map(async ({ path: name, bytes }) => {
    const reader = await source.open(name);
    const own = Buffer.from(await reader.read(0, bytes));
    await reader.close();
    return { name, bytes: own };
  }),
);
tellRead(read, time);
await source.close?.();
