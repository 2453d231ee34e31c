import type { EntryDamage } from '../../core/bytes/archive.ts';
import {
  ARCHIVE_EXTRA_SLACK_BYTES,
  ARCHIVE_READ_AHEAD_BYTES,
  DEFLATED_FIRST_BYTES,
} from '../../core/bytes/limits.ts';
import { DamagedError, SourceError } from '../../core/bytes/reader.ts';
import type { ByteReader, Crc32 } from '../../core/bytes/reader.ts';
import type { Member } from '../../core/formats/archive/members.ts';
import type { Archive } from '../../core/formats/archive/read.ts';
import { crcWords, bytesWords } from '../../core/formats/archive/words.ts';
import { localHeaderBytes } from '../../core/formats/archive/local-header.ts';
import { LOCAL_HEADER_BYTES } from '../../core/formats/zip/fields.ts';
import type { Held } from './deflated.ts';
import type { Pieces } from './pieces.ts';

/** An archive whose directory was read. */
export interface OpenArchive {
  readonly reader: ByteReader;
  readonly pieces: Pieces;
  readonly archive: Archive;
  readonly crc32: Crc32;
  /** What is known to be damaged, by path. */
  readonly damages: Map<string, DamagedError>;
  /** The compressed file that was read last, as far as it is decompressed. */
  readonly start: { member: Member | null; held: Held | null };
}

/** A range of the archive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * The bytes to fetch for the first `contentBytes` of an entry as it is packed: its local
 * header with some room for extra fields, never beyond the next entry.
 */
export function spanOf(
  { archive }: OpenArchive,
  { entry }: Member,
  contentBytes: number,
): Span {
  const { offset: start, nameBytes } = entry;
  const content = Math.min(contentBytes, entry.compressedBytes);
  const end =
    start +
    LOCAL_HEADER_BYTES +
    nameBytes +
    ARCHIVE_EXTRA_SLACK_BYTES +
    content;
  return { start, end: Math.min(end, archive.limits.get(entry) ?? end) };
}

/** What is read first of an entry of which nothing is kept. */
export function firstBytes({ entry }: Member, wanted: number): number {
  return entry.method === 0
    ? Math.max(wanted, ARCHIVE_READ_AHEAD_BYTES)
    : Math.max(DEFLATED_FIRST_BYTES, Math.min(wanted, entry.compressedBytes));
}

/**
 * Where the content of an entry begins in the archive, as its local header says. One
 * read fetches the header and the first `wanted` bytes behind it.
 *
 * @throws DamagedError when the header contradicts the directory
 */
export async function locate(
  open: OpenArchive,
  member: Member,
  wanted: number,
): Promise<number> {
  const { offset, nameBytes } = member.entry;
  const headerBytes = LOCAL_HEADER_BYTES + nameBytes;
  if (!open.pieces.holds(offset, headerBytes)) {
    const span = spanOf(open, member, firstBytes(member, wanted));
    await open.pieces.fetch(span.start, span.end - span.start);
  }
  const fixed = await open.pieces.read(offset, headerBytes);
  const more = moreBytes(open, member, fixed);
  const header =
    more === 0 ? fixed : await open.pieces.read(offset, headerBytes + more);
  const start = startOf(open, member, header);
  return start.isDamaged ? damaged(open, member, start.damage) : start.at;
}

/**
 * Bytes of the extra fields, by the first bytes of a local header with its name; 0 where
 * the archive has not as many, which {@link startOf} then finds.
 */
export function moreBytes(
  { reader }: OpenArchive,
  { entry }: Pick<Member, 'entry'>,
  header: Uint8Array,
): number {
  const more = localHeaderBytes(header) - header.length;
  return entry.offset + header.length + more <= reader.size
    ? Math.max(0, more)
    : 0;
}

type Start =
  | { readonly isDamaged: false; readonly at: number }
  | { readonly isDamaged: true; readonly damage: EntryDamage };

/** The same, of the bytes of a local header with its name. */
export function startOf(
  { archive }: OpenArchive,
  { entry }: Pick<Member, 'entry'>,
  header: Uint8Array,
): Start {
  const start = archive.contentStart(header, entry);
  if (!start.ok) return { isDamaged: true, damage: start.defect };
  const at = entry.offset + start.value;
  const limit = archive.limits.get(entry) ?? Infinity;
  if (at + entry.compressedBytes <= limit) return { isDamaged: false, at };
  const words =
    'header is so long that its content would reach into what follows it in the archive';
  return { isDamaged: true, damage: { code: 'headers-differ', words } };
}

/** Remembers that an entry is damaged, and says so. */
export function damaged(
  { damages }: OpenArchive,
  { path }: Pick<Member, 'path'>,
  damage: EntryDamage,
): never {
  throw noteDamage(damages, path, damage);
}

/** The first damage of a path is the one that is told. */
export function noteDamage(
  damages: Map<string, DamagedError>,
  path: string,
  damage: EntryDamage,
): DamagedError {
  const known = damages.get(path);
  if (known !== undefined) return known;
  const error = new DamagedError(damage, `its ${damage.words}`);
  damages.set(path, error);
  return error;
}

/** Adds up the bytes of a content, in order. */
export interface Sum {
  readonly add: (piece: Uint8Array) => void;
  /** In what all of them differ from what the directory promises. */
  readonly verdict: () => EntryDamage | null;
}

export function sumOf(crc32: Crc32, { entry }: Pick<Member, 'entry'>): Sum {
  let bytes = 0;
  let crc = 0;
  return {
    add: (piece) => {
      bytes += piece.length;
      crc = crc32(piece, crc) >>> 0;
    },
    verdict: () => {
      if (bytes !== entry.sizeBytes) return sizeDamage(bytes, entry.sizeBytes);
      if (crc === entry.crc32) return null;
      return {
        code: 'crc-differs',
        words: `content has the checksum ${crcWords(crc)} (CRC-32), and the archive promises ${crcWords(entry.crc32)}`,
      };
    },
  };
}

function sizeDamage(found: number, stated: number): EntryDamage {
  // Of what is longer no more is decompressed.
  const words =
    found > stated
      ? `content is longer than the ${bytesWords(stated)} that the archive promises`
      : `content ends after ${bytesWords(found)}, and the archive promises ${bytesWords(stated)}`;
  return { code: 'size-differs', words };
}

/** @throws SourceError for bytes that are not there */
export function checkRange(size: number, start: number, length: number): void {
  if (start < 0 || length < 0 || start + length > size)
    throw new SourceError(
      'SHORT_READ',
      `${length} bytes from byte ${start} on were asked for, and there are ${size}`,
    );
}
