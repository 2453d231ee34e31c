import { expect, test } from '@jest/globals';
import { copiedSource } from '../helpers/copied-source.ts';
import {
  inspectCase,
  readExpected,
  RUNNABLE_IDS,
  sourceOf,
  withCase,
  writeExpected,
} from '../helpers/corpus.ts';

// `UPDATE_CORPUS=1 npm test -- corpus` writes the reports anew, to be reviewed.
const isUpdate = process.env['UPDATE_CORPUS'] === '1';

test.each(RUNNABLE_IDS)('%s: the expected report', async (id) => {
  await withCase(id, async (laidOut) => {
    const report = await inspectCase(laidOut, sourceOf(laidOut));
    if (isUpdate) await writeExpected(id, report);
    expect(report).toEqual(await readExpected(id));
  });
});

test.each(RUNNABLE_IDS)('%s: the same report from memory', async (id) => {
  await withCase(id, async (laidOut) => {
    const copy = await copiedSource(sourceOf(laidOut));
    expect(await inspectCase(laidOut, copy)).toEqual(await readExpected(id));
  });
});
