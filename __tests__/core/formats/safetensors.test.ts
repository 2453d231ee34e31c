import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { HEAD_BYTES } from '../../../src/core/bytes/limits.ts';
import type { ByteReader, Source } from '../../../src/core/bytes/reader.ts';
import { CHECKS } from '../../../src/core/checks/index.ts';
import { safetensorsLoaderErrors } from '../../../src/core/formats/safetensors/loader-errors.ts';
import { readSafetensors } from '../../../src/core/formats/safetensors/read.ts';
import { inspect } from '../../../src/core/inspect.ts';
import { adapterConfig } from '../../builders/checkpoint.ts';
import { safetensors, safetensorsOf } from '../../builders/safetensors.ts';
import type { TensorSpec } from '../../builders/safetensors.ts';
import { countingSource } from '../../helpers/counting-source.ts';
import { memoryReader, memorySource } from '../../helpers/memory-source.ts';

const read = (bytes: Uint8Array) => readSafetensors(memoryReader(bytes));

async function wordsOf(bytes: Uint8Array): Promise<readonly string[] | null> {
  const result = await read(bytes);
  return result.ok ? null : safetensorsLoaderErrors(result.defect);
}

/**
 * What `safetensors.deserialize` of safetensors 0.8.0 says of a file with this
 * header and so many bytes of data: `null` where it reads the file, else its
 * words without their opening.
 */
interface Answer {
  readonly name: string;
  readonly header: string;
  readonly dataBytes: number;
  readonly error: string | null;
}

const answersFile = new URL('safetensors-answers.json', import.meta.url);
// The file is our own.
const ANSWERS = JSON.parse(readFileSync(answersFile, 'utf8')) as Answer[];

describe('accepts and refuses as safetensors 0.8.0 does', () => {
  test.each(ANSWERS)('$name', async ({ header, dataBytes, error }) => {
    const words = await wordsOf(
      safetensorsOf(header, new Uint8Array(dataBytes)),
    );
    expect(words === null).toBe(error === null);
    // Ours is the part of its words that does not depend on the file.
    const [ours = ''] = words ?? [];
    const stem = ours.replace('Error while deserializing header: ', '');
    expect((error ?? '').slice(0, stem.length)).toBe(stem);
  });

  test.each([
    [new Uint8Array(5), 'header too small', 'HeaderTooSmall'],
    [
      safetensorsOf('{}', undefined, 100_000_001),
      'header too large',
      'HeaderTooLarge',
    ],
    [
      safetensorsOf('{}', undefined, 2n ** 64n - 1n),
      'header too large',
      'HeaderTooLarge',
    ],
    [
      safetensorsOf('{}', undefined, 100_000_000),
      'invalid header length',
      'InvalidHeaderLength',
    ],
    [
      safetensorsOf(new Uint8Array([0x7b, 0xff])),
      'invalid UTF-8 in header',
      'InvalidHeader',
    ],
  ])('%#: both spellings', async (bytes, newer, older) => {
    const prefix = 'Error while deserializing header: ';
    expect(await wordsOf(bytes)).toEqual([prefix + newer, prefix + older]);
  });
});

test('a header above our own cap is not read, and is no fault of the file', async () => {
  const headerBytes = 50_000_000;
  const reader = madeUpReader(headerBytes + 8, headerBytes);
  const result = await readSafetensors(reader);
  expect(result).toEqual({
    ok: false,
    defect: { code: 'not-read', headerBytes },
  });
  expect(safetensorsLoaderErrors({ code: 'not-read', headerBytes })).toEqual(
    [],
  );
});

/** A file that is only claimed: its header length, `{`, then spaces. */
function madeUpReader(size: number, headerBytes: number): ByteReader {
  return {
    size,
    access: 'random',
    read: (start, length) => {
      const bytes = new Uint8Array(length).fill(0x20);
      if (start === 0) {
        new DataView(bytes.buffer).setBigUint64(0, BigInt(headerBytes), true);
        bytes[8] = 0x7b;
      }
      return Promise.resolve(bytes);
    },
    stream: () => {
      throw new Error('nobody reads the tensors');
    },
    close: () => Promise.resolve(),
  };
}

describe('reads no more than it must', () => {
  const lora = (layers: number, width: number) => {
    const tensors: Record<string, TensorSpec> = {};
    for (let at = 0; at < layers; at++) {
      const path = `base_model.model.model.layers.${at}.self_attn.q_proj`;
      tensors[`${path}.lora_A.weight`] = { shape: [2, width] };
      tensors[`${path}.lora_B.weight`] = { shape: [width, 2] };
    }
    return safetensors(tensors);
  };

  test.each([
    ['a small file', lora(1, 20_000)],
    ['a header of 61 KB', lora(224, 100)],
  ])('%s, through the whole inspection', async (_name, weights) => {
    const headerBytes = Number(
      new DataView(weights.buffer).getBigUint64(0, true),
    );
    const { source, counts } = countingSource(
      memorySource('run', {
        'adapter_config.json': adapterConfig(),
        'adapter_model.safetensors': weights,
      }),
    );
    const report = await inspect({
      targets: [{ named: 'run', sources: [source] }],
      options: { expect: 'auto', require: 'all', depth: 'headers' },
      checks: CHECKS,
    });
    expect(report.verdict).toBe('pass');
    const count = counts.get('adapter_model.safetensors');
    expect(count?.bytes).toBeLessThanOrEqual(headerBytes + HEAD_BYTES);
    expect(count?.reads).toBeLessThanOrEqual(2);
    expect(weights.length).toBeGreaterThan(headerBytes + HEAD_BYTES);
  });

  test('of a model of 7 GB, as little', async () => {
    const header = JSON.stringify({
      weight: { dtype: 'U8', shape: [7e9], data_offsets: [0, 7e9] },
    });
    const start = safetensorsOf(header);
    const files: Source = memorySource('run', { 'config.json': '{}' });
    const listing = await files.list();
    const path = 'model.safetensors';
    const sizeBytes = start.length + 7e9;
    const whole: Source = {
      ...files,
      list: () =>
        Promise.resolve({
          entries: [...listing.entries, { path, kind: 'file', sizeBytes }],
          unlisted: [],
        }),
      open: (wanted) =>
        wanted === path
          ? Promise.resolve({
              ...memoryReader(
                new Uint8Array([...start, ...Array<number>(9000).fill(1)]),
              ),
              size: sizeBytes,
            })
          : files.open(wanted),
    };
    const { source, counts } = countingSource(whole);
    const report = await inspect({
      targets: [{ named: 'run', sources: [source] }],
      options: { expect: 'model', require: 'all' },
      checks: CHECKS,
    });
    expect(report.verdict).toBe('pass');
    expect(report.checkpoints[0]?.weightsBytes).toBe(sizeBytes);
    expect(counts.get(path)?.bytes).toBeLessThanOrEqual(
      header.length + HEAD_BYTES,
    );
  });
});

describe('for any file', () => {
  const names = fc.uniqueArray(fc.string({ maxLength: 12 }), { maxLength: 5 });
  const files = fc
    .tuple(names, fc.array(fc.nat(4), { maxLength: 3 }))
    .map(([all, shape]) =>
      safetensors(
        Object.fromEntries(
          all
            // `__proto__` in an object literal is no key of it.
            .filter((name) => !name.startsWith('__'))
            .map((name) => [name, { shape }]),
        ),
      ),
    );

  test('that is built right: no defect and no note', async () => {
    await fc.assert(
      fc.asyncProperty(files, async (bytes) => {
        const result = await read(bytes);
        expect(result.ok && result.value.notes).toEqual([]);
      }),
    );
  });

  test('cut anywhere, or with a byte more: a defect', async () => {
    await fc.assert(
      fc.asyncProperty(files, fc.nat(), async (bytes, at) => {
        const cut = bytes.slice(0, at % bytes.length);
        expect((await read(cut)).ok).toBe(false);
        const longer = new Uint8Array([...bytes, at % 256]);
        expect((await read(longer)).ok).toBe(false);
      }),
    );
  });

  test('of random bytes: neither throws nor hangs', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 64 }), async (bytes) => {
        expect(typeof (await read(bytes)).ok).toBe('boolean');
      }),
      { numRuns: 500 },
    );
  });
});
