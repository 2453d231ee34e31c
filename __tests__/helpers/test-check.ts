import { describe, expect, test } from '@jest/globals';
import type { AnyCheck } from '../../src/core/define-check.ts';
import { inspect } from '../../src/core/inspect.ts';
import type {
  Finding,
  InspectOptions,
  Report,
  Severity,
} from '../../src/core/types.ts';
import type { Source } from '../../src/core/bytes/reader.ts';
import { archiveSource } from '../../src/sources/archive.ts';
import { memoryReader, memorySource } from './memory-source.ts';
import { uploadedSource } from './uploaded-source.ts';
import type { CaseFiles } from './memory-source.ts';

export type { CaseFiles } from './memory-source.ts';

/** A finding that a case must lead to; what is left out is not compared. */
export interface ExpectedFinding {
  readonly message: string;
  readonly severity?: Severity;
  readonly path?: string;
  readonly text?: RegExp;
  readonly why?: RegExp;
  readonly fix?: RegExp;
}

export interface FoundCase {
  /** Bytes are a zip archive; `null`: nothing exists at the path that was named. */
  readonly files: CaseFiles | Uint8Array | null;
  /** In the order of the report. */
  readonly expect: readonly ExpectedFinding[];
  readonly options?: Partial<InspectOptions>;
  /** Of an artifact that is looked for: the names that there are. */
  readonly there?: readonly string[];
  /** The files lie in an archive, which states their checksums. */
  readonly isUpload?: true;
}

export interface CheckCases {
  /** Checks whose answers it goes by; what they find is not compared. */
  readonly beside?: readonly AnyCheck[];
  /** Files on which the check says nothing. */
  readonly clean: Readonly<Record<string, CaseFiles | Uint8Array>>;
  readonly found: Readonly<Record<string, FoundCase>>;
}

/** The root that the cases lie below, as the report names it. */
const ROOT = 'run';

/**
 * The table test of a check: what it must be silent about, what it must find,
 * and that every one of its messages is exercised.
 */
export function testCheck(check: AnyCheck, cases: CheckCases): void {
  describe(check.meta.id, () => {
    test.each(Object.entries(cases.clean))(
      'says nothing about %s',
      async (_name, files) => {
        const findings = ofCheck(
          check,
          await inspectWith(check, files, {}, { beside: cases.beside }),
        );
        expect(findings.map(({ text }) => text)).toEqual([]);
      },
    );

    test.each(Object.entries(cases.found))('finds %s', async (_name, one) => {
      const findings = ofCheck(
        check,
        await inspectWith(check, one.files, one.options, {
          ...one,
          beside: cases.beside,
        }),
      );
      expect(findings.map(shape(one.expect))).toEqual(
        one.expect.map((wanted) => ({ ...wanted })),
      );
      findings.forEach(expectReadable);
    });

    test('has every message exercised', () => {
      const seen = Object.values(cases.found).flatMap((one) =>
        one.expect.map(({ message }) => message),
      );
      expect(new Set(seen)).toEqual(new Set(Object.keys(check.messages)));
    });
  });
}

function ofCheck({ meta }: AnyCheck, { findings }: Report) {
  return findings.filter(({ check }) => check === meta.id);
}

/** The report of one check over the files of a case. */
export function inspectWith(
  check: AnyCheck,
  files: CaseFiles | Uint8Array | null,
  options: Partial<InspectOptions> = {},
  {
    there,
    isUpload,
    beside = [],
  }: Pick<FoundCase, 'there' | 'isUpload'> & {
    readonly beside?: readonly AnyCheck[] | undefined;
  } = {},
): Promise<Report> {
  const source = files === null ? [] : sourceOf(files);
  return inspect({
    targets: [
      {
        named: ROOT,
        sources: [source].flat().map(isUpload ? uploadedSource : (one) => one),
        ...(there === undefined ? {} : { there }),
      },
    ],
    options: { expect: 'auto', require: 'all', ...options },
    checks: [check, ...beside],
  });
}

function sourceOf(files: CaseFiles | Uint8Array): Source {
  if (!(files instanceof Uint8Array)) return memorySource(ROOT, files);
  const reader = memoryReader(files);
  return archiveSource({ label: ROOT, open: () => Promise.resolve(reader) });
}

/** Brings a finding to the fields that the expected one at its place has. */
function shape(expected: readonly ExpectedFinding[]) {
  return (found: Finding, at: number): ExpectedFinding => {
    const wanted = expected[at];
    const { text, why, fix } = wanted ?? {};
    return {
      message: found.message,
      ...(wanted?.severity ? { severity: found.severity } : {}),
      ...(wanted?.path ? { path: found.where.path } : {}),
      // A text that matches is taken for the pattern; another shows as it is.
      ...(text
        ? { text: text.test(found.text) ? text : toPattern(found.text) }
        : {}),
      ...(why ? { why: why.test(found.why) ? why : toPattern(found.why) } : {}),
      ...(fix ? { fix: fix.test(found.fix) ? fix : toPattern(found.fix) } : {}),
    };
  };
}

function toPattern(text: string): RegExp {
  return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
}

/** Checks whose subject it is, so that it is no slip of theirs. */
const ABOUT_NAN: ReadonlySet<string> = new Set([
  'loss-diverged',
  'loss-not-finite',
  'tensor-not-finite',
]);

function expectReadable({ check, text, why, fix }: Finding): void {
  for (const words of [text, why, fix]) {
    expect(words).toMatch(/\S/);
    expect(words).not.toMatch(/undefined|\[object/);
    if (!ABOUT_NAN.has(check)) expect(words).not.toMatch(/(?<!= |answers )NaN/);
  }
}
