import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { readText } from '../../scripts/check-catalogue.mjs';
import { CASE_IDS, readExpected } from '../helpers/corpus.ts';

// The file is our own.
const schema = JSON.parse(readText('docs/report.schema.json')) as object;
const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
const validate = ajv.compile(schema);

/** What is wrong with a report, as texts. */
function errorsOf(report: unknown): string[] {
  validate(report);
  return (validate.errors ?? []).map(
    ({ instancePath, message }) => `${instancePath} ${message ?? ''}`,
  );
}

test.each(CASE_IDS)(
  '%s: the report follows docs/report.schema.json',
  async (id) => {
    expect(errorsOf(await readExpected(id))).toEqual([]);
  },
);

describe('the schema refuses', () => {
  test.each<[string, object]>([
    ['another version', { schema: 2 }],
    ['a verdict that is none', { verdict: 'ok' }],
    ['a field that is not described', { extra: 1 }],
    ['a finding without its parts', { findings: [{ check: 'x' }] }],
  ])('%s', async (_name, change) => {
    const report = await readExpected('founding-case');
    expect(errorsOf({ ...report, ...change })).not.toEqual([]);
  });
});
