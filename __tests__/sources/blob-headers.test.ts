import { expect, test } from '@jest/globals';
import {
  parseContentRange,
  parseFileName,
  parseUnsatisfied,
} from '../../src/sources/blob-headers.ts';

test.each([
  ['bytes 0-99/200', { start: 0, end: 100, sizeBytes: 200 }],
  ['bytes 199-199/200', { start: 199, end: 200, sizeBytes: 200 }],
  ['bytes 0-200/200', null],
  ['bytes 5-4/200', null],
  ['bytes 0-99/*', null],
  ['bytes */200', null],
  ['bytes=0-99/200', null],
  ['items 0-99/200', null],
  ['bytes 0-99/200, bytes 0-99/200', null],
  ['bytes 0-9/9999999999999999', null],
  ['bytes -1-9/20', null],
  ['', null],
  [undefined, null],
])('content-range %s', (value, range) => {
  expect(parseContentRange(value)).toEqual(range);
});

test.each([
  ['bytes */200', 200],
  ['bytes */0', 0],
  ['bytes */*', null],
  ['bytes */99999999999999999', null],
  ['bytes 0-1/200', null],
  [undefined, null],
])('content-range of none, %s', (value, size) => {
  expect(parseUnsatisfied(value)).toBe(size);
});

test.each([
  ['attachment; filename="a.zip"', 'a.zip'],
  ['attachment; filename=a.zip', 'a.zip'],
  ['attachment;filename=a.zip;x=y', 'a.zip'],
  ['attachment; FileName="a.zip"', 'a.zip'],
  ['attachment; filename="a \\"b\\".zip"', 'a "b".zip'],
  ['attachment; filename="../../etc/passwd"', 'passwd'],
  ['attachment; filename="C:\\\\x\\\\a.zip"', 'a.zip'],
  ["attachment; filename=x; filename*=UTF-8''a%20b.zip", 'a b.zip'],
  ["attachment; filename*=utf-8'en'a%2Fb.zip; filename=x", 'b.zip'],
  ["attachment; filename=x; filename*=UTF-8''%E9.zip", 'x'],
  ["attachment; filename=x; filename*=UTF-8''..", 'x'],
  ['attachment; filename=".."', null],
  ['attachment; filename=""', null],
  ['attachment; filename="a/"', null],
  ['attachment', null],
  ['', null],
  [undefined, null],
])('content-disposition %s', (value, name) => {
  expect(parseFileName(value)).toBe(name);
});
