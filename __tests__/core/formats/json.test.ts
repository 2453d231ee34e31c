import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  asObject,
  asString,
  asUnsigned,
  findRepeatedKey,
  member,
} from '../../../src/core/formats/json/access.ts';
import { parseJson } from '../../../src/core/formats/json/parse.ts';
import type {
  JsonDialect,
  JsonNode,
} from '../../../src/core/formats/json/types.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const DIALECTS: readonly JsonDialect[] = ['python', 'serde'];

/** The node as JSON.parse would give it. */
function plain(node: JsonNode): unknown {
  switch (node.kind) {
    case 'object':
      return Object.fromEntries(
        node.entries.map(({ key, node: value }) => [key, plain(value)]),
      );
    case 'array':
      return node.items.map(plain);
    case 'number':
      return Number(node.lexeme);
    case 'null':
      return null;
    default:
      return node.value;
  }
}

function outcome(text: string | Uint8Array, dialect: JsonDialect): string {
  const content = typeof text === 'string' ? bytes(text) : text;
  const read = parseJson(content, dialect);
  return read.ok ? 'ok' : `${read.defect.code} at ${read.defect.at}`;
}

describe('a document', () => {
  test.each([
    ['', 'empty at 0'],
    [' \n\t\r ', 'empty at 5'],
    ['{"a":1}', 'ok'],
    [' [1, 2.5e-3, -0, "é", true, false, null] \n', 'ok'],
    ['{', 'truncated at 1'],
    ['{"a"', 'truncated at 4'],
    ['{"a":', 'truncated at 5'],
    ['{"a":1', 'truncated at 6'],
    ['{"a":1,', 'truncated at 7'],
    ['"a', 'truncated at 2'],
    ['"\\', 'truncated at 2'],
    ['"\\u12', 'truncated at 5'],
    ['tru', 'truncated at 3'],
    ['-', 'truncated at 1'],
    ['1.', 'truncated at 2'],
    ['1e+', 'truncated at 3'],
    ['\uFEFF{}', 'byte-order-mark at 0'],
    ['{"a":1,}', 'unexpected at 7'],
    ['[1,]', 'unexpected at 3'],
    ['[1 2]', 'unexpected at 3'],
    ["{'a':1}", 'unexpected at 1'],
    ['{1:2}', 'unexpected at 1'],
    ['// comment', 'unexpected at 0'],
    ['"é" x', 'trailing at 5'],
    ['{}{}', 'trailing at 2'],
    ['{}\0', 'trailing at 2'],
    ['"\n"', 'invalid-string at 1'],
    ['"\\x"', 'invalid-string at 2'],
    ['"\\u12g4"', 'invalid-string at 3'],
    ['01', 'invalid-number at 0'],
    ['-a', 'invalid-number at 0'],
    ['1.x', 'invalid-number at 0'],
  ])('%j: %s, to Python and to serde', (text, expected) => {
    for (const dialect of DIALECTS)
      expect(outcome(text, dialect)).toBe(expected);
  });

  test.each([
    ['NaN', 'ok', 'unexpected at 0'],
    ['[-Infinity, Infinity]', 'ok', 'invalid-number at 1'],
    ['1e400', 'ok', 'invalid-number at 0'],
    ['"\\ud800"', 'ok', 'invalid-string at 8'],
    ['"\\ud83d\\ude00"', 'ok', 'ok'],
  ])('%j: %s to Python, %s to serde', (text, python, serde) => {
    expect(outcome(text, 'python')).toBe(python);
    expect(outcome(text, 'serde')).toBe(serde);
  });

  test('that is not UTF-8 says where', () => {
    const text = new Uint8Array([...bytes('{"é":"'), 0xff, 0x22, 0x7d]);
    expect(outcome(text, 'serde')).toBe('invalid-utf8 at 7');
  });

  test.each([
    ['lists', '[', ']'],
    ['objects', '{"a":', '}'],
  ])('nests %s as deep as serde_json, no deeper', (_name, open, close) => {
    const nested = (depth: number) =>
      `${open.repeat(depth - 1)}${open === '[' ? '[]' : '{}'}${close.repeat(depth - 1)}`;
    expect(outcome(nested(127), 'serde')).toBe('ok');
    expect(outcome(nested(128), 'serde')).toMatch(/^too-deep/);
    expect(outcome(nested(100_000), 'serde')).toMatch(/^too-deep/);
    expect(outcome(open.repeat(100_000), 'serde')).toMatch(/^too-deep/);
  });
});

describe('what JSON.parse loses', () => {
  const read = (text: string): JsonNode => {
    const result = parseJson(bytes(text), 'python');
    if (!result.ok) throw new Error(result.defect.code);
    return result.value;
  };

  test('repeated keys are kept, and the last one counts', () => {
    const node = read('{"a":"first","b":1,"a":"last"}');
    expect(asString(member(node, 'a'))).toBe('last');
    expect(asString(asObject(node)?.get('a'))).toBe('last');
    expect(node.kind === 'object' && findRepeatedKey(node)).toBe('a');
  });

  test('__proto__ and constructor are keys like others', () => {
    const node = read('{"__proto__":"x","constructor":"y"}');
    expect([...(asObject(node)?.keys() ?? [])]).toEqual([
      '__proto__',
      'constructor',
    ]);
  });

  test.each([
    ['0', 0],
    ['999999999999999', 999999999999999],
    ['9007199254740991', 9007199254740991],
    ['9007199254740993', 9007199254740993n],
    ['18446744073709551615', 18446744073709551615n],
    ['18446744073709551616', null],
    ['-1', null],
    ['-0', null],
    ['2.0', null],
    ['2e0', null],
    ['"2"', null],
  ])('%s as an unsigned integer is %s', (text, expected) => {
    expect(asUnsigned(read(text))).toBe(expected);
  });
});

describe('for any value', () => {
  test('its JSON reads as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = JSON.stringify(value);
        for (const dialect of DIALECTS) {
          const read = parseJson(bytes(text), dialect);
          expect(read.ok && plain(read.value)).toEqual(JSON.parse(text));
        }
      }),
    );
  });

  test('a cut that takes more than white space is a defect', () => {
    const objects = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }));
    fc.assert(
      fc.property(objects, fc.nat(), (value, at) => {
        const text = JSON.stringify(value, null, 1);
        const cut = text.slice(0, at % text.length);
        for (const dialect of DIALECTS)
          expect(outcome(cut, dialect)).toMatch(/^(?:truncated|empty)/);
      }),
    );
  });

  test('random bytes neither throw nor hang', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (content) => {
        for (const dialect of DIALECTS)
          expect(typeof outcome(content, dialect)).toBe('string');
      }),
      { numRuns: 500 },
    );
  });
});
