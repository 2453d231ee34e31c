import { formatCount, formatNumber } from '../wording.ts';

/** `1,234 bytes`, exact: what a reader compares with `ls -l`. */
export function exactBytes(bytes: number): string {
  return formatCount(bytes, 'byte');
}

/** `1,234 of 5,678 bytes`. */
export function partOfBytes(part: number, whole: number): string {
  return `${formatNumber(part)} of ${exactBytes(whole)}`;
}

/** actions/upload-artifact: hidden files since v4.4 unless asked for, empty folders ever. */
export const UPLOAD_LOSSES =
  'An upload also leaves out empty folders, and names that begin with a dot unless `include-hidden-files: true` is set: what is not here may have been lost on the way.';
