import type { Logged } from './types.ts';

/** Which requests a fault is for; what is left out matches all. */
interface Match {
  readonly kind?: Logged['kind'];
  /** Of `Logged`. */
  readonly name?: string;
  readonly where?: (request: Logged) => boolean;
  /** Only from the n-th matching request on, counted from 1. */
  readonly nth?: number;
  /** How many requests; by default one where `nth` is given, else all. */
  readonly times?: number;
}

/** What happens to a request or to its answer. */
export type Effect =
  | {
      readonly what: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  /** The connection is reset before a byte of an answer. */
  | { readonly what: 'reset-before' }
  | { readonly what: 'reset-after-bytes'; readonly bytes: number }
  /** Never an answer; the connection stays. */
  | { readonly what: 'stall-before' }
  /** Headers and so many bytes of the body, then nothing more. */
  | { readonly what: 'stall-after-bytes'; readonly bytes: number }
  /** So many bytes less than asked for, in an answer that is well formed. */
  | { readonly what: 'short-body'; readonly bytes: number }
  /** So many bytes more than asked for, in an answer that is well formed. */
  | { readonly what: 'long-body'; readonly bytes: number }
  /** 200 and the whole blob. */
  | { readonly what: 'ignore-range' }
  /** By default one byte further on than what is sent. */
  | { readonly what: 'wrong-content-range'; readonly value?: string }
  | { readonly what: 'no-content-range' }
  /** The blob was written anew before this request, with the same bytes. */
  | { readonly what: 'etag' }
  /** The URL of this request has expired, for all that follow as well. */
  | { readonly what: 'expire-url' }
  | { readonly what: 'delay'; readonly ms: number }
  /** The bits of the byte at this place of the blob are turned over; counts requests that reach it. */
  | { readonly what: 'corrupt-byte'; readonly offset: number };

export type Fault = Match & Effect;

type EffectOf<What extends Effect['what']> = Extract<
  Effect,
  { readonly what: What }
>;

/** The effects on one request. */
export interface Effects {
  readonly find: <What extends Effect['what']>(
    what: What,
  ) => EffectOf<What> | undefined;
  readonly corrupted: readonly number[];
}

export interface Faults {
  readonly set: (faults: readonly Fault[]) => void;
  readonly take: (request: Logged) => Effects;
}

export function createFaults(): Faults {
  let all: { readonly fault: Fault; count: number }[] = [];
  return {
    set: (faults) => {
      all = faults.map((fault) => ({ fault, count: 0 }));
    },
    take: (request) => {
      const taken: Effect[] = [];
      for (const one of all) {
        if (!isMatching(one.fault, request)) continue;
        one.count++;
        if (isDue(one.fault, one.count)) taken.push(one.fault);
      }
      return effectsOf(taken);
    },
  };
}

export function effectsOf(taken: readonly Effect[]): Effects {
  return {
    find: (what) =>
      taken.find(
        (effect): effect is EffectOf<typeof what> => effect.what === what,
      ),
    corrupted: taken.flatMap((effect) =>
      effect.what === 'corrupt-byte' ? effect.offset : [],
    ),
  };
}

function isDue({ nth, times }: Fault, count: number): boolean {
  const first = nth ?? 1;
  const many = times ?? (nth === undefined ? Infinity : 1);
  return count >= first && count < first + many;
}

function isMatching(fault: Fault, request: Logged): boolean {
  if (fault.kind !== undefined && fault.kind !== request.kind) return false;
  if (fault.name !== undefined && fault.name !== request.name) return false;
  if (fault.what === 'corrupt-byte' && !isReaching(request, fault.offset))
    return false;
  return fault.where?.(request) ?? true;
}

function isReaching(request: Logged, offset: number): boolean {
  if (request.kind !== 'blob' || request.method !== 'GET') return false;
  const range = parseRange(request.range);
  return range === null || (range.start <= offset && offset < range.end);
}

/**
 * The two forms that Azure has, `bytes=a-` and `bytes=a-b`; the end is
 * exclusive and may be infinite. `null` for every other, the suffix form among
 * them: Azure's documentation does not say what becomes of one, and HTTP lets a
 * server ignore what it does not understand, so the answer is the whole.
 */
export function parseRange(
  header: string | null,
): { readonly start: number; readonly end: number } | null {
  const match = /^bytes=(\d+)-(\d*)$/.exec(header ?? '');
  if (match === null) return null;
  const start = Number(match[1]);
  const end = match[2] === '' ? Infinity : Number(match[2]) + 1;
  return start < end ? { start, end } : null;
}
