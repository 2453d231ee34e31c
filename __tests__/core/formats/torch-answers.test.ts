import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { CHECKS } from '../../../src/core/checks/index.ts';
import { inspect } from '../../../src/core/inspect.ts';
import { adapterConfig } from '../../builders/checkpoint.ts';
import { memorySource } from '../../helpers/memory-source.ts';

/*
 * Mutated torch files of both formats, and whether torch.load(weights_only=True) of the
 * named version takes them: every 50th of those of scripts/oracle/torch_pickles.py.
 */
interface Answers {
  readonly torch: string;
  readonly files: readonly {
    readonly start: string;
    readonly loads: boolean;
    /** Base64. */
    readonly file: string;
  }[];
}

const answersFile = new URL('torch-answers.json', import.meta.url);
// The file is our own.
const ANSWERS = JSON.parse(readFileSync(answersFile, 'utf8')) as Answers;

/** What says that torch.load refuses the file, and not that it is of no use. */
const REFUSING = [
  'torch-legacy-incomplete',
  'torch-pickle-refused',
  'torch-zip-incomplete',
  'weights-format-mismatch',
  'weights-placeholder',
];

/** Whether we say that torch takes the file; `null` where we leave it open. */
async function ours(file: string): Promise<boolean | null> {
  const files = {
    'adapter_config.json': adapterConfig(),
    'adapter_model.bin': new Uint8Array(Buffer.from(file, 'base64')),
  };
  const { findings, checkpoints } = await inspect({
    targets: [{ named: 'run', sources: [memorySource('run', files)] }],
    options: { expect: 'auto', require: 'all' },
    checks: CHECKS,
  });
  if (findings.some(({ check }) => REFUSING.includes(check))) return false;
  const [checkpoint] = checkpoints;
  return checkpoint?.answers.loads.value === 'not checked' ? null : true;
}

test(`torch ${ANSWERS.torch} and we agree on each of ${ANSWERS.files.length} files`, async () => {
  const disagreeing: number[] = [];
  let open = 0;
  for (const [number, { loads, file }] of ANSWERS.files.entries()) {
    const answer = await ours(file);
    if (answer === null) open += 1;
    else if (answer !== loads) disagreeing.push(number);
  }
  expect(ANSWERS.files.length).toBeGreaterThanOrEqual(250);
  expect(disagreeing).toEqual([]);
  // Where nothing is said nothing can be wrong.
  expect(open).toBeLessThan(ANSWERS.files.length / 5);
});
