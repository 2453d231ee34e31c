import {
  VALUES_MAX_BYTES,
  VALUES_MAX_TRANSFER_BYTES,
} from '../core/bytes/limits.ts';
import { isUndeclarable, readDeclared } from '../core/declared.ts';
import {
  DEPTHS,
  EXPECTS,
  FAIL_ONS,
  INCONCLUSIVES,
  REQUIRES,
} from '../core/types.ts';
import type { Declared, ExitPolicy, InspectOptions } from '../core/types.ts';

import { parseBytes, SIZE_WORDS } from '../core/wording.ts';

/** How a report is written, by the extension of its file. */
export const REPORT_FORMATS = { '.json': 'json', '.md': 'markdown' } as const;
export type ReportFormat = (typeof REPORT_FORMATS)[keyof typeof REPORT_FORMATS];

export interface ReportFile {
  readonly path: string;
  readonly format: ReportFormat;
}

/** The inputs of action.yml, each checked. */
export interface Inputs {
  readonly paths: readonly string[];
  /** Which artifacts to look at; `null` where only paths are named. */
  readonly artifacts: ArtifactInputs | null;
  readonly options: InspectOptions;
  readonly policy: ExitPolicy;
  readonly summary: boolean;
  readonly annotations: boolean;
  readonly reports: readonly ReportFile[];
}

/** The inputs that concern artifacts. */
export interface ArtifactInputs {
  /** Names and patterns; none for every artifact of the run. */
  readonly patterns: readonly string[];
  /** `''` for this run. */
  readonly runId: string;
  /** `''` for this repository. */
  readonly repository: string;
  readonly token: string;
  /** Values are read of at most so many bytes of all artifacts. */
  readonly transferMaxBytes: number;
}

/** An input has a value that it cannot have; the message names those it can. */
export class InputError extends Error {}

/**
 * Reads every input.
 *
 * @param get gives an input's text, trimmed, `''` when it is not set
 * @throws InputError for unknown values
 */
export function readInputs(get: (name: string) => string): Inputs {
  const paths = linesOf(get('path'));
  const maxBytes = sizeOf('max-bytes', get('max-bytes'));
  return {
    paths,
    artifacts: artifactInputs(get, paths, maxBytes),
    options: {
      expect: oneOf('expect', EXPECTS, get('expect')),
      require: oneOf('require', REQUIRES, get('require')),
      depth: oneOf('depth', DEPTHS, get('depth')),
      maxBytes: maxBytes ?? VALUES_MAX_BYTES,
      declared: declaredIn(get),
    },
    policy: {
      failOn: oneOf('fail-on', FAIL_ONS, get('fail-on')),
      inconclusive: oneOf('inconclusive', INCONCLUSIVES, get('inconclusive')),
    },
    summary: isTrue('summary', get('summary')),
    annotations: isTrue('annotations', get('annotations')),
    reports: linesOf(get('report')).map(reportFile),
  };
}

/** With neither a path nor an artifact, every artifact of the run is looked at. */
function artifactInputs(
  get: (name: string) => string,
  paths: readonly string[],
  maxBytes: number | null,
): ArtifactInputs | null {
  const patterns = linesOf(get('artifact'));
  const runId = get('run-id');
  const repository = get('repository');
  const token = get('github-token');
  const isOther = runId !== '' || repository !== '';
  if (patterns.length === 0 && paths.length > 0) {
    if (!isOther) return null;
    throw new InputError(
      "Expected input 'artifact' to name what to read of the run that 'run-id' and 'repository' name, got nothing.",
    );
  }
  return {
    patterns,
    runId,
    repository,
    token,
    transferMaxBytes: maxBytes ?? VALUES_MAX_TRANSFER_BYTES,
  };
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** `null` where nothing is given. */
function sizeOf(name: string, value: string): number | null {
  if (value === '') return null;
  const bytes = parseBytes(value);
  if (bytes !== null) return bytes;
  throw new InputError(
    `Expected input '${name}' to be ${SIZE_WORDS}, got '${value}'.`,
  );
}

/** The input that each part of what is declared comes by. */
const DECLARED_INPUTS: Readonly<Record<keyof Declared, string>> = {
  saveSteps: 'save-steps',
  expectedSteps: 'expected-steps',
  minCheckpoints: 'min-checkpoints',
  gradientAccumulationSteps: 'gradient-accumulation-steps',
  worldSize: 'world-size',
};

function declaredIn(get: (name: string) => string): Declared {
  const read = readDeclared({
    saveSteps: get(DECLARED_INPUTS.saveSteps),
    expectedSteps: get(DECLARED_INPUTS.expectedSteps),
    minCheckpoints: get(DECLARED_INPUTS.minCheckpoints),
    gradientAccumulationSteps: get(DECLARED_INPUTS.gradientAccumulationSteps),
    worldSize: get(DECLARED_INPUTS.worldSize),
  });
  if (!isUndeclarable(read)) return read;
  throw new InputError(
    `Expected input '${DECLARED_INPUTS[read.field]}' to be ${read.allowed}, got '${read.text}'.`,
  );
}

function oneOf<const T extends string>(
  name: string,
  allowed: readonly T[],
  value: string,
): T {
  const found = allowed.find((one) => one === value);
  if (found !== undefined) return found;
  throw new InputError(
    `Expected input '${name}' to be one of ${allowed.join(', ')}, got '${value}'.`,
  );
}

/** The booleans of YAML 1.2's core schema, as `core.getBooleanInput` has them. */
function isTrue(name: string, value: string): boolean {
  if (/^(?:true|True|TRUE)$/.test(value)) return true;
  if (/^(?:false|False|FALSE)$/.test(value)) return false;
  throw new InputError(
    `Expected input '${name}' to be true or false, got '${value}'.`,
  );
}

function reportFile(path: string): ReportFile {
  for (const [extension, format] of Object.entries(REPORT_FORMATS))
    if (path.toLowerCase().endsWith(extension)) return { path, format };
  throw new InputError(
    `Expected each line of input 'report' to end in ${Object.keys(REPORT_FORMATS).join(' or ')}, got '${path}'.`,
  );
}
