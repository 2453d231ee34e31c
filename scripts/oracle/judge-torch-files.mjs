/**
 * What Checkpoint Gate says of torch files, for torch_pickles.py:
 *
 *   node scripts/oracle/judge-torch-files.mjs FOLDER COUNT
 *
 * reads FOLDER/0.bin … and prints one line of JSON each: `loads`, `refused` with the
 * defect, or `unknown` with the reason.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../check-catalogue.mjs';
import { compile } from '../compile.mjs';

compile();
/** @typedef {typeof import('../../src/core/formats/recognise.ts')} Recognise */
/** @typedef {typeof import('../../src/core/formats/torch-zip.ts')} Zip */
/** @typedef {typeof import('../../src/core/formats/torch-state.ts')} State */
/** @typedef {typeof import('../../src/core/formats/torch-legacy.ts')} Legacy */

/**
 * @param {string} name
 * @returns {Promise<unknown>}
 */
const compiled = (name) =>
  import(new URL(`lib/core/formats/${name}.js`, ROOT).href);
const { recognise } = /** @type {Recognise} */ (await compiled('recognise'));
const { readTorchZip } = /** @type {Zip} */ (await compiled('torch-zip'));
const { readTorchState } = /** @type {State} */ (await compiled('torch-state'));
const { readTorchLegacy } = /** @type {Legacy} */ (
  await compiled('torch-legacy')
);

const [folder = '.', count = '0'] = process.argv.slice(2);
for (let number = 0; number < Number(count); number += 1) {
  const bytes = readFileSync(join(folder, `${number}.bin`));
  process.stdout.write(`${JSON.stringify(await judge(bytes))}\n`);
}

/** @param {Uint8Array} bytes */
async function judge(bytes) {
  const reader = readerOf(bytes);
  const content = await recognise(bytes.subarray(0, 8192), reader);
  if (content.kind === 'torch-legacy')
    return answer(await readTorchLegacy(reader));
  if (content.kind !== 'zip') return { answer: 'refused', why: content.kind };
  const zip = await readTorchZip(reader);
  if (!zip.ok) return { answer: 'refused', why: zip.defect };
  return answer(await readTorchState(reader, zip.value));
}

/** @param {Awaited<ReturnType<Legacy['readTorchLegacy']>>} state */
function answer(state) {
  if (!state.ok)
    return state.defect.code === 'pickle-too-large'
      ? { answer: 'unknown', why: state.defect.code }
      : { answer: 'refused', why: state.defect };
  const { unknown } = state.value;
  return unknown === null
    ? { answer: 'loads' }
    : { answer: 'unknown', why: unknown };
}

/** @param {Uint8Array} bytes */
function readerOf(bytes) {
  return {
    size: bytes.length,
    access: /** @type {const} */ ('random'),
    read: (/** @type {number} */ start, /** @type {number} */ length) =>
      Promise.resolve(bytes.subarray(start, start + length)),
    stream: () => {
      throw new Error('nothing streams here');
    },
    close: () => Promise.resolve(),
  };
}
