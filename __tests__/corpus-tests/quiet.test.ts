import { expect, test } from '@jest/globals';
import { readManifest } from '../../scripts/corpus/materialize.mjs';
import {
  CASE_IDS,
  caseUrl,
  readExpected,
  readExpectedUpload,
} from '../helpers/corpus.ts';

/**
 * What is right and looks wrong, each with the cases that show it. Where a name ends in
 * `*`, all that begin so.
 */
const ROWS: Readonly<Record<string, readonly string[]>> = {
  'a learning rate of 0 in the first step of a warm-up': [
    'quiet-zero-b-after-warmup',
  ],
  'modules that nothing reached': ['quiet-zero-b-some-modules'],
  'other tensors than lora_B that start without effect': [
    'quiet-embedding-after-warmup',
    'quiet-mica',
    'quiet-ones-after-warmup',
    'quiet-prompt-after-warmup',
    'quiet-zero-e-after-warmup',
  ],
  'starts that are not 0, and folders that keep them': [
    'quiet-pissa-init-folder',
    'llamafactory-pissa',
    'quiet-variant-corda',
    'quiet-variant-lora-ga',
    'quiet-variant-olora',
    'quiet-variant-orthogonal',
    'quiet-variant-random-start',
    'quiet-variant-resumed',
  ],
  'shards alone, or adapters of other libraries': [
    'quiet-fsdp-sharded-only',
    'quiet-zero3-no-gather',
    'diffusers-*',
    'kohya-*',
    'lightning-*',
    'other-nemo',
    'other-torchtune',
  ],
  'no adapter in the output root': ['quiet-no-root-adapter'],
  'a configuration without weights in the output root': [
    'axolotl-live',
    'quiet-config-only-root-live-run',
  ],
  'an adapter in torch’s format': ['quiet-bin-only'],
  'no optimizer': ['quiet-save-only-model', 'quiet-side-weights-at-root'],
  'no trainer_state.json': ['quiet-root-without-trainer-state'],
  'steps that are not regular': [
    'quiet-step-gaps-*',
    'quiet-steps-*',
    'accelerate-numbered',
  ],
  'copies of one checkpoint': ['quiet-root-equals-newest'],
  'ranks that are not `r`': [
    'quiet-adalora',
    'quiet-pissa-converted',
    'quiet-rank-pattern',
    'quiet-target-parameters',
    'quiet-variant-bdlora',
    'quiet-variant-monteclora',
  ],
  'embeddings that are saved with the adapter': ['quiet-embeddings-saved'],
  'keys without the prefix of PEFT': [
    'quiet-keys-without-prefix',
    'mlx-numbered',
    'other-torchtune',
  ],
  'tiny adapters': ['quiet-tiny-rank-one'],
  'a base that has no name, or is a folder': [
    'quiet-base-path-local',
    'quiet-base-path-null',
  ],
  'a best checkpoint by a path of another machine': [
    'quiet-absolute-best-checkpoint',
  ],
  'modes of files': ['quiet-mode-0600'],
  'NaN and Infinity in trainer_state.json': ['quiet-nan-in-trainer-state'],
  'a folder adapter_model, empty or full': [
    'quiet-torchtune-empty-folder',
    'quiet-adapter-model-folder',
  ],
  'the adapter_config.json of MLX': ['quiet-mlx-config'],
  'layers that are not targeted': [
    'quiet-kv-shared-layers',
    'quiet-variant-layer-*',
  ],
  'archives of torch without checksums': ['quiet-torch-zip-without-crc'],
  'tables that modules share, and integers': [
    'quiet-vera-shared-tables',
    'quiet-shira-int32',
    'peft-randlora',
    'peft-vblora',
  ],
};

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

test.each(Object.keys(EXCEPTIONS))(
  '%s is an exception still, and fails nothing',
  async (id) => {
    expect(quiet.map((one) => one.id)).toContain(id);
    expect(await alarmsOf(id)).not.toEqual([]);
    expect((await readExpected(id)).verdict).toBe('pass');
  },
);

test.each(Object.entries(ROWS))('%s: no error', async (_, names) => {
  for (const name of names) {
    const ids = CASE_IDS.filter((id) =>
      name.endsWith('*') ? id.startsWith(name.slice(0, -1)) : id === name,
    );
    expect(ids).not.toEqual([]);
    for (const id of ids) {
      const errors = await alarmsOf(id);
      expect(errors.filter((one) => one.startsWith('error'))).toEqual([]);
    }
  }
});

test.each(['dcp-one-process', 'dcp-two-processes', 'fsdp-trainer-sharded'])(
  '%s, of which an upload drops .metadata: both causes are named',
  async (id) => {
    expect((await readExpected(id)).findings).toEqual([]);
    const { findings } = (await readExpectedUpload(id)) ?? { findings: [] };
    expect(findings).not.toEqual([]);
    for (const { check, why } of findings) {
      expect(check).toBe('dcp-metadata-missing');
      expect(why).toMatch(/last file of a distributed checkpoint/);
      expect(why).toMatch(/the upload left it out/);
    }
  },
);

test('every case named `quiet-` says what it guards against', () => {
  const named = CASE_IDS.filter((id) => id.startsWith('quiet-'));
  const marked = new Set(quiet.map(({ id }) => id));
  expect(named.filter((id) => !marked.has(id))).toEqual([]);
  expect(named.length).toBeGreaterThanOrEqual(30);
});
