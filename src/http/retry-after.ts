/**
 * How long a `Retry-After` asks to wait, in milliseconds: it gives seconds or a date
 * (RFC 9110, section 10.2.3). `null` where it gives neither, or is not there.
 */
export function parseRetryAfter(
  value: string | undefined,
  nowMs: number,
): number | null {
  const text = value?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  // Date.parse sees a date in many things.
  const until = /^[A-Z][a-z]{2}, \d/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(until) ? null : Math.max(0, until - nowMs);
}
