import type { IncomingMessage } from 'node:http';
import { BLOB_ERROR_MAX_BYTES } from '../core/bytes/limits.ts';
import { SourceError } from '../core/bytes/reader.ts';
import { parseRetryAfter } from '../http/retry-after.ts';
import { parseUnsatisfied, storeCode } from './blob-headers.ts';
import { RETRY_AFTER_MAX_MS } from './blob-limits.ts';
import type { SetbackKind } from './blob-limits.ts';
import { bodyOf } from './blob-request.ts';

/** A request that came to nothing and may be made again. */
export class Setback extends Error {
  readonly kind: SetbackKind;
  /** What reading ends in where it is not made again. */
  readonly failure: SourceError;
  /** `null`: longer each time. */
  readonly waitMs: number | null;

  constructor(
    kind: SetbackKind,
    failure: SourceError,
    waitMs: number | null = null,
  ) {
    super(failure.message);
    this.name = 'Setback';
    this.kind = kind;
    this.failure = failure;
    this.waitMs = waitMs;
  }
}

/** The blob has another size than was thought when the range was asked for. */
export class SizeDiffersError extends SourceError {
  readonly sizeBytes: number;

  constructor(sizeBytes: number) {
    super('CHANGED', `the store says that it has ${sizeBytes} bytes`);
    this.name = 'SizeDiffersError';
    this.sizeBytes = sizeBytes;
  }
}

/** What ends reading at once, whatever is tried: code, and words before the status. */
const FINAL: ReadonlyMap<number, readonly [code: string, words: string]> =
  new Map([
    [404, ['NOT_FOUND', 'the store has it no more: it was deleted']],
    [410, ['GONE', 'the store has it no more: it expired']],
    [412, ['CHANGED', 'it was replaced while it was read']],
    [416, ['BAD_RANGE', 'the store has no such range of it']],
  ]);

const FAULTS: readonly number[] = [408, 500, 502, 503, 504];

/** What a request was made with. */
export interface Asked {
  readonly secrets: readonly string[];
  readonly stallMs: number;
  readonly nowMs: number;
  /** That the blob was thought to have. */
  readonly sizeBytes: number;
}

/** What an answer without the bytes that were asked for means. Ends the answer. */
export async function failureOf(
  answer: IncomingMessage,
  { secrets, stallMs, nowMs, sizeBytes }: Asked,
): Promise<SourceError | Setback> {
  const { headers, statusCode: status = 0 } = answer;
  if (status === 200) {
    // The whole blob follows.
    answer.destroy();
    return new SourceError(
      'RANGES_IGNORED',
      'the store gives it whole and no ranges of it',
    );
  }
  const body = await textOf(answer, stallMs);
  const code = storeCode(headers, body, secrets);
  const cause = code === '' ? `${status}` : `${status} ${code}`;
  const trueBytes = parseUnsatisfied(headers['content-range']);
  if (status === 416 && trueBytes !== null && trueBytes !== sizeBytes)
    return new SizeDiffersError(trueBytes);
  const final = FINAL.get(status);
  if (final !== undefined)
    return new SourceError(final[0], `${final[1]} (${cause})`);
  const asked = parseRetryAfter(headers['retry-after'], nowMs);
  const waitMs = asked === null ? null : Math.min(asked, RETRY_AFTER_MAX_MS);
  return setbackOf(status, cause, waitMs) ?? unexpected(status, cause);
}

function unexpected(status: number, cause: string): SourceError {
  // A signed URL leads to the blob itself; elsewhere nobody signed for.
  if (status >= 300 && status < 400)
    return new SourceError(
      'REDIRECTED',
      `the store sends elsewhere, which is not followed (${cause})`,
    );
  return new SourceError(
    'REFUSED',
    `the store's answer is none that reading ranges has (${cause})`,
  );
}

function setbackOf(
  status: number,
  cause: string,
  waitMs: number | null,
): Setback | null {
  if (status === 403)
    return new Setback(
      'refusal',
      new SourceError('FORBIDDEN', `the store refuses access (${cause})`),
      0,
    );
  if (status === 429)
    return new Setback(
      'throttle',
      new SourceError('THROTTLED', `the store asks to wait (${cause})`),
      waitMs,
    );
  return FAULTS.includes(status)
    ? unreachable(`the store failed (${cause})`, waitMs)
    : null;
}

/** No answer, or one that the store itself calls its own failure. */
export function unreachable(
  words: string,
  waitMs: number | null = null,
): Setback {
  return new Setback('fault', new SourceError('UNREACHABLE', words), waitMs);
}

/** The beginning of a body, as text. Failures end it: it only adds to what is known. */
async function textOf(
  answer: IncomingMessage,
  stallMs: number,
): Promise<string> {
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  // Over all of it: the answer is known already, and bytes could come one by one.
  const timer = setTimeout(() => answer.destroy(), stallMs);
  try {
    for await (const piece of bodyOf(answer, stallMs)) {
      pieces.push(piece.subarray(0, BLOB_ERROR_MAX_BYTES - sizeBytes));
      sizeBytes += piece.length;
      if (sizeBytes >= BLOB_ERROR_MAX_BYTES) break;
    }
  } catch {
    // The status was there, and is what matters.
  } finally {
    clearTimeout(timer);
  }
  return Buffer.concat(pieces).toString('utf8');
}
