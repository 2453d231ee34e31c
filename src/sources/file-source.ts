import { createHash } from 'node:crypto';
import type {
  ByteReader,
  Source,
  SweepFile,
  Swept,
} from '../core/bytes/reader.ts';
import { crc32 } from './crc32.ts';

/**
 * One file whose reader is open already, such as an artifact that is no archive. It is
 * told as an archive of itself, for it is transferred and held against a digest as one.
 */
export function fileSource(label: string, reader: ByteReader): Source {
  const { size: sizeBytes } = reader;
  const entry = { path: '', kind: 'file', sizeBytes } as const;
  const facts = {
    defect: null,
    faults: [],
    deflatedFiles: 0,
    deflatedBytes: 0,
  };
  return {
    label,
    root: 'file',
    crc32,
    list: () =>
      Promise.resolve({
        entries: [entry],
        unlisted: [],
        archive: { sizeBytes, ...facts },
      }),
    // Stays open for the next fact that is asked of it.
    open: () => Promise.resolve({ ...reader, close: () => Promise.resolve() }),
    sweep: async (visit) => sweepFile(reader, await visit('')),
    close: () => reader.close(),
  };
}

async function sweepFile(
  reader: ByteReader,
  file: SweepFile | null,
): Promise<Swept> {
  const hash = createHash('sha256');
  let at = 0;
  for await (const piece of reader.stream(0, reader.size)) {
    hash.update(piece);
    file?.feed(piece, at);
    at += piece.length;
  }
  await file?.end();
  return { digest: `sha256:${hash.digest('hex')}`, damaged: [] };
}
