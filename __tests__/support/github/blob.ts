import { bytesContent } from './contents.ts';
import { send } from './exchange.ts';
import type { Answer, Exchange } from './exchange.ts';
import { parseRange } from './faults.ts';
import { findUrlDefect } from './signed-url.ts';
import type { Blob, Store } from './store.ts';
import type { Options } from './types.ts';

const VERSION = '2025-11-05';

export interface BlobStore {
  readonly store: Store;
  readonly options: Options;
  /** Paths with their signature, of URLs that a fault let expire. */
  readonly expired: Set<string>;
}

/** Azure's Get Blob, Get Blob Properties, Put Block, Put Block List and Put Blob. */
export async function answerBlob(
  service: BlobStore,
  exchange: Exchange,
): Promise<void> {
  const { method, url, headers } = exchange;
  const isRead = method === 'GET' || method === 'HEAD';
  if (!isRead && method !== 'PUT')
    return refuse(exchange, 405, 'UnsupportedHttpVerb', method);
  // A token beside a signature: Azure takes it for its own kind and refuses.
  if (headers['authorization'] !== undefined)
    return refuse(
      exchange,
      403,
      'AuthenticationFailed',
      'Authorization header',
    );
  const key = keyOf(url);
  if (exchange.effects.find('expire-url')) service.expired.add(key);
  const defect = service.expired.has(key)
    ? { code: 'AuthenticationFailed', detail: 'Signature has expired.' }
    : findUrlDefect(url, isRead ? 'r' : 'w');
  if (defect !== null) return refuse(exchange, 403, defect.code, defect.detail);
  return isRead ? read(service, exchange) : write(service, exchange);
}

function keyOf(url: URL): string {
  return `${url.pathname} ${url.searchParams.get('sig') ?? ''} ${url.searchParams.get('se') ?? ''}`;
}

async function read(
  { store, options }: BlobStore,
  exchange: Exchange,
): Promise<void> {
  const { url, headers, effects, logged } = exchange;
  if (effects.find('etag')) store.touchBlob(url.pathname);
  const blob = store.blob(url.pathname);
  if (blob === null)
    return refuse(exchange, 404, 'BlobNotFound', 'The blob does not exist.');
  const ifMatch = headers['if-match'];
  if (ifMatch !== undefined && ifMatch !== '*' && ifMatch !== blob.etag)
    return refuse(exchange, 412, 'ConditionNotMet', 'If-Match');
  const isWhole =
    options.ignoresRanges || effects.find('ignore-range') !== undefined;
  const range = isWhole ? null : parseRange(logged.range);
  const size = blob.content.sizeBytes;
  if (range !== null && range.start >= size)
    return refuse(exchange, 416, 'InvalidRange', 'Range', {
      'content-range': `bytes */${size}`,
    });
  return send(exchange, answerFor(exchange, blob, range, options.hasEtag));
}

function answerFor(
  { url, effects }: Exchange,
  blob: Blob,
  range: { readonly start: number; readonly end: number } | null,
  hasEtag: boolean,
): Answer {
  const { content } = blob;
  const start = range?.start ?? 0;
  const end = Math.min(range?.end ?? Infinity, content.sizeBytes);
  const disposition = url.searchParams.get('rscd');
  const wrong = effects.find('wrong-content-range');
  const contentRange =
    wrong === undefined
      ? `bytes ${start}-${end - 1}/${content.sizeBytes}`
      : (wrong.value ?? `bytes ${start + 1}-${end}/${content.sizeBytes}`);
  const isRanged =
    range !== null && effects.find('no-content-range') === undefined;
  return {
    status: range === null ? 200 : 206,
    headers: {
      'content-type': url.searchParams.get('rsct') ?? blob.contentType,
      'accept-ranges': 'bytes',
      'last-modified': blob.modified.toUTCString(),
      'x-ms-blob-type': 'BlockBlob',
      'x-ms-version': VERSION,
      ...(hasEtag ? { etag: blob.etag } : {}),
      ...(disposition === null ? {} : { 'content-disposition': disposition }),
      ...(isRanged ? { 'content-range': contentRange } : {}),
    },
    content,
    start,
    end,
  };
}

async function write({ store }: BlobStore, exchange: Exchange): Promise<void> {
  const { url, headers, body } = exchange;
  const path = url.pathname;
  const component = url.searchParams.get('comp');
  const contentType =
    headers['x-ms-blob-content-type'] ??
    headers['content-type'] ??
    'application/octet-stream';
  if (component === 'block') {
    store.putBlock(path, url.searchParams.get('blockid') ?? '', body);
  } else if (component === 'blocklist') {
    const list = body.toString('utf8');
    const ids = [...list.matchAll(/<(Latest|Uncommitted)>([^<]*)<\/\1>/g)];
    const names = ids.map((match) => match[2] ?? '');
    if (!store.commit(path, names, contentType))
      return refuse(exchange, 400, 'InvalidBlockList', 'The block list');
  } else {
    store.putBlob(path, bytesContent(body), contentType);
  }
  const etag = store.blob(path)?.etag;
  return send(exchange, {
    status: 201,
    headers: {
      'x-ms-version': VERSION,
      'x-ms-request-server-encrypted': 'true',
      ...(etag === undefined ? {} : { etag }),
    },
  });
}

/** An error as Azure words it, in XML and in a header. */
function refuse(
  exchange: Exchange,
  status: number,
  code: string,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  const xml = `\uFEFF<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>Server failed to answer.\nRequestId:0\nTime:${new Date().toISOString()}</Message><AuthenticationErrorDetail>${detail}</AuthenticationErrorDetail></Error>`;
  return send(exchange, {
    status,
    headers: {
      'content-type': 'application/xml',
      'x-ms-error-code': code,
      'x-ms-version': VERSION,
      ...headers,
    },
    content: bytesContent(xml),
  });
}
