import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { parseJson } from '../../../src/core/formats/json/parse.ts';
import type { JsonNode } from '../../../src/core/formats/json/types.ts';
import { findRefusedFields } from '../../../src/core/layout/config-fields.ts';

/** What PEFT made of each value of each field, as scripts/corpus/config_values.py measured it. */
interface Measured {
  /** As JSON; `absent`: without the field. */
  readonly values: readonly string[];
  readonly groups: readonly {
    /** Values that raise when loaded or run. */
    readonly refused: readonly string[];
    /** By field, the types that have it so. */
    readonly fields: Readonly<Record<string, string>>;
  }[];
}

const measured = JSON.parse(
  readFileSync(new URL('config-values.json', import.meta.url), 'utf8'),
) as Measured;

const ABSENT = 'absent';

function nodeOf(json: string): JsonNode {
  const read = parseJson(new TextEncoder().encode(json), 'python');
  if (!read.ok) throw new Error(`not JSON: ${json}`);
  return read.value;
}

function isRefused(type: string, field: string, value: string): boolean {
  const fields = new Map(value === ABSENT ? [] : [[field, nodeOf(value)]]);
  return findRefusedFields(type, fields).some((one) => one.field === field);
}

const rows = measured.groups.flatMap(({ refused, fields }) =>
  Object.entries(fields).flatMap(([field, types]) =>
    types.split(' ').flatMap((type) =>
      measured.values.map((value) => ({
        type,
        field,
        value,
        raises: refused.includes(value),
        told: isRefused(type, field, value),
      })),
    ),
  ),
);
const named = (ones: typeof rows) =>
  ones.map(({ type, field, value }) => `${type} ${field} = ${value}`);

describe('findRefusedFields against what PEFT does', () => {
  test('refuses nothing that PEFT takes', () => {
    expect(named(rows.filter(({ raises, told }) => told && !raises))).toEqual(
      [],
    );
  });

  // The rest hangs on the base, on other fields (config-pairs), or is r (peft-types).
  test('tells 4,899 of 6,472 refusals by the value alone', () => {
    const refused = rows.filter(({ raises }) => raises);
    const told = refused.filter((one) => one.told);
    expect([told.length, refused.length]).toEqual([4919, 6472]);
  });
});
