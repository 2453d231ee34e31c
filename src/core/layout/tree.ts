import { isBeside } from '../bytes/walk-policy.ts';
import type { Entry, Listing, Source, Unlisted } from '../bytes/reader.ts';

/** A folder with what lies directly in it. */
export interface Folder {
  /** Relative to the root; `''` is the root. */
  readonly path: string;
  /** As the report names it. */
  readonly shown: string;
  readonly name: string;
  /** By name; dangling links are not among them. */
  readonly files: ReadonlyMap<string, Entry>;
  /** Of the files, without those that lie beside a checkpoint: see `isBeside`. */
  readonly telling: readonly string[];
  readonly folders: ReadonlyMap<string, Folder>;
  /** Names of links that lead to nothing. */
  readonly dangling: ReadonlySet<string>;
  /** Set when its contents are not known. */
  readonly unlisted: Unlisted | null;
  /** Its real path, relative to the root, when it was reached through a link. */
  readonly realPath: string | null;
}

interface GrowingFolder extends Folder {
  readonly files: Map<string, Entry>;
  readonly telling: string[];
  readonly folders: Map<string, GrowingFolder>;
  readonly dangling: Set<string>;
}

/** What a source is called, and how its paths are told. */
export type Named = Pick<Source, 'label' | 'mark'>;

/**
 * The label of a source and a path below it, as one path: `.` adds nothing, and what
 * lies in an artifact stands behind a colon.
 */
export function showPath({ label, mark }: Named, below: string): string {
  // Its colon keeps an artifact apart from a folder of the same name.
  if (mark !== undefined) return label + mark + below;
  if (below === '') return label;
  if (label === '.') return below;
  return label.endsWith('/') ? label + below : `${label}/${below}`;
}

/** The folder above a path below a source, as `showPath` has it; an artifact has none. */
export function parentIn(source: Named, below: string): string {
  if (source.mark === undefined) return parentOf(showPath(source, below));
  return showPath(source, below.slice(0, Math.max(below.lastIndexOf('/'), 0)));
}

/** The folder above a path of this machine; `.` above a bare name. */
function parentOf(shown: string): string {
  const cut = shown.replace(/\/+$/, '').lastIndexOf('/');
  if (cut < 0) return '.';
  return cut === 0 ? '/' : shown.slice(0, cut);
}

export function nameOf(path: string): string {
  const trimmed = path.replace(/\/+$/, '');
  return trimmed.slice(trimmed.lastIndexOf('/') + 1);
}

/** Turns the flat list of a source into folders. */
export function buildTree(source: Named, listing: Listing): Folder {
  const unlisted = new Map(listing.unlisted.map((one) => [one.path, one]));
  const folders = new Map<string, GrowingFolder>();
  const grow = (path: string, realPath: string | null): GrowingFolder => {
    const folder: GrowingFolder = {
      path,
      shown: showPath(source, path),
      name: nameOf(path === '' ? source.label : path),
      files: new Map(),
      telling: [],
      folders: new Map(),
      dangling: new Set(),
      unlisted: unlisted.get(path) ?? null,
      realPath,
    };
    folders.set(path, folder);
    if (path !== '') above(path).folders.set(folder.name, folder);
    return folder;
  };
  const root = grow('', null);
  let last = root;
  /** The folder that a path lies in: mostly that of the path before it. */
  const above = (path: string): GrowingFolder => {
    const cut = Math.max(path.lastIndexOf('/'), 0);
    if (cut !== last.path.length || !path.startsWith(last.path)) {
      const parent = path.slice(0, cut);
      // Archives need not list the folders of their files.
      last = folders.get(parent) ?? grow(parent, null);
    }
    return last;
  };
  for (const entry of listing.entries) {
    const { path, kind, name = lastName(path) } = entry;
    if (kind === 'folder') grow(path, entry.realPath ?? null);
    else if (entry.isDangling) above(path).dangling.add(name);
    else {
      const folder = above(path);
      folder.files.set(name, entry);
      if (!isBeside(name)) folder.telling.push(name);
    }
  }
  return root;
}

/** As `nameOf`, of a path that does not end in `/`. */
function lastName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether one of the files that tell what a folder is has such a name. */
export function hasFile({ telling }: Folder, pattern: RegExp): boolean {
  return telling.some((name) => pattern.test(name));
}
