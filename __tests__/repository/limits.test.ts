import { expect, test } from '@jest/globals';
import { readText } from '../../scripts/check-catalogue.mjs';
import {
  CONFIG_BESIDE_TENSORS,
  CONFIG_NAMES_MAX,
} from '../../src/core/bytes/config-limits.ts';
import {
  CHECKPOINTS_MAX,
  GLOB_MAX_BRACES,
  GLOB_MAX_CHARACTERS,
  GLOB_MAX_CHOICES,
  GLOB_MAX_GLOBSTARS,
  GLOB_MAX_STARS,
  HEAD_BYTES,
  JSON_MAX_BYTES,
  JSON_MAX_DEPTH,
  JSON_MAX_VALUES,
  PICKLE_LIMITS,
  PICKLE_MAX_BYTES,
  SAFETENSORS_MAX_ENTRIES,
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
    `more than ${CHECKPOINTS_MAX.toLocaleString('en')} checkpoints below`,
  );
  expect(readme).toContain(
    `A safetensors header, a configuration or an index above ${jsonMiB} MiB is`,
  );
  expect(readme).toContain(
    `a header of more than ${SAFETENSORS_MAX_ENTRIES.toLocaleString('en')} tensors`,
  );
  expect(readme).toContain(
    `${JSON_MAX_VALUES.toLocaleString('en')} values or ${JSON_MAX_DEPTH} levels`,
  );
  expect(readme).toContain(
    `pickle is above ${PICKLE_MAX_BYTES / KIB / KIB} MiB or takes more than ${PICKLE_LIMITS.maxOperations.toLocaleString('en')} operations or ${PICKLE_LIMITS.maxObjects.toLocaleString('en')} objects`,
  );
  const { target_modules: targets, modules_to_save: saved } = CONFIG_NAMES_MAX;
  expect(readme).toContain(
    `more than ${targets?.toLocaleString('en')} names in \`target_modules\` or a pattern of ranks, or ${saved?.toLocaleString('en')} in \`modules_to_save\``,
  );
  expect(readme).toContain(
    `one above ${CONFIG_BESIDE_TENSORS.maxBytes / KIB / KIB} MiB beside more than ${CONFIG_BESIDE_TENSORS.maxTensors.toLocaleString('en')} tensors`,
  );
  expect([GLOB_MAX_GLOBSTARS, GLOB_MAX_STARS, GLOB_MAX_BRACES]).toEqual([
    4, 4, 4,
  ]);
  expect(readme).toContain(
    `${GLOB_MAX_CHARACTERS.toLocaleString('en')} characters, \`**\` four times, \`*\` four times in one name, four pairs of braces and ${GLOB_MAX_CHOICES} commas`,
  );
  expect(readme).toContain(
    `${WALK_MAX_ENTRIES.toLocaleString('en')} entries and ${WALK_MAX_DEPTH} levels`,
  );
  expect(readme).toContain(`at most its header and ${HEAD_BYTES / KIB} KiB`);
});
