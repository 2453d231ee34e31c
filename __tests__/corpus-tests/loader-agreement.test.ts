import { describe, expect, test } from '@jest/globals';
import { readManifest } from '../../scripts/corpus/materialize.mjs';
import type { CheckpointSummary, Report } from '../../src/core/types.ts';
import { caseUrl, readExpected, RUNNABLE_IDS } from '../helpers/corpus.ts';

/**
 * Where our answer to `loads` is meant to differ from "the loader raised", with
 * the reason. Whatever is not here has to agree.
 */
const SHARPER: Readonly<Record<string, string>> = {
  'damaged-adapter-half': 'PEFT loads it without effect: a warning',
  'damaged-adapter-key-misspelt': 'PEFT loads the rest: a warning',
  'damaged-adapter-keys-bare': 'PEFT finds none of its keys: a warning',
  'damaged-adapter-keys-compiled': 'PEFT finds none of its keys: a warning',
  'damaged-adapter-other-type': 'PEFT finds none of its keys: a warning',
  'damaged-bin-no-tensors': 'PEFT loads an empty adapter with a warning',
  'damaged-bin-record-flipped': 'torch never looks at its checksums',
  'damaged-bin-nested': 'PEFT finds none of its keys: a warning',
  'damaged-safetensors-no-tensors':
    'PEFT loads an empty adapter with a warning',
  'damaged-safetensors-no-tensors-no-metadata':
    'PEFT loads an empty adapter with a warning',
  'damaged-model-no-tensors': 'transformers starts every weight at random',
  'damaged-index-tensor-absent': 'transformers starts the weight at random',
  'damaged-config-alpha-nan': 'PEFT loads it, and gives NaN',
  'damaged-config-alpha-pattern-zero': 'PEFT loads it without effect',
  'damaged-config-alpha-zero': 'PEFT loads it without effect',
  'damaged-config-scale-zero': 'PEFT loads it without effect',
  'damaged-config-scaling-null': 'PEFT loads it, and stops at the first input',
  'damaged-config-task-null': 'PEFT loads it without effect',
  'damaged-index-shard-outside': 'a path out of the folder is never followed',
};
const MILDER: Readonly<Record<string, string>> = {
  'damaged-config-peft-type-unknown': 'a newer PEFT may know the type: warning',
  'trainer-custom-wrapper': 'a bare state dict is meant: warning',
};

interface Answer {
  readonly id: string;
  readonly path: string;
  readonly outcome: string;
  readonly error: string;
  readonly loads: string;
}

/** Loaders of whole states: accelerate's, torch's of shards, Lightning's, a Trainer's. */
const STATE_LOADERS =
  /^(?:Accelerator\.load_state|dcp\.load|lightning\.Trainer\.fit|LightningModule\.|TrainerState\.)/;

interface StateAnswer {
  readonly id: string;
  readonly path: string;
  readonly call: string;
  readonly outcome: string;
  readonly error: string;
  readonly row: CheckpointSummary | undefined;
  readonly quoted: readonly string[];
}

const answers: Answer[] = [];
const stateAnswers: StateAnswer[] = [];
for (const id of RUNNABLE_IDS) {
  const { loaders = [] } = await readManifest(caseUrl(id));
  const report = await readExpected(id);
  for (const { path, call, outcome, error = '' } of loaders)
    if (call.endsWith('from_pretrained'))
      answers.push({
        id,
        path,
        outcome,
        error,
        loads: loadsOf(report, path),
      });
    else if (STATE_LOADERS.test(call)) {
      const row = rowOf(report, path);
      const quoted = report.findings
        .filter(({ where }) => where.checkpoint === row?.path)
        .flatMap(({ loaderErrors }) => loaderErrors);
      stateAnswers.push({ id, path, call, outcome, error, row, quoted });
    }
}

/** The checkpoint that a folder is or lies in. */
function rowOf(report: Report, path: string): CheckpointSummary | undefined {
  const shown = path === '.' ? 'case' : `case/${path}`;
  return (
    report.checkpoints.find((one) => one.path === shown) ??
    report.checkpoints.find((one) => shown.startsWith(`${one.path}/`))
  );
}

/** Our answer for a folder: of the checkpoint that it is or lies in. */
function loadsOf(report: Report, path: string): string {
  const row = rowOf(report, path);
  // Nothing found where a loader was asked is an error of the run.
  return (
    row?.answers.loads.value ?? (report.verdict === 'fail' ? 'no' : 'none')
  );
}

/** What we may answer where the loader raised, or loaded. */
function allowed(id: string, outcome: string): readonly string[] {
  if (outcome === 'raises')
    return id in MILDER ? ['doubtful', 'not checked'] : ['no'];
  return id in SHARPER ? ['no'] : ['yes', 'doubtful', 'not checked'];
}

test.each(answers)(
  '$id $path: the loader $outcome',
  ({ id, outcome, loads }) => {
    expect(allowed(id, outcome)).toContain(loads);
  },
);

/** `…` in a quotation stands for any text; tracebacks name the module, too. */
function isQuoted(error: string, quotation: string): boolean {
  return quotation
    .replace('json.decoder.', '')
    .split('…')
    .every((part) => error.includes(part.trim()));
}

describe('loaders of whole states', () => {
  /** Where we are stricter than the loader that was asked, with the reason. */
  const STRICTER: Readonly<Record<string, string>> = {
    'damaged-lightning-fsdp-meta-missing':
      'dcp.load needs no meta.pt, Lightning does',
    'damaged-lightning-states-missing':
      'load_from_checkpoint takes the weights alone, a resume asks for the states',
    'damaged-trainer-state-copied':
      'load_from_json asks no schedule, which is of another step',
    'damaged-trainer-state-no-step':
      'load_from_json takes 0, from which a Trainer trains all steps again',
  };

  const loading = stateAnswers.filter(({ outcome }) => outcome === 'loads');
  test.each(loading.filter(({ id }) => !(id in STRICTER)))(
    '$id $path: $call loads, and neither answer is no',
    ({ row }) => {
      expect(row).toBeDefined();
      expect(row?.answers.loads.value).not.toBe('no');
      expect(row?.answers.resumes.value).not.toBe('no');
    },
  );

  test.each(stateAnswers.filter(({ outcome }) => outcome === 'raises'))(
    '$id $path: $call raises, and resumes is never yes',
    ({ row }) => {
      expect(row?.answers.resumes.value).not.toBe('yes');
    },
  );

  /** An empty folder does not show whose words to quote. */
  const UNKNOWN = ['damaged-accelerate-newest-empty'];

  const found = stateAnswers.filter(
    ({ id, outcome, quoted }) =>
      outcome === 'raises' && quoted.length > 0 && !UNKNOWN.includes(id),
  );
  test.each(found)('$id $path: what we quote is $error', (one) => {
    expect(
      one.quoted.filter((words) => isQuoted(one.error, words)),
    ).not.toEqual([]);
  });

  test('were asked often enough', () => {
    expect(loading.length).toBeGreaterThanOrEqual(12);
    expect(found.length).toBeGreaterThanOrEqual(12);
  });
});

test('real output of PEFT, of at least 12 kinds, has no finding', async () => {
  const healthy = RUNNABLE_IDS.filter((id) => id.startsWith('peft-'));
  const reports = await Promise.all(healthy.map(readExpected));
  const kinds = new Set(
    reports.flatMap(({ checkpoints }) =>
      checkpoints.map(({ peftType }) => peftType),
    ),
  );
  expect(kinds.size).toBeGreaterThanOrEqual(12);
  const isAboutSubfolder = (check: string) => check === 'adapter-in-subfolder';
  const findings = reports.flatMap((report) =>
    report.findings.filter(({ check }) => !isAboutSubfolder(check)),
  );
  expect(findings).toEqual([]);
});

describe('what we quote is what the loader says', () => {
  /** No finding, and so nothing to quote. */
  const SILENT = ['trainer-custom-wrapper'];

  test.each(
    answers.filter(
      ({ id, outcome }) => outcome === 'raises' && !SILENT.includes(id),
    ),
  )('$id $path: $error', async ({ id, error }) => {
    const { findings } = await readExpected(id);
    const quotations = findings.flatMap(({ loaderErrors }) => loaderErrors);
    expect(quotations.filter((one) => isQuoted(error, one))).not.toEqual([]);
  });
});
