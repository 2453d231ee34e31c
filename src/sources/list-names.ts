import * as fs from 'node:fs';

/** What a folder lists of one name, as far as the system tells without a look. */
export interface Listed {
  /** As the report shows it; bytes that are no UTF-8 as `\xff`. */
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link' | 'other' | 'unknown';
  /** A name that is not UTF-8 cannot be opened under what is shown of it. */
  readonly isUtf8: boolean;
}

/** What Node puts in the place of bytes that are not UTF-8. */
const REPLACEMENT = '\uFFFD';

/**
 * The names in a folder, sorted by code units.
 *
 * @throws the error of node:fs when the folder cannot be listed
 */
export function listNames(folder: string): readonly Listed[] {
  const entries = fs.readdirSync(folder, { withFileTypes: true });
  const isCertain = entries.every(({ name }) => !name.includes(REPLACEMENT));
  // The character may also stand in a name that is UTF-8: the bytes tell.
  const listed = isCertain ? entries.map(fromText) : listBytes(folder);
  return listed.sort((left, right) => (left.name < right.name ? -1 : 1));
}

function listBytes(folder: string): Listed[] {
  return fs
    .readdirSync(folder, { withFileTypes: true, encoding: 'buffer' })
    .map((entry) => {
      const bytes = entry.name;
      const text = bytes.toString();
      const isUtf8 = Buffer.from(text).equals(bytes);
      const name = isUtf8 ? text : showBytes(bytes);
      return { name, kind: kindOf(entry), isUtf8 };
    });
}

function fromText(entry: fs.Dirent): Listed {
  return { name: entry.name, kind: kindOf(entry), isUtf8: true };
}

function kindOf(entry: fs.Dirent | fs.Dirent<Buffer>): Listed['kind'] {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  if (entry.isSymbolicLink()) return 'link';
  const isOther =
    entry.isFIFO() ||
    entry.isSocket() ||
    entry.isCharacterDevice() ||
    entry.isBlockDevice();
  // Some file systems do not say: then a look has to tell.
  return isOther ? 'other' : 'unknown';
}

function showBytes(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) =>
    byte < 0x80
      ? String.fromCharCode(byte)
      : `\\x${byte.toString(16).padStart(2, '0')}`,
  ).join('');
}
