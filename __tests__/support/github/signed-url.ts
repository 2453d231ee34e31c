import { createHmac } from 'node:crypto';

const KEY = 'a key of the test';

interface Signing {
  readonly origin: string;
  readonly path: string;
  /** `r` to read, `cw` to create and write. */
  readonly permissions: 'r' | 'cw';
  readonly seconds: number;
  readonly fileName?: string;
  readonly contentType?: string;
}

/** A URL with a signature like Azure's user-delegation SAS. */
export function signUrl(signing: Signing): string {
  const { origin, path, permissions, seconds, fileName, contentType } = signing;
  const url = new URL(path, origin);
  const now = Date.now();
  const query = url.searchParams;
  if (fileName !== undefined)
    query.set('rscd', `attachment; filename="${fileName}"`);
  if (contentType !== undefined) query.set('rsct', contentType);
  query.set('se', new Date(now + seconds * 1000).toISOString());
  query.set('sig', signature(path, permissions, query));
  query.set('sp', permissions);
  query.set('spr', 'https');
  query.set('sr', 'b');
  query.set('st', new Date(now - 300_000).toISOString());
  query.set('sv', '2025-11-05');
  return url.href;
}

/** 44 letters of base64, of which the last is `=`. */
function signature(path: string, permissions: string, query: URLSearchParams) {
  const signed = ['rscd', 'rsct', 'se'].map((name) => query.get(name) ?? '');
  return createHmac('sha256', KEY)
    .update([path, permissions, ...signed].join('\n'))
    .digest('base64');
}

/** What is wrong with a URL, in the words of Azure; `null` for nothing. */
export function findUrlDefect(
  url: URL,
  needed: 'r' | 'w',
): { readonly code: string; readonly detail: string } | null {
  const query = url.searchParams;
  const permissions = query.get('sp') ?? '';
  // @azure/storage-blob 12.32 drops the `=` at the end.
  const given = (query.get('sig') ?? '').replace(/=+$/, '');
  const right = signature(url.pathname, permissions, query).replace(/=+$/, '');
  if (given !== right)
    return {
      code: 'AuthenticationFailed',
      detail: 'Signature did not match.',
    };
  const end = query.get('se') ?? '';
  if (Date.parse(end) < Date.now())
    return {
      code: 'AuthenticationFailed',
      detail: `Signature not valid in the specified time frame: Start [${query.get('st') ?? ''}] - Expiry [${end}] - Current [${new Date().toISOString()}]`,
    };
  if (!permissions.includes(needed))
    return {
      code: 'AuthorizationPermissionMismatch',
      detail: 'This request is not authorized to perform this operation.',
    };
  return null;
}
