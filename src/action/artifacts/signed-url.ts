import type { Mask } from './artifact.ts';
import { badAnswer, textOf } from './fields.ts';

/** A mask of a few characters would take them out of every line of the log. */
const MIN_MASKED_CHARACTERS = 8;

/**
 * A URL that a service signed, checked, its signature masked: as it is, as it stands in
 * the URL, and encoded.
 *
 * @param service the origin that gave it: only one without TLS may hand out URLs without
 * @throws SourceError that does not hold the URL
 */
export function acceptSignedUrl(
  value: unknown,
  service: URL,
  mask: Mask,
): string {
  const text = textOf(value, 'the signed URL');
  if (!URL.canParse(text)) throw badAnswer('the signed URL is none');
  const url = new URL(text);
  const signature = url.searchParams.get('sig');
  if (signature !== null)
    for (const form of new Set([
      signature,
      encodeURIComponent(signature),
      /[?&]sig=([^&#]*)/.exec(url.search)?.[1] ?? signature,
    ]))
      if (form.length >= MIN_MASKED_CHARACTERS) mask(form);
  const isPlain = url.protocol === 'http:' && service.protocol === 'http:';
  if (url.protocol !== 'https:' && !isPlain)
    throw badAnswer('the signed URL is not of https');
  if (url.username !== '' || url.password !== '')
    throw badAnswer('the signed URL names a user');
  return url.href;
}
