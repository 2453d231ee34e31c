import { NOTHING_DECLARED } from '../../src/core/types.ts';
import type {
  CheckpointSummary,
  Finding,
  Report,
  RunSummary,
  Severity,
  Skip,
} from '../../src/core/types.ts';

/** A finding on the checkpoint `run/checkpoint-6`. */
export function finding(fields: Partial<Finding> = {}): Finding {
  return {
    check: 'weights-missing',
    message: 'adapter',
    question: 'loads',
    severity: 'error',
    confidence: 'proven',
    where: {
      path: 'run/checkpoint-6',
      run: 'run',
      checkpoint: 'run/checkpoint-6',
    },
    data: {},
    text: 'adapter_config.json is there, the weights are not.',
    why: 'There is nothing to load.',
    fix: 'Save again.',
    loaderErrors: [],
    fingerprint: '0123456789abcdef',
    ...fields,
  };
}

export function findings(count: number, severity: Severity): Finding[] {
  return Array.from({ length: count }, (_, at) =>
    finding({ severity, text: `Finding number ${at}.` }),
  );
}

/** A LoRA checkpoint that loads; `step` names its folder. */
export function checkpoint(
  step: number | null,
  fields: Partial<CheckpointSummary> = {},
): CheckpointSummary {
  const reason = 'this version has no checks for it';
  return {
    run: 'run',
    path: step === null ? 'run' : `run/checkpoint-${step}`,
    step,
    holds: 'adapter',
    producer: 'PEFT',
    peftType: 'LORA',
    weightsBytes: 161_533_192,
    tensors: 448,
    required: true,
    answers: {
      loads: { value: 'yes' },
      trained: { value: 'not checked', reason },
      resumes: { value: 'not checked', reason },
    },
    ...fields,
  };
}

export function skip(fields: Partial<Skip> = {}): Skip {
  return {
    where: { path: 'run/.git' },
    cause: 'ignored',
    reason: 'version control, not training output',
    ...fields,
  };
}

/** A run of two checkpoints that load. */
export function run(fields: Partial<RunSummary> = {}): RunSummary {
  return {
    path: 'run',
    checkpoints: 2,
    newestLoadable: 'run/checkpoint-6',
    newestResumable: null,
    resume: null,
    ledgers: [],
    series: null,
    answers: { progress: { value: 'not checked', reason: 'later' } },
    ...fields,
  };
}

/** A report of one run with two checkpoints that load. */
export function report(fields: Partial<Report> = {}): Report {
  return {
    schema: 1,
    tool: {
      name: 'checkpoint-gate',
      version: '1.2.3',
      loaders: { peft: '0.21.0' },
    },
    options: {
      expect: 'auto',
      require: 'all',
      depth: 'auto',
      maxBytes: 2 ** 32,
      declared: NOTHING_DECLARED,
    },
    verdict: 'pass',
    headline: 'pass; trained and resumes of 2 checkpoints not checked',
    scope: '`loads` rests on headers.',
    examined: { targets: ['run'], files: 12, folders: 3 },
    runs: [run()],
    checkpoints: [checkpoint(3), checkpoint(6)],
    findings: [],
    skipped: [],
    checks: [],
    ...fields,
  };
}
