import type { ByteReader, Source } from '../core/bytes/reader.ts';

/** One file whose reader is open already, such as an artifact that is no archive. */
export function fileSource(label: string, reader: ByteReader): Source {
  const entry = { path: '', kind: 'file', sizeBytes: reader.size } as const;
  return {
    label,
    root: 'file',
    list: () => Promise.resolve({ entries: [entry], unlisted: [] }),
    // Stays open for the next fact that is asked of it.
    open: () => Promise.resolve({ ...reader, close: () => Promise.resolve() }),
    close: () => reader.close(),
  };
}
