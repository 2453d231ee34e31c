import { parseArgs } from 'node:util';
import { isUndeclarable, readDeclared } from '../core/declared.ts';
import { DEPTHS, EXPECTS, FAIL_ONS, REQUIRES } from '../core/types.ts';
import { parseBytes, SIZE_WORDS } from '../core/wording.ts';
import type { Declared, FailOn, InspectOptions } from '../core/types.ts';
import { messageOf } from '../platform/error-message.ts';

export const FORMATS = ['text', 'markdown', 'json'] as const;
export type Format = (typeof FORMATS)[number];

/** What the command line asks for. */
export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | {
      readonly kind: 'inspect';
      readonly paths: readonly string[];
      readonly format: Format;
      /** Where to write instead of standard output. */
      readonly output: string | null;
      readonly options: InspectOptions;
      readonly failOn: FailOn;
    };

/** The command line was used wrongly; the message says how to use it. */
export class UsageError extends Error {}

export const USAGE = `Usage: checkpoint-gate PATH... [options]

Says for each checkpoint below PATH (a folder, a file or a glob) whether it can
be loaded, was trained, and can be resumed from.

  --format FORMAT        ${FORMATS.join(' | ')} (default: text)
  --output FILE          write the report to FILE instead of standard output
  --expect KIND          ${EXPECTS.join(' | ')}: what each checkpoint has to be
  --require WHICH        ${REQUIRES.join(' | ')}: which checkpoints must hold
  --depth HOW            ${DEPTHS.join(' | ')}: what is looked at;
                         auto: headers, and the values of adapters
  --max-bytes SIZE       values are read of at most so much, newest first (default: 4GiB)
  --save-steps N         a checkpoint is due every N optimizer steps
  --expected-steps LIST  these steps have to be there, such as 100,200,300
  --min-checkpoints N    so many checkpoints at least have to be in each run
  --gradient-accumulation-steps N, --world-size N
                         micro-batches an optimizer step, and processes: to tell
                         which counter counts what
  --fail-on SEVERITY     ${FAIL_ONS.join(' | ')}: what exits with 1
  --help, --version

Exit: 0 pass, 1 fail, 2 wrong usage or internal error, 3 inconclusive.
`;

/**
 * Reads the arguments after the program's name.
 *
 * @throws UsageError for unknown options and values
 */
export function readCommand(args: readonly string[]): Command {
  const { values, positionals } = parse(args);
  if (values.help) return { kind: 'help' };
  if (values.version) return { kind: 'version' };
  if (positionals.length === 0)
    throw new UsageError('Expected at least one PATH, got none.');
  return {
    kind: 'inspect',
    paths: positionals,
    format: oneOf('--format', FORMATS, values.format),
    output: values.output ?? null,
    options: {
      expect: oneOf('--expect', EXPECTS, values.expect),
      require: oneOf('--require', REQUIRES, values.require),
      depth: oneOf('--depth', DEPTHS, values.depth),
      maxBytes: sizeOf('--max-bytes', values['max-bytes']),
      declared: declaredIn(values),
    },
    failOn: oneOf('--fail-on', FAIL_ONS, values['fail-on']),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        format: { type: 'string', default: 'text' },
        output: { type: 'string' },
        expect: { type: 'string', default: 'auto' },
        require: { type: 'string', default: 'all' },
        depth: { type: 'string', default: 'auto' },
        'max-bytes': { type: 'string', default: '4GiB' },
        'save-steps': { type: 'string' },
        'expected-steps': { type: 'string' },
        'min-checkpoints': { type: 'string' },
        'gradient-accumulation-steps': { type: 'string' },
        'world-size': { type: 'string' },
        'fail-on': { type: 'string', default: 'error' },
        help: { type: 'boolean', short: 'h', default: false },
        version: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
}

function sizeOf(name: string, value: string): number {
  const bytes = parseBytes(value);
  if (bytes !== null) return bytes;
  throw new UsageError(`Expected ${name} to be ${SIZE_WORDS}, got '${value}'.`);
}

/** The option that each part of what is declared comes by. */
const DECLARED_OPTIONS = {
  saveSteps: 'save-steps',
  expectedSteps: 'expected-steps',
  minCheckpoints: 'min-checkpoints',
  gradientAccumulationSteps: 'gradient-accumulation-steps',
  worldSize: 'world-size',
} as const satisfies Record<keyof Declared, string>;
type DeclaredOption = (typeof DECLARED_OPTIONS)[keyof Declared];

function declaredIn(
  values: Readonly<Partial<Record<DeclaredOption, string>>>,
): Declared {
  const text = (field: keyof Declared) => values[DECLARED_OPTIONS[field]] ?? '';
  const read = readDeclared({
    saveSteps: text('saveSteps'),
    expectedSteps: text('expectedSteps'),
    minCheckpoints: text('minCheckpoints'),
    gradientAccumulationSteps: text('gradientAccumulationSteps'),
    worldSize: text('worldSize'),
  });
  if (!isUndeclarable(read)) return read;
  throw new UsageError(
    `Expected --${DECLARED_OPTIONS[read.field]} to be ${read.allowed}, got '${read.text}'.`,
  );
}

function oneOf<const T extends string>(
  name: string,
  allowed: readonly T[],
  value: string,
): T {
  const found = allowed.find((one) => one === value);
  if (found !== undefined) return found;
  throw new UsageError(
    `Expected ${name} to be one of ${allowed.join(', ')}, got '${value}'.`,
  );
}
