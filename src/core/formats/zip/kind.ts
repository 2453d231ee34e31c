import type { ZipEntry } from './types.ts';

/** What an archive is by the names in it. */
export type ZipKind = 'torch' | 'torchscript' | 'npz' | 'keras' | 'mar' | 'zip';

/**
 * What kind of archive this is, for a message; by names alone, so a `torch` may
 * still be one that torch refuses.
 */
export function findZipKind(entries: readonly ZipEntry[]): ZipKind {
  const names = entries.map(({ name }) => name);
  const isAnywhere = (name: string): boolean =>
    names.some((each) => each === name || each.endsWith(`/${name}`));
  if (isAnywhere('data.pkl'))
    return isAnywhere('constants.pkl') ? 'torchscript' : 'torch';
  if (names.length > 0 && names.every((name) => name.endsWith('.npy')))
    return 'npz';
  if (names.includes('model.weights.h5')) return 'keras';
  return names.includes('MAR-INF/MANIFEST.json') ? 'mar' : 'zip';
}
