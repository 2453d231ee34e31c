import type { Content } from './content.ts';

/** git-lfs docs/spec.md: a pointer file is less than 1024 bytes. */
const POINTER_END_BYTES = 1024;
/** The second is what git-lfs wrote before 1.0 and still reads. */
const VERSIONS: readonly string[] = [
  'https://git-lfs.github.com/spec/v1',
  'https://hawser.github.com/spec/v1',
];

/**
 * A Git LFS pointer (git-lfs docs/spec.md): lines `key value`, first `version`,
 * with `oid sha256:<64 hexadecimal digits>` and `size <bytes>` among them. As
 * git-lfs itself, takes CRLF and a missing last line end. `null`: it is none.
 */
export function parseLfsPointer(
  text: string,
  fileBytes: number,
): Extract<Content, { kind: 'lfs-pointer' }> | null {
  if (fileBytes >= POINTER_END_BYTES) return null;
  const lines = text.trim().split(/\r?\n/);
  const pairs = lines.map((line) => /^([a-z0-9.-]+) (.+)$/.exec(line));
  if (pairs.includes(null) || pairs[0]?.[1] !== 'version') return null;
  const fields = new Map(pairs.map((pair) => [pair?.[1], pair?.[2]]));
  if (!VERSIONS.includes(fields.get('version') ?? '')) return null;
  const oid = /^sha256:([0-9a-f]{64})$/.exec(fields.get('oid') ?? '')?.[1];
  const size = /^\d{1,16}$/.exec(fields.get('size') ?? '')?.[0];
  if (oid === undefined || size === undefined) return null;
  const sizeBytes = Number(size);
  return Number.isSafeInteger(sizeBytes)
    ? { kind: 'lfs-pointer', oid, sizeBytes }
    : null;
}
