import * as fs from 'node:fs';
import type { Entry } from '../core/bytes/reader.ts';

/**
 * A file of which the list has only what its folder says of it: there may be 100,000,
 * and to look at each takes as long as to list them. Its path is put together, and its
 * size looked at, when that is asked for.
 */
export class FileBeside implements Entry {
  readonly name: string;
  readonly #folder: Place;

  constructor(folder: Place, name: string) {
    this.#folder = folder;
    this.name = name;
  }

  get kind() {
    return 'file' as const;
  }

  get path() {
    const { at } = this.#folder;
    return at === '' ? this.name : `${at}/${this.name}`;
  }

  /** Of one that is gone since, or cannot be looked at, 0. */
  get sizeBytes() {
    const file = `${this.#folder.root}/${this.path}`;
    try {
      return fs.lstatSync(file, { throwIfNoEntry: false })?.size ?? 0;
    } catch {
      return 0;
    }
  }
}

/** A folder on the disk: the root that is listed, and its path below that. */
export interface Place {
  readonly root: string;
  readonly at: string;
}
