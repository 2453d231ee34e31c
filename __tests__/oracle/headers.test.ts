import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { readSafetensors } from '../../src/core/formats/safetensors/read.ts';
import { memoryReader } from '../helpers/memory-source.ts';

/** One mutated header: the whole file in base64, and what the real reader said. */
interface Answer {
  readonly id: string;
  readonly accepts: boolean;
  readonly file: string;
}

const LEAST_HEADERS = 1000;

// The file is our own: scripts/oracle/sample.py wrote it.
const ANSWERS = JSON.parse(
  readFileSync(new URL('headers.json', import.meta.url), 'utf8'),
) as readonly Answer[];

test('mutated headers are accepted and refused as safetensors 0.8.0 does', async () => {
  expect(ANSWERS.length).toBeGreaterThanOrEqual(LEAST_HEADERS);
  const accepted = ANSWERS.filter(({ accepts }) => accepts);
  const ours: Answer[] = [];
  for (const answer of ANSWERS) {
    const bytes = new Uint8Array(Buffer.from(answer.file, 'base64'));
    if ((await readSafetensors(memoryReader(bytes))).ok) ours.push(answer);
  }
  expect(ours.map(({ id }) => id)).toEqual(accepted.map(({ id }) => id));
});
