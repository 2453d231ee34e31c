import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseHeader } from '../../../src/core/formats/safetensors/header.ts';

// What is written as the library writes it is read in one look, and value by value
// where there is a space in it: both have to say the same.
const names = ['a', 'b', 'é', '\u{1f600}', '', '__proto__', '__metadata__'];
const odd = [String.raw`\u0061`, String.raw`\ud800`, '"', '\\', '\n', '\0'];
const integers = ['0', '1', '4096', '999999999999999'];
const oddIntegers = [
  '1000000000000000',
  '9007199254740993',
  '18446744073709551615',
  '18446744073709551616',
  '01',
  '-0',
  '1.0',
  '1e2',
  '',
  'null',
];

/** Mostly of the first, so that whole headers are often plain. */
const mostly = (usual: readonly string[], rare: readonly string[]) =>
  fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...usual) },
    { weight: 1, arbitrary: fc.constantFrom(...rare) },
  );
const integer = mostly(integers, oddIntegers);
const list = (maxLength: number) =>
  fc.array(integer, { maxLength }).map((items) => items.join());
const dtype = mostly(
  ['"F32"', '"BF16"', '"F8_E4M3"'],
  ['"f32"', '"X9"', '{"F32":null}', '4', '"F\\u0033"'],
);
const tensor = fc
  .tuple(mostly(names, odd), dtype, list(20), integer, integer)
  .map(
    ([name, type, shape, begin, end]) =>
      `"${name}":{"dtype":${type},"shape":[${shape}],"data_offsets":[${begin},${end}]}`,
  );
const other = fc.constantFrom(
  '"__metadata__":{"format":"pt"}',
  '"a":["F32",[1],[0,4]]',
  '"a":{"dtype":"F32","shape":[],"data_offsets":[0,4],"more":1}',
  '"a":{"shape":[],"dtype":"F32","data_offsets":[0,4]}',
  '"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]',
  '"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}',
  '',
);
const member = fc.oneof(
  { weight: 8, arbitrary: tensor },
  { weight: 1, arbitrary: other },
);

function read(text: string) {
  const header = parseHeader(new TextEncoder().encode(text));
  if (header.ok || header.defect.code !== 'invalid-json') return header;
  // Where it shows differs by the spaces.
  return header.defect.json.code;
}

test('an entry that is read in one look says what it says value by value', () => {
  fc.assert(
    fc.property(fc.array(member, { maxLength: 6 }), (members) => {
      const text = `{${members.join()}}`;
      expect(read(text)).toEqual(read(text.replaceAll(':', ' :')));
    }),
    { numRuns: 3000 },
  );
});
