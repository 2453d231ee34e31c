import type { ArchiveDefect, ArchiveFacts } from '../core/bytes/archive.ts';
import { ARCHIVE_EDGE_BYTES } from '../core/bytes/limits.ts';
import { SourceError } from '../core/bytes/reader.ts';
import type {
  ByteReader,
  Listing,
  Source,
  Unlisted,
} from '../core/bytes/reader.ts';
import type { Archive } from '../core/formats/archive/read.ts';
import { readArchive } from '../core/formats/archive/read.ts';
import { noteDamage } from './archive/content.ts';
import type { OpenArchive } from './archive/content.ts';
import { dropStart } from './archive/deflated.ts';
import { entryReader } from './archive/entry-reader.ts';
import { fetchAhead } from './archive/fetch-ahead.ts';
import { crc32 } from './crc32.ts';
import { listMembers } from './archive/list-members.ts';
import { piecesOf } from './archive/pieces.ts';
import { sweepArchive } from './archive/sweep.ts';

/** Files that begin like a zip and are none to unpack: torch's and numpy's. */
const ZIP_OF_ITS_OWN = /\.(?:bin|pt|pth|ckpt|npz)$/i;

/** Whether a file of this name is a zip for its own loader alone. */
export function isZipOfItsOwn(name: string): boolean {
  return ZIP_OF_ITS_OWN.test(name);
}

/** Where an archive comes from. */
export interface ArchiveGiven {
  /** Names things in the report. */
  readonly label: string;
  /** Opens the archive itself; asked once, until the source is closed. */
  readonly open: () => Promise<ByteReader>;
}

/** Sizes beyond this tool, which say nothing against the archive. */
const LIMITS: ReadonlySet<ArchiveDefect['code']> = new Set([
  'too-many-entries',
  'directory-too-large',
]);

type Opened =
  | { readonly ok: true; readonly value: OpenArchive }
  | {
      readonly ok: false;
      readonly defect: ArchiveDefect;
      readonly size: number;
    };

/**
 * The tree in a zip archive, local or remote. Its central directory alone says what is
 * in it; as few and as small parts of it are read as can be. An archive that is
 * malformed has no files and a defect; only I/O throws.
 */
export function archiveSource(given: ArchiveGiven): Source {
  let opened: Promise<Opened> | null = null;
  const opening = () => (opened ??= openArchive(given));
  const value = async (): Promise<OpenArchive> => {
    const one = await opening();
    if (one.ok) return one.value;
    throw new SourceError('ENOENT', `the archive ${one.defect.words}`);
  };
  return {
    label: given.label,
    root: 'folder',
    isUpload: true,
    crc32,
    list: async () => listingOf(await opening()),
    open: async (path) => openMember(await value(), path),
    ahead: async (wants) => {
      const one = await opening();
      if (one.ok) await fetchAhead(one.value, wants);
    },
    sweep: async (visit) => sweepArchive(await value(), visit),
    letGo: () => {
      void opened?.then((one) => {
        if (!one.ok) return;
        one.value.pieces.letGo();
        dropStart(one.value);
      });
    },
    close: async () => {
      const closing = opened;
      opened = null;
      const one = await closing?.catch(() => null);
      if (!one?.ok) return;
      dropStart(one.value);
      await one.value.reader.close();
    },
  };
}

async function openArchive({ open }: ArchiveGiven): Promise<Opened> {
  const reader = await open();
  let isUsed = false;
  try {
    const { size } = reader;
    const pieces = piecesOf(reader);
    await pinEnd(pieces, size);
    const archive = await readArchive(pieces.read, size);
    if (!archive.ok) return { ...archive, size };
    isUsed = true;
    const { value } = archive;
    const damages: OpenArchive['damages'] = new Map();
    for (const { path, damage } of value.byPath.values())
      if (damage !== null) noteDamage(damages, path, damage);
    const start = { member: null, held: null };
    const all = {
      reader,
      pieces,
      archive: value,
      crc32,
      damages,
      start,
    };
    return { ok: true, value: all };
  } finally {
    if (!isUsed) await reader.close();
  }
}

/**
 * Its end, or all of a small archive. Not its start besides: that would be one more
 * round trip, and what is wanted of it comes with what is fetched ahead.
 */
function pinEnd({ pin }: ReturnType<typeof piecesOf>, size: number) {
  const edge = ARCHIVE_EDGE_BYTES;
  return size <= 2 * edge ? pin(0, size) : pin(size - edge, edge);
}

function listingOf(opened: Opened): Listing {
  if (!opened.ok) {
    const { defect, size: sizeBytes } = opened;
    const unlisted: Unlisted[] = LIMITS.has(defect.code)
      ? [{ path: '', cause: 'limit', reason: `the archive ${defect.words}` }]
      : [];
    const none = { faults: [], deflatedFiles: 0, deflatedBytes: 0 };
    return { entries: [], unlisted, archive: { sizeBytes, defect, ...none } };
  }
  const { archive, reader } = opened.value;
  return {
    ...listMembers(archive.byPath.values()),
    archive: factsOf(archive, reader.size),
  };
}

function factsOf(archive: Archive, sizeBytes: number): ArchiveFacts {
  let deflatedFiles = 0;
  let deflatedBytes = 0;
  for (const { kind, entry } of archive.byPath.values()) {
    if (kind !== 'file' || entry.method === 0) continue;
    deflatedFiles += 1;
    deflatedBytes += entry.compressedBytes;
  }
  const { faults } = archive;
  return { sizeBytes, defect: null, faults, deflatedFiles, deflatedBytes };
}

/** @throws SourceError for what is not listed as a file, or is damaged */
function openMember(open: OpenArchive, path: string): ByteReader {
  const damage = open.damages.get(path);
  if (damage !== undefined) throw damage;
  const member = open.archive.byPath.get(path);
  if (member === undefined)
    throw new SourceError('ENOENT', 'the archive has no such file');
  if (member.kind !== 'file')
    throw new SourceError(
      member.kind === 'symlink' ? 'LINK' : 'NOT_A_FILE',
      member.reason ?? 'it is not a file',
    );
  return entryReader(open, member);
}
