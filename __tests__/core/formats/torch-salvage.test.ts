import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { salvageTorchZip } from '../../../src/core/formats/torch-salvage.ts';
import { readTorchZip } from '../../../src/core/formats/torch-zip.ts';
import { readContentOffset } from '../../../src/core/formats/zip/stored.ts';
import { global, stateDict, tensor } from '../../builders/pickle.ts';
import { buildTorchZip } from '../../builders/torch-zip.ts';
import { caseUrl } from '../../helpers/corpus.ts';
import { memoryReader } from '../../helpers/memory-source.ts';

/** Real output of torch.save: eight tensors of an adapter. */
const REAL = new Uint8Array(
  readFileSync(new URL('tree/adapter_model.bin', caseUrl('peft-lora-bin'))),
);

/** Where the descriptor behind each storage ends, by the directory of the whole file. */
async function endsIn(bytes: Uint8Array): Promise<readonly number[]> {
  const reader = memoryReader(bytes);
  const zip = await readTorchZip(reader);
  if (!zip.ok) throw new Error(zip.defect.code);
  const entries = [...zip.value.records].filter(([name]) =>
    name.startsWith('data/'),
  );
  return Promise.all(
    entries.map(async ([, entry]) => {
      const offset = await readContentOffset(reader, entry);
      if (!offset.ok) throw new Error(offset.defect.code);
      return offset.value + entry.sizeBytes + 16;
    }),
  );
}

test('of a file cut at any length those storages survive that end before', async () => {
  const whole = REAL;
  const ends = await endsIn(whole);
  expect(ends).toHaveLength(8);
  const start = Math.min(...ends) - 200;
  for (let length = start; length < whole.length; length += 7) {
    const salvage = await salvageTorchZip(memoryReader(whole.slice(0, length)));
    const complete = ends.filter((end) => end <= length).length;
    expect({ length, ...salvage }).toMatchObject({
      length,
      storages: 8,
      complete,
      tensors: 8,
    });
    expect(salvage?.firstLost === null).toBe(complete === 8);
  }
});

test('zeros in place of the end are no values', async () => {
  const whole = REAL;
  const ends = await endsIn(whole);
  const half = whole.slice().fill(0, whole.length >> 1);
  expect(await salvageTorchZip(memoryReader(half))).toMatchObject({
    storages: 8,
    complete: ends.filter((end) => end <= whole.length >> 1).length,
  });
});

const A = tensor({ shape: [2, 4] });

test.each([
  ['a pickle that is cut', buildTorchZip().slice(0, 60)],
  [
    'a pickle that torch refuses',
    buildTorchZip({ pickle: stateDict({ a: global('os', 'system') }) }).slice(
      0,
      -100,
    ),
  ],
  [
    'a record before the pickle',
    buildTorchZip({ edit: (files) => files.toReversed() }),
  ],
  ['nothing of a zip', new Uint8Array(100)],
  ['nothing', new Uint8Array()],
])('%s leaves nothing to tell', async (_name, bytes) => {
  expect(await salvageTorchZip(memoryReader(bytes))).toBeNull();
});

test('more records than any file has are not all walked', async () => {
  let reads = 0;
  const storages = Array.from({ length: 12_000 }, () => new Uint8Array(32));
  const whole = buildTorchZip({ pickle: stateDict({ a: A }), storages });
  const reader = memoryReader(whole);
  const counting = {
    ...reader,
    read: (start: number, length: number) => {
      reads += 1;
      return reader.read(start, length);
    },
  };
  expect(await salvageTorchZip(counting)).toMatchObject({ complete: 1 });
  expect(reads).toBeLessThan(2 * 10_000 + 10);
});
