import { SourceError } from '../../src/core/bytes/reader.ts';
import type {
  ByteReader,
  Entry,
  Listing,
  Source,
  Unlisted,
} from '../../src/core/bytes/reader.ts';

/**
 * Paths below the root with their content: bytes, text, `null` for an empty
 * folder, a link that is not followed, a file whose reading fails, a folder that
 * cannot be listed.
 */
export type CaseFiles = Readonly<
  Record<
    string,
    | Uint8Array
    | string
    | null
    | { readonly link: string; readonly isDangling?: true }
    | { readonly error: string; readonly mode?: number }
    | { readonly unlisted: string }
  >
>;

type Content = CaseFiles[string];

/** A source of an object literal. */
export function memorySource(label: string, files: CaseFiles): Source {
  return {
    label,
    root: '' in files ? 'file' : 'folder',
    list: () => Promise.resolve(listing(files)),
    open: (path) => open(path, files[path]),
  };
}

function listing(files: CaseFiles): Listing {
  const folders = new Set(Object.keys(files).flatMap(foldersAbove));
  const entries: Entry[] = [...folders].map((path) => folder(path));
  const unlisted: Unlisted[] = [];
  for (const [path, content] of Object.entries(files)) {
    entries.push(entryOf(path, content));
    if (isKind(content, 'unlisted'))
      unlisted.push({ path, cause: 'io', reason: content.unlisted });
  }
  entries.sort((left, right) => (left.path < right.path ? -1 : 1));
  return { entries, unlisted };
}

function foldersAbove(path: string): string[] {
  const segments = path.split('/').slice(0, -1);
  return segments.map((_, at) => segments.slice(0, at + 1).join('/'));
}

function folder(path: string): Entry {
  return { path, kind: 'folder', sizeBytes: 0 };
}

function entryOf(path: string, content: Content): Entry {
  if (content === null || isKind(content, 'unlisted')) return folder(path);
  if (isKind(content, 'link'))
    return {
      path,
      kind: 'symlink',
      sizeBytes: 0,
      reason: `a link to ${content.link} is not followed`,
      ...(content.isDangling ? { isDangling: true } : {}),
    };
  const sizeBytes = isKind(content, 'error') ? 1 : bytesOf(content).length;
  return { path, kind: 'file', sizeBytes };
}

function isKind<K extends 'link' | 'error' | 'unlisted'>(
  content: Content | undefined,
  kind: K,
): content is Extract<Content, Readonly<Record<K, string>>> {
  return typeof content === 'object' && content !== null && kind in content;
}

function bytesOf(content: Content | undefined): Uint8Array {
  if (content instanceof Uint8Array) return content;
  if (typeof content === 'string') return new TextEncoder().encode(content);
  throw new Error('this case file has no content');
}

function open(path: string, content: Content | undefined): Promise<ByteReader> {
  if (isKind(content, 'error')) return Promise.reject(failure(content));
  if (content === undefined)
    return Promise.reject(new SourceError('ENOENT', `no ${path}`));
  return Promise.resolve(memoryReader(bytesOf(content)));
}

function failure({ error, mode }: { error: string; mode?: number }) {
  const permission =
    mode === undefined
      ? null
      : { mode, owner: 'uid 1000, gid 1000', reader: 'uid 1001, gid 1001' };
  return new SourceError(error, 'refused by the test', permission);
}

const CHUNK_BYTES = 64 * 1024;

/** A reader over bytes in memory. */
export function memoryReader(bytes: Uint8Array): ByteReader {
  const read = (start: number, length: number) =>
    start < 0 || length < 0 || start + length > bytes.length
      ? Promise.reject(
          new SourceError('SHORT_READ', `no ${length} bytes at ${start}`),
        )
      : Promise.resolve(bytes.slice(start, start + length));
  return {
    size: bytes.length,
    access: 'random',
    read,
    async *stream(start, end) {
      for (let at = start; at < end; at += CHUNK_BYTES)
        yield await read(at, Math.min(CHUNK_BYTES, end - at));
    },
    close: () => Promise.resolve(),
  };
}
