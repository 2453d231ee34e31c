import { readdirSync, readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import { CHECKS } from '../../src/core/checks/index.ts';
import { inspect } from '../../src/core/inspect.ts';
import type { Report, Severity } from '../../src/core/types.ts';
import { memorySource } from '../helpers/memory-source.ts';
import { ENTRIES } from './closed-list.ts';

/** What the library did with a case: see docs/loader-agreement.md. */
type Outcome = 'raises' | 'base' | 'nan' | 'original' | 'altered';

/** One case as scripts/oracle/sample.py packs it: name of a file → deflated, in base64. */
interface PackedCase {
  readonly id: string;
  readonly original: string;
  readonly type: string;
  readonly damage: string;
  readonly outcome: Outcome;
  readonly note?: string;
  readonly error?: string;
  readonly files: Packed;
}
type Packed = Readonly<Record<string, string>>;

interface PackedType {
  readonly originals: Readonly<Record<string, Packed>>;
  readonly cases: readonly PackedCase[];
}

/** A case with the report on it. */
export interface Inspected {
  readonly case: PackedCase;
  readonly report: Report;
}

const FOLDER = new URL('cases/', import.meta.url);
/** As in scripts/oracle/sample.py. */
const DICTIONARY_BYTES = 32_768;

/** Names of all PEFT types of the sample. */
export const TYPES: readonly string[] = readdirSync(FOLDER)
  .map((name) => name.replace(/\.json$/, ''))
  .sort();

// The files are our own: what wrote them, wrote this shape.
function readJson(file: URL): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** The cases of one PEFT type. */
export function casesOf(type: string): readonly PackedCase[] {
  return readType(type).cases;
}

function readType(type: string): PackedType {
  return readJson(new URL(`${type}.json`, FOLDER)) as PackedType;
}

/** Lays each case of a type out in memory and inspects it with every check. */
export async function inspectType(type: string): Promise<readonly Inspected[]> {
  const { originals, cases } = readType(type);
  const dictionaries = new Map(
    Object.entries(originals).map(([id, files]) => [id, dictionaryOf(files)]),
  );
  return Promise.all(
    cases.map(async (one) => ({
      case: one,
      report: await inspectFiles(one, dictionaries.get(one.original)),
    })),
  );
}

function dictionaryOf(packed: Packed): Buffer {
  const names = Object.keys(packed).sort();
  const files = names.map((name) => unpack(packed[name] ?? ''));
  return Buffer.concat(files).subarray(-DICTIONARY_BYTES);
}

function unpack(packed: string, dictionary?: Buffer): Buffer {
  const deflated = Buffer.from(packed, 'base64');
  return inflateRawSync(deflated, dictionary ? { dictionary } : {});
}

function inspectFiles(one: PackedCase, dictionary: Buffer | undefined) {
  const files = Object.fromEntries(
    Object.entries(one.files).map(([name, packed]) => [
      name,
      new Uint8Array(unpack(packed, dictionary)),
    ]),
  );
  return inspect({
    targets: [{ named: one.id, sources: [memorySource(one.id, files)] }],
    options: { expect: 'auto', require: 'all' },
    checks: CHECKS,
  });
}

/**
 * In which way a report contradicts the library, by the rules of
 * docs/loader-agreement.md; `null` where it does not.
 */
export function disagreementOf({ case: one, report }: Inspected) {
  const has = (...severities: readonly Severity[]) =>
    report.findings.some(({ severity }) => severities.includes(severity));
  switch (one.outcome) {
    case 'raises':
    case 'base':
    case 'nan':
      return refuses(report) ? null : 'false green';
    case 'altered':
      return has('error', 'warning') ? null : 'half green';
    case 'original':
      if (has('error')) return 'false red';
      return one.damage === 'original' && report.findings.length > 0
        ? 'finding on a healthy adapter'
        : null;
  }
}

/** A folder that is no checkpoint has no answers, but an error of the run. */
function refuses({ checkpoints, findings }: Report): boolean {
  if (checkpoints.length === 0)
    return findings.some(({ severity }) => severity === 'error');
  return checkpoints.some(
    ({ answers }) =>
      answers.loads.value === 'no' || answers.trained.value === 'no',
  );
}

/** Whether the closed list has this way of disagreeing for this case. */
export function isUndecidable(one: PackedCase, kind: string): boolean {
  return ENTRIES.some(
    (entry) =>
      entry.kind === kind &&
      entry.damages.includes(one.damage) &&
      (entry.types === '*' || entry.types.includes(one.type)) &&
      (entry.originals?.includes(one.original) ?? true) &&
      (entry.notes?.includes(one.note ?? '') ?? true) &&
      (entry.outcome ?? one.outcome) === one.outcome,
  );
}

/** One line that says what disagrees, for the message of a failing test. */
export function describeDisagreement(
  inspected: Inspected,
  kind: string,
): string {
  const { case: one, report } = inspected;
  const checks = report.findings.map(({ check }) => check).join(' ');
  return `${kind}: ${one.id}: library ${one.outcome} ${one.error ?? ''}; found: ${checks || 'nothing'}`;
}
