import type { Source } from '../../src/core/bytes/reader.ts';
import { memoryReader } from './memory-source.ts';

/** The same tree, all in memory: another source with the same contents. */
export async function copiedSource(source: Source): Promise<Source> {
  const listing = await source.list();
  const contents = new Map<string, Uint8Array>();
  for (const { path, kind } of listing.entries)
    if (kind === 'file') {
      const reader = await source.open(path);
      contents.set(path, await reader.read(0, reader.size));
      await reader.close();
    }
  return {
    label: source.label,
    root: source.root,
    list: () => Promise.resolve(listing),
    open: (path) => {
      const bytes = contents.get(path);
      if (bytes === undefined) throw new Error(`no ${path} was copied`);
      return Promise.resolve(memoryReader(bytes));
    },
  };
}
