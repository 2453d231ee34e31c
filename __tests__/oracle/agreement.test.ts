import { describe, expect, test } from '@jest/globals';
import {
  TYPES,
  casesOf,
  describeDisagreement,
  disagreementOf,
  inspectType,
  isUndecidable,
} from './sample.ts';

const LEAST_CASES = 300;
/** The types of PEFT 0.21 but X-LoRA, whose folder does not stand alone. */
const LEAST_TYPES = 44;
const LEAST_DAMAGES = 400;

describe('a sample of the oracle’s cases', () => {
  test('holds every type and enough damages', () => {
    const cases = TYPES.flatMap((type) => casesOf(type));
    expect(TYPES.length).toBeGreaterThanOrEqual(LEAST_TYPES);
    expect(cases.length).toBeGreaterThanOrEqual(LEAST_CASES);
    const damages = new Set(cases.map(({ damage }) => damage));
    expect(damages.size).toBeGreaterThanOrEqual(LEAST_DAMAGES);
  });

  test.each(TYPES)('%s: the report says what the library did', async (type) => {
    const inspected = await inspectType(type);
    const disagreeing = inspected.flatMap((one) => {
      const kind = disagreementOf(one);
      return kind === null || isUndecidable(one.case, kind)
        ? []
        : [describeDisagreement(one, kind)];
    });
    expect(disagreeing).toEqual([]);
  });
});
