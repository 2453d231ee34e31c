import { expect, test } from '@jest/globals';
import { readManifest } from '../../scripts/corpus/materialize.mjs';
import { CASE_IDS, caseUrl, readExpected } from '../helpers/corpus.ts';

/** Healthy cases that report more than a notice all the same, with the reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'accelerate-model-sharded':
    'a model without config.json is loaded by code of its own: warning',
  'axolotl-live': 'a run that failed before its end looks the same: warning',
  'quiet-config-only-root-live-run':
    'a run that failed before its end looks the same: warning',
  'quiet-zero-b-some-modules':
    'modules that the optimizer was not given look the same: warning',
};

interface Quiet {
  readonly id: string;
  readonly falseAlarm: string;
}

const quiet: Quiet[] = [];
for (const id of CASE_IDS) {
  const { falseAlarm } = await readManifest(caseUrl(id));
  if (falseAlarm !== undefined) quiet.push({ id, falseAlarm });
}

/** The errors and warnings of a case's expected report, as texts. */
async function alarmsOf(id: string): Promise<string[]> {
  const { findings } = await readExpected(id);
  return findings
    .filter(({ severity }) => severity !== 'notice')
    .map(({ check, severity, text }) => `${severity} ${check}: ${text}`);
}

test.each(quiet.filter(({ id }) => !(id in EXCEPTIONS)))(
  '$id: no alarm ($falseAlarm)',
  async ({ id }) => {
    expect(await alarmsOf(id)).toEqual([]);
  },
);

test.each(Object.keys(EXCEPTIONS))('%s is an exception still', async (id) => {
  expect(quiet.map((one) => one.id)).toContain(id);
  expect(await alarmsOf(id)).not.toEqual([]);
});

test('every case named `quiet-` says what it guards against', () => {
  const named = CASE_IDS.filter((id) => id.startsWith('quiet-'));
  const marked = new Set(quiet.map(({ id }) => id));
  expect(named.filter((id) => !marked.has(id))).toEqual([]);
  expect(named.length).toBeGreaterThanOrEqual(30);
});
