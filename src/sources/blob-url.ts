import { SourceError } from '../core/bytes/reader.ts';

/** A URL that gives access to whoever has it. */
export interface SignedUrl {
  readonly url: URL;
  /** What nothing may hold that others read. */
  readonly secrets: readonly string[];
}

/** Gives signed URLs and takes back those that the store refuses. */
export interface Signer {
  /** @throws SourceError when there is none to be had */
  readonly current: () => Promise<SignedUrl>;
  /** After this, a fresh one is asked for, once for all who were refused with it. */
  readonly drop: (refused: SignedUrl) => void;
}

/** Asks `sign` for a URL when one is needed, and tells `mask` all secrets of it first. */
export function openSigner(
  sign: () => Promise<string>,
  mask: (secret: string) => void,
): Signer {
  let held: Promise<SignedUrl> | null = null;
  let latest: SignedUrl | null = null;
  const fresh = async () => {
    const signed = parseSigned(await askFor(sign), mask);
    latest = signed;
    return signed;
  };
  return {
    current: () => {
      held ??= fresh().catch((error: unknown) => {
        held = null;
        throw error;
      });
      return held;
    },
    drop: (refused) => {
      if (latest === refused) held = null;
    },
  };
}

async function askFor(sign: () => Promise<string>): Promise<string> {
  try {
    return await sign();
  } catch (error) {
    if (error instanceof SourceError) throw error;
    // What it says may hold anything, also the URL.
    throw new SourceError('NOT_SIGNED', 'no signed URL for it could be had');
  }
}

function parseSigned(text: string, mask: (secret: string) => void): SignedUrl {
  const secrets = secretsOf(text);
  for (const secret of secrets) mask(secret);
  // The error that `new URL` throws holds the text.
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:')
    throw new SourceError('BAD_URL', 'what signs it gave no URL of HTTP');
  return { url, secrets };
}

/** The URL, and its signature in every form that a message could show it in. */
function secretsOf(text: string): string[] {
  const secrets = new Set([text]);
  for (const [, raw = ''] of text.matchAll(/[?&]sig=([^&#]*)/gi)) {
    secrets.add(raw);
    const decoded = decodeWhole(raw);
    secrets.add(decoded);
    secrets.add(encodeURIComponent(decoded));
  }
  return [...secrets].filter((secret) => secret !== '');
}

function decodeWhole(raw: string): string {
  try {
    return decodeURIComponent(raw);
  } catch {
    return raw;
  }
}
