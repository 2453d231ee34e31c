/** Digits in groups of three, as all numbers in reports: `1,234`. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 byte`, `1,234 bytes`. */
export function bytesWords(bytes: number): string {
  return `${grouped(bytes)} byte${bytes === 1 ? '' : 's'}`;
}

/** A CRC-32 in the eight digits that tools print. */
export function crcWords(crc32: number): string {
  return (crc32 >>> 0).toString(16).padStart(8, '0');
}
