import { describe, expect, test } from '@jest/globals';
import { absentOf } from '../../../../src/core/layout/peft/shapes.ts';
import type { AdapterMeaning } from '../../../../src/core/layout/peft/meaning.ts';
import {
  findTypeRule,
  typesWith,
} from '../../../../src/core/layout/peft/table.ts';
import { unaccountedFor } from '../../../../src/core/layout/peft/whole.ts';
import { survey } from '../../../../src/core/survey.ts';
import { RUNNABLE_IDS, sourceOf, withCase } from '../../../helpers/corpus.ts';

/** Adapters that PEFT wrote and that nobody changed. */
const HEALTHY = RUNNABLE_IDS.filter((id) => id.startsWith('peft-'));

/** What PEFT's adapters of a case mean, by the table. */
function meaningsOf(id: string): Promise<readonly (AdapterMeaning | null)[]> {
  return withCase(id, async (laid) => {
    const { runs } = await survey([
      { named: 'case', sources: [sourceOf(laid)] },
    ]);
    const adapters = runs.flatMap(({ checkpoints }) =>
      checkpoints.flatMap((one) => one.adapters),
    );
    return Promise.all(adapters.map((adapter) => adapter.meaning()));
  });
}

const seen = new Set<string>();

describe('what PEFT wrote has its place in the table', () => {
  test.each(HEALTHY)('%s', async (id) => {
    const meanings = await meaningsOf(id);
    expect(meanings.length).toBeGreaterThan(0);
    for (const meaning of meanings) {
      if (meaning === null) throw new Error('no table for its type');
      const { keys, layers, config } = meaning;
      seen.add(config.peftType);
      expect([...keys.misfits]).toEqual([]);
      expect([...keys.names]).toEqual([]);
      expect(unaccountedFor(meaning)).toEqual([]);
      for (const { module, set } of layers)
        expect(absentOf(set, module.tensors)).toEqual([]);
      expect(
        keys.modules.size +
          keys.shared.size +
          keys.prompt.size +
          keys.whole.length,
      ).toBeGreaterThan(0);
    }
  });

  test('and all but a few types are among them', () => {
    expect(seen.size).toBeGreaterThanOrEqual(38);
    for (const type of seen) expect(findTypeRule(type)).not.toBeNull();
  });
});

test('a suffix leads back to its types', () => {
  expect(typesWith(['lora_A.weight'])).toContain('LORA');
  expect(typesWith(['ia3_l'])).toEqual(['IA3']);
  expect(typesWith(['no_such_suffix'])).toEqual([]);
});
