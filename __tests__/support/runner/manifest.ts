import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Severity } from './issues.ts';

/** An action.yml of a JavaScript action, as far as running it needs. */
export interface Manifest {
  readonly inputs: ReadonlyMap<string, string>;
  readonly main: string;
  readonly pre: string | null;
  readonly post: string | null;
  readonly preIf: string;
  readonly postIf: string;
}

interface Written {
  readonly inputs?: Readonly<
    Record<string, { readonly default?: unknown } | null>
  >;
  readonly runs: Readonly<Record<string, string | undefined>>;
}

/** @throws Error for anything but an action on Node 24 */
export function readManifest(folder: string): Manifest {
  const path = ['action.yml', 'action.yaml']
    .map((name) => join(folder, name))
    .find((file) => existsSync(file));
  if (path === undefined)
    throw new Error(`Can't find 'action.yml' or 'action.yaml' under ${folder}`);
  // The tests' own files.
  const { inputs = {}, runs } = parse(readFileSync(path, 'utf8')) as Written;
  if (runs['using'] !== 'node24' || runs['main'] === undefined)
    throw new Error(`${path}: only \`using: node24\` with a \`main\` is known`);
  return {
    inputs: new Map(
      Object.entries(inputs).map(([name, input]) => [
        name,
        asText(input?.default),
      ]),
    ),
    main: runs['main'],
    pre: runs['pre'] ?? null,
    post: runs['post'] ?? null,
    preIf: runs['pre-if'] ?? 'always()',
    postIf: runs['post-if'] ?? 'always()',
  };
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}

/**
 * The inputs of a step as environment variables: `INPUT_`, upper case, spaces as
 * `_`, hyphens kept (Handler.cs). `${{ … }}` in defaults is looked up.
 */
export function inputVariables(
  manifest: Manifest,
  given: Readonly<Record<string, string>>,
  expressions: Readonly<Record<string, string>>,
  say: (severity: Severity, message: string) => void,
): Record<string, string> {
  const known = new Map(
    [...manifest.inputs.keys()].map((key) => [key.toLowerCase(), key]),
  );
  const unexpected = Object.keys(given).filter(
    (name) => !known.has(name.toLowerCase()),
  );
  if (unexpected.length > 0)
    say(
      'warning',
      `Unexpected input(s) '${unexpected.join("', '")}', valid inputs are ['${[...manifest.inputs.keys()].join("', '")}']`,
    );
  const variables: Record<string, string> = {};
  for (const [name, value] of manifest.inputs)
    variables[variableOf(name)] = evaluate(value, expressions);
  for (const [name, value] of Object.entries(given))
    variables[variableOf(name)] = value;
  return variables;
}

function variableOf(input: string): string {
  return `INPUT_${input.replaceAll(' ', '_').toUpperCase()}`;
}

function evaluate(
  text: string,
  expressions: Readonly<Record<string, string>>,
): string {
  return text.replace(/\$\{\{\s*(.*?)\s*\}\}/g, (_, expression: string) => {
    const value = expressions[expression];
    if (value === undefined)
      throw new Error(`No value for \${{ ${expression} }}`);
    return value;
  });
}

export interface JobStatus {
  readonly hasFailed: boolean;
  readonly isCancelled: boolean;
}

/** The four status functions, also as `!f()`; a condition without one has `success() &&`. */
export function isTrue(condition: string, status: JobStatus): boolean {
  const functions: Readonly<Record<string, boolean>> = {
    'always()': true,
    'success()': !status.hasFailed && !status.isCancelled,
    'failure()': status.hasFailed && !status.isCancelled,
    'cancelled()': status.isCancelled,
  };
  const isNot = condition.startsWith('!');
  const value = functions[isNot ? condition.slice(1) : condition];
  if (value === undefined)
    throw new Error(`The emulator cannot evaluate \`if: ${condition}\``);
  return value !== isNot;
}
