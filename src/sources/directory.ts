import * as fs from 'node:fs';
import * as path from 'node:path';
import { SourceError } from '../core/bytes/reader.ts';
import type { ByteReader, Listing, Source } from '../core/bytes/reader.ts';
import { crc32 } from './crc32.ts';
import { holdYoungGeneration } from './heap.ts';
import { openLocalFile, SMALL_FILE_BYTES } from './local-file.ts';
import { toSourceError } from './source-error.ts';
import { listTree } from './walk.ts';

/**
 * A directory, or a single file, of this machine.
 *
 * @param label the path as the user gave it; it names things in the report
 * @param base what a relative `label` is relative to
 * @returns `null` when there is nothing at that path; a source that rejects with
 *   the reason when the path cannot be looked at
 */
export function directorySource(label: string, base: string): Source | null {
  const root = path.resolve(base, label);
  const stat = statOrNull(root);
  if (stat === null) return null;
  if (stat instanceof SourceError) return unreachableSource(label, stat);
  const isFolder = stat.isDirectory();
  return {
    label: label.replaceAll(path.sep, '/'),
    root: isFolder ? 'folder' : 'file',
    crc32,
    // What is thrown in there is a rejection.
    list: () =>
      new Promise((resolve) => {
        resolve(isFolder ? listTree(root) : listFile(stat));
      }),
    ...opener(root),
  };
}

/** Something that the user named and that cannot be listed, for `reason`. */
export function unreachableSource(label: string, reason: SourceError): Source {
  return {
    label: label.replaceAll(path.sep, '/'),
    root: 'folder',
    list: () => Promise.reject(reason),
    open: () => Promise.reject(reason),
  };
}

/**
 * What says that nothing is there, or that nothing can be: a name that is longer
 * than the system has them, or with a NUL, which Node refuses.
 */
const ABSENT: ReadonlySet<string> = new Set([
  'ENOENT',
  'ENOTDIR',
  'ENAMETOOLONG',
  'ERR_INVALID_ARG_VALUE',
]);

function statOrNull(root: string): fs.Stats | SourceError | null {
  try {
    return fs.statSync(root);
  } catch (error) {
    const failure = toSourceError(error, root);
    return ABSENT.has(failure.code) ? null : failure;
  }
}

function listFile(stat: fs.Stats): Listing {
  const entry = stat.isFile()
    ? { path: '', kind: 'file' as const, sizeBytes: stat.size }
    : {
        path: '',
        kind: 'other' as const,
        sizeBytes: 0,
        reason: 'it is neither a file nor a folder',
      };
  return { entries: [entry], unlisted: [] };
}

/** From here on it is a long run, of which each file leaves little behind. */
const MANY_OPENED = 64;

/**
 * Opens what lies below `root`. One question about a file follows another: a small one is
 * not read again for each.
 */
function opener(root: string): Required<Pick<Source, 'open' | 'letGo'>> {
  let last: { readonly below: string; readonly reader: ByteReader } | null =
    null;
  let opened = 0;
  const open = (below: string) => {
    if (last?.below === below) return last.reader;
    opened += 1;
    const file = below === '' ? root : path.join(root, below);
    const reader = openLocalFile(file);
    if (opened === MANY_OPENED) holdYoungGeneration();
    last = reader.size <= SMALL_FILE_BYTES ? { below, reader } : null;
    return reader;
  };
  return {
    // What throws inside of a promise's executor rejects it.
    open: (below) =>
      new Promise((resolve) => {
        resolve(open(below));
      }),
    letGo: () => {
      last = null;
    },
  };
}
