import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { SourceError } from '../core/bytes/reader.ts';
import {
  failureOf,
  Setback,
  SizeDiffersError,
  unreachable,
} from './blob-failure.ts';
import { parseContentRange } from './blob-headers.ts';
import { BLOB_SOCKETS, ETAG_MAX_CHARACTERS } from './blob-limits.ts';
import { ask, bodyOf, codeOf, STALLED, WireError } from './blob-request.ts';
import type { Wire } from './blob-request.ts';
import type { Signer } from './blob-url.ts';

/** What the first answer said of the blob: all further ones have to say the same. */
export interface Known {
  readonly sizeBytes: number;
  readonly etag: string | null;
  readonly headers: IncomingHttpHeaders;
}

/** What the requests of one blob have in common, and what they found out. */
export interface Ranges {
  readonly wire: Wire;
  readonly signer: Signer;
  readonly now: () => number;
  readonly slots: Slots;
  readonly stats: { requests: number; bytes: number };
  known: Known | null;
}

/**
 * The bytes of `[start, end)` by one request, in pieces of bounded size.
 *
 * @throws Setback when it may be tried again from the byte reached; SourceError else
 */
export async function* requestRange(
  ranges: Ranges,
  start: number,
  end: number,
): AsyncGenerator<Uint8Array> {
  const { wire, slots, stats } = ranges;
  const free = await unlessClosed(wire.closed, slots.take());
  try {
    const answer = await answerTo(ranges, start, end);
    let at = start;
    for await (const piece of broken(answer, wire.timeouts.stallMs)) {
      stats.bytes += piece.length;
      const wanted = piece.subarray(0, end - at);
      at += wanted.length;
      if (wanted.length > 0) yield wanted;
      if (wanted.length < piece.length)
        throw new SourceError(
          'BAD_RANGE',
          `the store sent more than the ${end - start} bytes that it promised`,
        );
    }
    if (at < end) throw cut(`${at - start} of ${end - start} bytes came`);
  } finally {
    free();
  }
}

/** The answer whose body are the bytes asked for. */
async function answerTo(
  ranges: Ranges,
  start: number,
  end: number,
): Promise<IncomingMessage> {
  const { wire, signer, stats, known } = ranges;
  const signed = await unlessClosed(wire.closed, signer.current());
  const headers: Record<string, string> = {
    accept: '*/*',
    'accept-encoding': 'identity',
    'user-agent': 'checkpoint-gate',
    // The only other form that these stores know is `a-`: no last n bytes.
    range: `bytes=${start}-${end - 1}`,
  };
  if (known !== null && isStrong(known.etag)) headers['if-match'] = known.etag;
  stats.requests += 1;
  const answer = await ask(wire, signed.url, headers).catch(noAnswer);
  if (answer.statusCode !== 206) {
    const { stallMs } = wire.timeouts;
    const failure = await failureOf(answer, {
      ...signed,
      stallMs,
      nowMs: ranges.now(),
      sizeBytes: known?.sizeBytes ?? end,
    });
    if (failure instanceof Setback && failure.kind === 'refusal')
      signer.drop(signed);
    throw failure;
  }
  try {
    ranges.known = agreed(answer.headers, start, end, ranges.known);
  } catch (error) {
    answer.destroy();
    throw error;
  }
  return answer;
}

/** RFC 9110, 13.1.1: weak tags never match. */
function isStrong(etag: string | null): etag is string {
  return (
    etag !== null &&
    etag.length <= ETAG_MAX_CHARACTERS &&
    /^"[\x21\x23-\x7e]*"$/.test(etag)
  );
}

/** Holds the headers of a 206 against what was asked for and what is known. */
function agreed(
  headers: IncomingHttpHeaders,
  start: number,
  end: number,
  known: Known | null,
): Known {
  const range = parseContentRange(headers['content-range']);
  const etag = headers.etag ?? null;
  if (range === null)
    throw new SourceError(
      'BAD_RANGE',
      'the store does not say which range it gave',
    );
  const { sizeBytes } = range;
  if (known !== null && sizeBytes !== known.sizeBytes)
    throw new SourceError(
      'CHANGED',
      `it was replaced while it was read: ${known.sizeBytes} bytes became ${sizeBytes}`,
    );
  if (known !== null && known.etag !== null && etag !== known.etag)
    throw new SourceError('CHANGED', 'it was replaced while it was read');
  if (range.start !== start || range.end !== Math.min(end, sizeBytes))
    throw new SourceError(
      'BAD_RANGE',
      `the store gave the bytes ${range.start} to ${range.end} in place of ${start} to ${end}`,
    );
  refuseOtherBody(headers, end - start);
  // Only the first range asked for reaches to the size that was thought.
  if (known === null && sizeBytes !== end)
    throw new SizeDiffersError(sizeBytes);
  return known ?? { sizeBytes, etag, headers };
}

function refuseOtherBody(headers: IncomingHttpHeaders, most: number): void {
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding.toLowerCase() !== 'identity')
    throw new SourceError(
      'BAD_RANGE',
      'the store gave the range in an encoding that was not asked for',
    );
  if (Number(headers['content-length'] ?? 0) > most)
    throw new SourceError(
      'BAD_RANGE',
      `the store means to send more than the ${most} bytes asked for`,
    );
}

/** The body, with what breaks it told as a setback. */
async function* broken(
  answer: IncomingMessage,
  stallMs: number,
): AsyncGenerator<Uint8Array> {
  try {
    yield* bodyOf(answer, stallMs);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    throw error.code === STALLED
      ? stalled()
      : cut(`the connection broke: ${error.code}`);
  }
}

function noAnswer(error: unknown): never {
  if (!(error instanceof WireError))
    throw new SourceError(
      'UNREACHABLE',
      `no request can be made of the signed URL (${codeOf(error)})`,
    );
  if (error.code === STALLED) throw stalled();
  // A kept connection that the store had closed meanwhile is no sign of trouble.
  const waitMs = error.isStale ? 0 : null;
  throw unreachable(`the store was not reached (${error.code})`, waitMs);
}

function cut(cause: string): Setback {
  return new Setback(
    'fault',
    new SourceError(
      'SHORT_BODY',
      `the store's answer was cut short (${cause})`,
    ),
  );
}

function stalled(): Setback {
  return new Setback(
    'fault',
    new SourceError('STALLED', 'the store fell silent'),
  );
}

/** What `promise` gives, or a rejection as soon as all is closed. */
export function unlessClosed<T>(
  closed: AbortSignal,
  promise: Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = () => {
      reject(closedError());
    };
    if (closed.aborted) end();
    closed.addEventListener('abort', end);
    promise.then(resolve, reject).finally(() => {
      closed.removeEventListener('abort', end);
    });
  });
}

/** What reading ends in after `close`. */
export function closedError(): SourceError {
  return new SourceError('CLOSED', 'it was closed while it was read');
}

/** Lets so many requests at once be under way, so that none is timed while it waits. */
export interface Slots {
  /** Gives what frees the slot again. */
  readonly take: () => Promise<() => void>;
}

export function openSlots(): Slots {
  let free = BLOB_SOCKETS;
  const waiting: (() => void)[] = [];
  const release = () => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };
  return {
    take: async () => {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      return release;
    },
  };
}
