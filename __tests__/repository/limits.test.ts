import { expect, test } from '@jest/globals';
import { readText } from '../../scripts/check-catalogue.mjs';
import {
  HEAD_BYTES,
  JSON_MAX_BYTES,
  SAFETENSORS_HEADER_READ_MAX_BYTES,
  WALK_MAX_DEPTH,
  WALK_MAX_ENTRIES,
} from '../../src/core/bytes/limits.ts';

const KIB = 1024;

test('the limits that the README states are those of the code', () => {
  const readme = readText('README.md').replace(/\s+/g, ' ');
  const jsonMiB = JSON_MAX_BYTES / KIB / KIB;
  expect(SAFETENSORS_HEADER_READ_MAX_BYTES).toBe(JSON_MAX_BYTES);
  expect(readme).toContain(
    `A safetensors header, a configuration or an index above ${jsonMiB} MiB is`,
  );
  expect(readme).toContain(
    `${WALK_MAX_ENTRIES.toLocaleString('en')} entries and ${WALK_MAX_DEPTH} levels`,
  );
  expect(readme).toContain(`at most its header and ${HEAD_BYTES / KIB} KiB`);
});
