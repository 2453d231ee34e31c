import type { EntryDamage } from '../../core/bytes/archive.ts';
import type { SweepFile, Swept } from '../../core/bytes/reader.ts';
import type { Member } from '../../core/formats/archive/members.ts';
import { LOCAL_HEADER_BYTES } from '../../core/formats/zip/fields.ts';
import { moreBytes, noteDamage, startOf, sumOf } from './content.ts';
import type { OpenArchive } from './content.ts';
import { inflate, InflateError } from './inflate.ts';
import { tapeOf, type Tape } from './tape.ts';

type Visit = (path: string) => Promise<SweepFile | null>;

/**
 * One pass over all bytes of an archive: every file is held against its size and
 * checksum, and what is damaged is remembered. What overlaps with a file before it went
 * by already, and is left to single reads.
 *
 * @throws SourceError when the bytes cannot be had
 */
export async function sweepArchive(
  open: OpenArchive,
  visit: Visit,
): Promise<Swept> {
  const tape = tapeOf(open.reader);
  try {
    for (const member of inOrder(open)) {
      if (member.entry.offset < tape.at()) continue;
      const damage =
        member.damage ?? (await sweepMember(open, member, { tape, visit }));
      if (damage !== null) noteDamage(open.damages, member.path, damage);
    }
    const digest = await tape.finish();
    const damaged = [...open.damages].map(([path, { message }]) => ({
      path,
      words: message,
    }));
    return { digest, damaged };
  } finally {
    await tape.close();
  }
}

function inOrder({ archive }: OpenArchive): readonly Member[] {
  return [...archive.byPath.values()].sort(
    (a, b) => a.entry.offset - b.entry.offset,
  );
}

async function sweepMember(
  open: OpenArchive,
  member: Member,
  { tape, visit }: { readonly tape: Tape; readonly visit: Visit },
): Promise<EntryDamage | null> {
  const { entry, kind, path } = member;
  await tape.skipTo(entry.offset);
  const fixed = await tape.take(LOCAL_HEADER_BYTES + entry.nameBytes);
  const more = moreBytes(open, member, fixed);
  const header = Buffer.concat([fixed, await tape.take(more)]);
  const start = startOf(open, member, header);
  if (start.isDamaged) return start.damage;
  if (kind !== 'file' && kind !== 'folder') return null;
  await tape.skipTo(start.at);
  const file = kind === 'file' ? await visit(path) : null;
  const damage = await sweepContent(open, member, tape, file);
  if (damage === null) await file?.end();
  await tape.skipTo(start.at + entry.compressedBytes);
  return damage;
}

async function sweepContent(
  { crc32 }: OpenArchive,
  member: Member,
  tape: Tape,
  file: SweepFile | null,
): Promise<EntryDamage | null> {
  const { entry } = member;
  const packed = tape.pieces(entry.compressedBytes);
  const pieces = entry.method === 0 ? packed : inflate(packed, entry);
  const sum = sumOf(crc32, member);
  let at = 0;
  try {
    for await (const piece of pieces) {
      sum.add(piece);
      // What is longer than stated is no part of the file.
      const own = piece.subarray(0, entry.sizeBytes - at);
      if (own.length > 0) file?.feed(own, at);
      at += own.length;
    }
  } catch (error) {
    if (!(error instanceof InflateError)) throw error;
    const words = `content cannot be decompressed (${error.message})`;
    return { code: 'inflate-failed', words };
  }
  return sum.verdict();
}
