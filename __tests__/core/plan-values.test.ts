import { describe, expect, test } from '@jest/globals';
import { tensorNotFinite } from '../../src/core/checks/trained/tensor-not-finite.ts';
import { inspect } from '../../src/core/inspect.ts';
import type { InspectOptions, Report } from '../../src/core/types.ts';
import {
  adapterConfig,
  adapterFiles,
  adapterWeights,
  modelFiles,
} from '../builders/checkpoint.ts';
import { floats } from '../builders/floats.ts';
import { safetensors } from '../builders/safetensors.ts';
import { inspectWith } from '../helpers/test-check.ts';
import { memorySource } from '../helpers/memory-source.ts';
import type { CaseFiles } from '../helpers/memory-source.ts';

const BYTES = adapterWeights().length;

const steps = (...numbers: readonly number[]): CaseFiles =>
  Object.fromEntries(
    numbers.flatMap((at) => Object.entries(adapterFiles(`checkpoint-${at}`))),
  );

const report = (files: CaseFiles, options: Partial<InspectOptions> = {}) =>
  inspectWith(tensorNotFinite, files, options);

/** Of each checkpoint whether `trained` is answered, or why not. */
function trained({ checkpoints }: Report) {
  return Object.fromEntries(
    checkpoints.map(({ path, answers }) => [
      path.replace(/^run\/?/, ''),
      answers.trained.reason ?? answers.trained.value,
    ]),
  );
}

const NAN = {
  'adapter_config.json': adapterConfig(),
  'adapter_model.safetensors': safetensors({
    'base_model.model.q_proj.lora_A.weight': floats([1, 2], [NaN, 1]),
    'base_model.model.q_proj.lora_B.weight': floats([2, 1], [1, 1]),
  }),
};

describe('depth', () => {
  test.each(['files', 'headers'] as const)(
    '%s reads no values, and says so',
    async (depth) => {
      const one = await report(NAN, { depth });
      expect(one.findings).toEqual([]);
      expect(trained(one)).toEqual({
        '': `values are not read with \`depth: ${depth}\``,
      });
      expect(one.headline).toMatch(/trained .*not checked/);
    },
  );

  test.each(['auto', 'values'] as const)(
    '%s reads those of adapters',
    async (depth) => {
      expect(trained(await report(adapterFiles(), { depth }))).toEqual({
        '': 'yes',
      });
      expect((await report(NAN, { depth })).verdict).toBe('fail');
    },
  );

  test('those of models are read with `values` alone, and never answer yes', async () => {
    expect(trained(await report(modelFiles()))).toEqual({
      '': 'the values of full models are read with `depth: values`',
    });
    expect(trained(await report(modelFiles(), { depth: 'values' }))).toEqual({
      '': 'the numbers of a model were looked at; whether it was trained they do not tell',
    });
  });
});

describe('max-bytes', () => {
  test('whole checkpoints, the newest first', async () => {
    const one = await report(steps(2, 4, 10), { maxBytes: 2 * BYTES });
    expect(trained(one)).toEqual({
      'checkpoint-2': `its values take ${BYTES} bytes, and of the ${2 * BYTES} bytes that are read (max-bytes) newer checkpoints leave 0 bytes`,
      'checkpoint-4': 'yes',
      'checkpoint-10': 'yes',
    });
    expect(one.verdict).toBe('pass');
    expect(one.headline).toBe(
      'pass; values of 1 checkpoint not read (max-bytes); trained of 1 checkpoint not checked',
    );
  });

  test('one byte too few is too few', async () => {
    expect(trained(await report(steps(2), { maxBytes: BYTES }))).toEqual({
      'checkpoint-2': 'yes',
    });
    expect(trained(await report(steps(2), { maxBytes: BYTES - 1 }))).toEqual({
      'checkpoint-2': expect.stringMatching(/^its values take /),
    });
  });

  test('one that is too large leaves its room to the next', async () => {
    const large = {
      ...steps(2),
      'checkpoint-4/adapter_config.json': adapterConfig(),
      'checkpoint-4/adapter_model.safetensors': safetensors({
        a: { shape: [4096] },
      }),
    };
    expect(trained(await report(large, { maxBytes: BYTES }))).toEqual({
      'checkpoint-2': 'yes',
      'checkpoint-4': expect.stringMatching(/leave \d+ bytes$/),
    });
  });

  test('a NaN of a checkpoint that is left out is not found, and not denied', async () => {
    const files = {
      ...steps(4),
      'checkpoint-2/adapter_config.json': NAN['adapter_config.json'],
      'checkpoint-2/adapter_model.safetensors':
        NAN['adapter_model.safetensors'],
    };
    const one = await report(files, { maxBytes: BYTES });
    expect(one.findings).toEqual([]);
    expect(trained(one)['checkpoint-2']).toMatch(/^its values take /);
    expect((await report(files)).verdict).toBe('fail');
  });

  test('of several runs the newest of each come first', async () => {
    const files = {
      ...prefixed('a', steps(1, 2)),
      ...prefixed('b', steps(1, 2)),
    };
    const one = await report(files, { maxBytes: 3 * BYTES });
    expect(
      Object.entries(trained(one)).filter(([, said]) => said === 'yes'),
    ).toEqual([
      ['a/checkpoint-1', 'yes'],
      ['a/checkpoint-2', 'yes'],
      ['b/checkpoint-2', 'yes'],
    ]);
    expect(one.headline).toContain(
      'values of 1 checkpoint not read (max-bytes)',
    );
  });

  test('models that `auto` passes over take no room', async () => {
    const files = {
      ...prefixed('a', modelFiles()),
      ...prefixed('b', steps(1)),
    };
    expect(trained(await report(files, { maxBytes: BYTES }))).toMatchObject({
      'b/checkpoint-1': 'yes',
    });
  });
});

test('by default 4 GiB are read at depth auto', async () => {
  const { options } = await inspect({
    targets: [{ named: 'run', sources: [memorySource('run', adapterFiles())] }],
    options: { expect: 'auto', require: 'all' },
    checks: [],
  });
  expect(options).toMatchObject({ depth: 'auto', maxBytes: 4 * 2 ** 30 });
});

test.each([
  ['an empty checkpoint', { 'checkpoint-2': null }, 'no weights were found'],
  [
    'weights that no one can open',
    {
      'adapter_config.json': adapterConfig(),
      'adapter_model.safetensors': { error: 'EIO' },
    },
    /EIO/,
  ],
  [
    'a start whose values are like any others',
    {
      ...adapterFiles(),
      'adapter_config.json': adapterConfig({ init_lora_weights: 'pissa' }),
    },
    /untrained adapter of type LORA with this start/,
  ],
  [
    'a tensor whose numbers are not looked at',
    {
      'adapter_config.json': adapterConfig(),
      'adapter_model.safetensors': safetensors({
        a: { dtype: 'F6_E2M3', shape: [4], bytes: new Uint8Array(3) },
      }),
    },
    /the values of 1 tensor of adapter_model\.safetensors were not looked at: numbers of the type F6_E2M3 are not looked at$/,
  ],
  [
    'a file whose header is broken',
    {
      'adapter_config.json': adapterConfig(),
      'adapter_model.safetensors': new Uint8Array(20),
    },
    /which tensors adapter_model\.safetensors holds could not be told/,
  ],
  [
    'a configuration that is broken',
    { ...adapterFiles(), 'adapter_config.json': '{' },
    /the configuration in run could not be read/,
  ],
] satisfies readonly (readonly [string, CaseFiles, string | RegExp])[])(
  '%s: `trained` is not answered with yes',
  async (_name, files, reason) => {
    const [only] = (await report(files)).checkpoints;
    expect(only?.answers.trained).toEqual({
      value: 'not checked',
      reason: expect.stringMatching(reason),
    });
  },
);

/** The same files in a folder. */
function prefixed(folder: string, files: CaseFiles): CaseFiles {
  return Object.fromEntries(
    Object.entries(files).map(([path, content]) => [
      `${folder}/${path}`,
      content,
    ]),
  );
}
