import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readFile } from 'node:fs/promises';
import { CHECKS } from '../../src/core/checks/index.ts';
import { inspect } from '../../src/core/inspect.ts';
import type { Verdict } from '../../src/core/types.ts';
import { adapterConfig } from '../builders/checkpoint.ts';
import { caseUrl } from '../helpers/corpus.ts';
import { memorySource } from '../helpers/memory-source.ts';
import type { CaseFiles } from '../helpers/memory-source.ts';

async function verdictOf(files: CaseFiles): Promise<Verdict> {
  const { verdict } = await inspect({
    targets: [{ named: 'run', sources: [memorySource('run', files)] }],
    options: { expect: 'auto', require: 'all' },
    checks: CHECKS,
  });
  return verdict;
}

/** The files of a corpus case that lie directly in its root. */
async function filesOf(
  id: string,
  names: readonly string[],
): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {};
  for (const name of names)
    files[name] = new Uint8Array(
      await readFile(new URL(`tree/${name}`, caseUrl(id))),
    );
  return files;
}

/** Up to here every length is cut at. */
const WHOLE_BYTES = 4096;

/** Lengths to cut at: all of a small file; of others both ends and a stride. */
function lengthsOf(bytes: Uint8Array): number[] {
  const edge = 300;
  // Prime, so that it hits every alignment.
  const stride = bytes.length <= WHOLE_BYTES ? 1 : 37;
  return [...Array(bytes.length).keys()].filter(
    (at) => at < edge || at >= bytes.length - edge || at % stride === 0,
  );
}

const CONFIG = 'adapter_config.json';

describe('a file that is cut', () => {
  test.each([
    ['peft-lora', 'adapter_model.safetensors', [CONFIG]],
    ['peft-lora-bin', 'adapter_model.bin', [CONFIG]],
    ['peft-lora', CONFIG, ['adapter_model.safetensors']],
    ['model-single', 'model.safetensors', ['config.json']],
    ['model-single', 'config.json', ['model.safetensors']],
    ['model-bin', 'pytorch_model.bin', ['config.json']],
    [
      'model-sharded',
      'model.safetensors.index.json',
      [
        'config.json',
        'model-00001-of-00003.safetensors',
        'model-00002-of-00003.safetensors',
        'model-00003-of-00003.safetensors',
      ],
    ],
  ])('fails at any length: %s %s', async (id, name, others) => {
    const files = await filesOf(id, [name, ...others]);
    const whole = files[name] ?? new Uint8Array();
    expect(await verdictOf(files)).not.toBe('fail');
    // What a cut takes off JSON may be white space only: then nothing is lost.
    const end = name.endsWith('.json')
      ? new TextDecoder().decode(whole).trimEnd().length
      : whole.length;
    for (const length of lengthsOf(whole.slice(0, end))) {
      const cut = { ...files, [name]: whole.slice(0, length) };
      expect({ length, verdict: await verdictOf(cut) }).toEqual({
        length,
        verdict: 'fail',
      });
    }
  });

  test('fails at any length: torch legacy weights', async () => {
    const files = await filesOf('damaged-bin-legacy', [
      CONFIG,
      'adapter_model.bin',
    ]);
    const whole = files['adapter_model.bin'] ?? new Uint8Array();
    for (const length of lengthsOf(whole)) {
      const cut = { ...files, 'adapter_model.bin': whole.slice(0, length) };
      expect({ length, verdict: await verdictOf(cut) }).toEqual({
        length,
        verdict: 'fail',
      });
    }
  });
});

test.each(['adapter_model.safetensors', 'adapter_model.bin'])(
  'random bytes as %s never throw and never pass',
  async (name) => {
    const content = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      // Past the first magic bytes, too.
      fc
        .tuple(
          fc.constantFrom(
            [0x50, 0x4b, 3, 4],
            [0x80, 2],
            [40, 0, 0, 0, 0, 0, 0, 0, 0x7b],
            [0x1f, 0x8b],
          ),
          fc.uint8Array({ maxLength: 300 }),
        )
        .map(([start, rest]) => new Uint8Array([...start, ...rest])),
    );
    await fc.assert(
      fc.asyncProperty(content, async (bytes) => {
        const files = { [CONFIG]: adapterConfig(), [name]: bytes };
        expect(await verdictOf(files)).not.toBe('pass');
      }),
      { numRuns: 500 },
    );
  },
);

test('random bytes as a configuration never throw and never pass', async () => {
  const files = await filesOf('peft-lora', ['adapter_model.safetensors']);
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      expect(await verdictOf({ ...files, [CONFIG]: bytes })).not.toBe('pass');
    }),
    { numRuns: 300 },
  );
});
