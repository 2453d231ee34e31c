import { formatCount, formatNumber } from '../wording.ts';

/** `1,234 bytes`, exact: what a reader compares with `ls -l`. */
export function exactBytes(bytes: number): string {
  return formatCount(bytes, 'byte');
}

/** `1,234 of 5,678 bytes`. */
export function partOfBytes(part: number, whole: number): string {
  return `${formatNumber(part)} of ${exactBytes(whole)}`;
}
