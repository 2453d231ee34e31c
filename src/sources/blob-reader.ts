/**
 * Reads a blob of an HTTP store through a signed URL, by ranges: of GitHub's artifacts,
 * which lie in Azure Blob Storage. Nothing of it is taken but what answers exactly the
 * range that was asked for, of the same blob as the first answer.
 */
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { BLOB_TAIL_BYTES, STREAM_CHUNK_BYTES } from '../core/bytes/limits.ts';
import { SourceError } from '../core/bytes/reader.ts';
import type { ByteReader } from '../core/bytes/reader.ts';
import { SizeDiffersError } from './blob-failure.ts';
import { parseFileName } from './blob-headers.ts';
import { BLOB_TIMEOUTS } from './blob-limits.ts';
import type { BlobTimeouts } from './blob-limits.ts';
import { openSlots } from './blob-ranges.ts';
import type { Ranges } from './blob-ranges.ts';
import { openAgents } from './blob-request.ts';
import type { ProxyEnv } from '../http/agent.ts';
import { noSetbacks, persistentRange } from './blob-retry.ts';
import { openSigner } from './blob-url.ts';
import { holdBuffers, readMeter } from './heap.ts';

/** How to come to the bytes. */
export interface BlobAccess {
  /** As the listing says: a hint, which the first answer corrects. */
  readonly sizeBytes: number;
  /** Gives a fresh signed URL; asked when one is needed, and again when it expired. */
  readonly sign: () => Promise<string>;
  /** Is told every URL, and its signature, before it is used. */
  readonly mask?: (secret: string) => void;
}

/** What the reader is given of the world. */
export interface BlobDeps {
  readonly delay: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** In [0, 1). */
  readonly random: () => number;
  /** Milliseconds since 1970, for a store that names the time to come again. */
  readonly now: () => number;
  readonly timeouts: BlobTimeouts;
  /** `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`; Node before 24.5 takes none of them. */
  readonly proxyEnv: ProxyEnv;
}

/** A reader of a blob, which also counts what it took. */
export interface Blob extends ByteReader {
  /** As the store says; `null` where it says none. */
  readonly contentType: () => string | null;
  /** The name under which the store would save it, without folders. */
  readonly fileName: () => string | null;
  /** Requests sent, and bytes of ranges received. */
  readonly stats: () => { requests: number; bytes: number };
}

/** The world as it is. */
export const BLOB_DEPS: BlobDeps = {
  delay: (ms, signal) =>
    sleep(ms, undefined, signal === undefined ? {} : { signal }),
  random: Math.random,
  now: Date.now,
  timeouts: BLOB_TIMEOUTS,
  proxyEnv: process.env,
};

/** Of no configuration and of no header but the very largest. */
const LARGE_READ_BYTES = 2 * STREAM_CHUNK_BYTES;

/** Bytes that are there already. */
interface Tail {
  readonly start: number;
  readonly bytes: Uint8Array;
}

/**
 * Opens a blob by reading its last 64 KiB, which later reads inside of them do not ask
 * for again. At most `BLOB_SOCKETS` streams and reads are under way at once, others
 * wait: who holds as many streams must not wait for a read.
 *
 * @throws SourceError when they cannot be had: `RANGES_IGNORED` where the store gives
 * nothing but the whole, `FORBIDDEN`, `NOT_FOUND`, `GONE`, `CHANGED`, `BAD_RANGE`,
 * `REDIRECTED`, `REFUSED`, `THROTTLED`, `UNREACHABLE`, `STALLED`, `SHORT_BODY`; and of
 * any later read as well
 */
export async function openBlob(
  access: BlobAccess,
  deps: Partial<BlobDeps> = {},
): Promise<Blob> {
  const given = { ...BLOB_DEPS, ...deps };
  const agents = openAgents(given.proxyEnv);
  const closing = new AbortController();
  // One listener a request and a wait: as many as there are readers.
  setMaxListeners(0, closing.signal);
  const ranges: Ranges = {
    wire: {
      timeouts: given.timeouts,
      closed: closing.signal,
      agentOf: agents.agentOf,
      dropIdle: agents.dropIdle,
    },
    signer: openSigner(access.sign, access.mask ?? (() => undefined)),
    now: given.now,
    slots: openSlots(),
    stats: { requests: 0, bytes: 0 },
    known: null,
  };
  const total = noSetbacks();
  const pieces: Pieces = (start, end) =>
    persistentRange(ranges, given, total, start, end);
  const close = () => {
    closing.abort();
    agents.destroy();
    return Promise.resolve();
  };
  try {
    const tail = await readTail(pieces, access.sizeBytes, ranges);
    return { ...readerOf(pieces, tail), ...factsOf(ranges), close };
  } catch (error) {
    await close();
    throw error;
  }
}

type Pieces = (start: number, end: number) => AsyncIterable<Uint8Array>;

/** The end of the blob, wherever that is. */
async function readTail(
  pieces: Pieces,
  hint: number,
  ranges: Pick<Ranges, 'known'>,
): Promise<Tail> {
  try {
    // Of an empty blob there is no range to ask for: this one shows whether it is.
    return await tailAt(pieces, hint > 0 ? hint : BLOB_TAIL_BYTES);
  } catch (error) {
    // Of a blob of which a part came, another size is another blob.
    if (!(error instanceof SizeDiffersError) || ranges.known !== null)
      throw error;
    const { sizeBytes } = error;
    if (sizeBytes === 0 && hint > 0)
      throw new SourceError(
        'CHANGED',
        `it is listed with ${hint} bytes, and there are none`,
      );
    if (sizeBytes === 0) return { start: 0, bytes: new Uint8Array() };
    return tailAt(pieces, sizeBytes);
  }
}

async function tailAt(pieces: Pieces, sizeBytes: number): Promise<Tail> {
  const start = Math.max(0, sizeBytes - BLOB_TAIL_BYTES);
  return { start, bytes: await collect(pieces, start, sizeBytes) };
}

async function collect(
  pieces: Pieces,
  start: number,
  end: number,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(end - start);
  let filled = 0;
  for await (const piece of pieces(start, end)) {
    bytes.set(piece, filled);
    filled += piece.length;
  }
  return bytes;
}

function readerOf(pieces: Pieces, tail: Tail): Omit<ByteReader, 'close'> {
  const size = tail.start + tail.bytes.length;
  const meter = readMeter();
  const inTail = (start: number, end: number) =>
    start >= tail.start
      ? // A copy: whoever reads may write into it.
        tail.bytes.slice(start - tail.start, end - tail.start)
      : null;
  return {
    size,
    access: 'random',
    async read(start, length) {
      const end = start + length;
      refuseBeyond(start, end, size);
      meter(length);
      return inTail(start, end) ?? (await collect(pieces, start, end));
    },
    async *stream(start, end) {
      refuseBeyond(start, end, size);
      if (end - start > LARGE_READ_BYTES) holdBuffers();
      const there = inTail(start, end);
      if (there === null) yield* pieces(start, end);
      else if (there.length > 0) yield there;
    },
  };
}

function refuseBeyond(start: number, end: number, size: number): void {
  const isInside = 0 <= start && start <= end && end <= size;
  if (!isInside || !Number.isInteger(start) || !Number.isInteger(end))
    throw new SourceError(
      'SHORT_READ',
      `the bytes ${start} to ${end} are not in its ${size} bytes`,
    );
}

function factsOf({
  known,
  stats,
}: Ranges): Pick<Blob, 'contentType' | 'fileName' | 'stats'> {
  const { headers = {} } = known ?? {};
  const fileName = parseFileName(headers['content-disposition']);
  return {
    contentType: () => headers['content-type'] ?? null,
    fileName: () => fileName,
    stats: () => ({ ...stats }),
  };
}
