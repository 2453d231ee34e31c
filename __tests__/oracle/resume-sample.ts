import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import {
  disagreementsOf,
  entryFor,
  saidOf,
} from '../../scripts/oracle/resume-rules.mjs';
import type { Case, Disagreement } from '../../scripts/oracle/resume-rules.mjs';
import { CHECKS } from '../../src/core/checks/index.ts';
import { inspect } from '../../src/core/inspect.ts';
import { memorySource } from '../helpers/memory-source.ts';
import { OF_RESUMES } from './closed-list.ts';
import type { CaseFiles } from '../helpers/memory-source.ts';

/** As scripts/oracle/resume_edits.py applies them; `content` is the key of one. */
type Edit =
  | { readonly remove: string }
  | { readonly cut: string; readonly to: number }
  | { readonly old: string }
  | { readonly write: string; readonly text: string }
  | { readonly write: string; readonly content: string }
  | { readonly folder: string }
  | { readonly move: readonly [string, string] }
  | { readonly copy: readonly [string, string] };

/** A case as edits of its run's files: scripts/oracle/resume_sample.py wrote it. */
interface SampledCase extends Case {
  readonly edits: readonly Edit[];
}

/** Path → key of its content. */
type Keys = Readonly<Record<string, string>>;

interface Files {
  readonly contents: Readonly<
    Record<string, { readonly like?: string; readonly deflated: string }>
  >;
  readonly runs: Readonly<
    Record<string, { readonly files: Keys; readonly old: Keys }>
  >;
}

/** As in scripts/oracle/resume_sample.py. */
const DICTIONARY_BYTES = 32_768;

// The files are our own: what wrote them, wrote these shapes.
const FILES = readJson('resume/files.json') as Files;
const { cases: CASES } = readJson('resume/cases.json') as {
  readonly cases: readonly SampledCase[];
};

export { CASES };
export const RUNS: readonly string[] = Object.keys(FILES.runs);

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
}

/** What the report says other than Trainer did, outside the closed list; a line each. */
export async function disagreementsIn(run: string): Promise<string[]> {
  const cases = CASES.filter((one) => one.run === run);
  const lines: string[] = [];
  for (const one of cases) {
    const report = await inspect({
      targets: [{ named: one.id, sources: [sourceOf(one)] }],
      options: { expect: 'auto', require: 'all' },
      checks: CHECKS,
    });
    for (const found of disagreementsOf(one, saidOf(report, one.id)))
      if (entryFor(OF_RESUMES, one, found) === undefined)
        lines.push(lineOf(one, found));
  }
  return lines;
}

function lineOf({ id }: Case, { kind, folder, words }: Disagreement): string {
  return `${kind}: ${id} ${folder ?? ''}: ${words}`;
}

function sourceOf({ id, run, edits }: SampledCase) {
  const files = unpackAll(FILES.runs[run]?.files);
  const old = unpackAll(FILES.runs[run]?.old);
  for (const edit of edits) apply(edit, files, old);
  return memorySource(id, Object.fromEntries(files));
}

type Contents = Map<string, CaseFiles[string]>;

function unpackAll(keys: Keys = {}): Contents {
  return new Map(
    Object.entries(keys).map(([path, key]) => [path, unpack(key)]),
  );
}

function unpack(key: string): Uint8Array {
  const { like, deflated = '' } = FILES.contents[key] ?? {};
  const dictionary = like && unpack(like).subarray(-DICTIONARY_BYTES);
  return new Uint8Array(
    inflateRawSync(
      Buffer.from(deflated, 'base64'),
      dictionary ? { dictionary } : {},
    ),
  );
}

function apply(edit: Edit, files: Contents, old: Contents): void {
  if ('remove' in edit)
    for (const path of below(files, edit.remove)) files.delete(path);
  else if ('cut' in edit) files.set(edit.cut, cut(files.get(edit.cut), edit));
  else if ('old' in edit) files.set(edit.old, old.get(edit.old) ?? null);
  else if ('content' in edit) files.set(edit.write, unpack(edit.content));
  else if ('write' in edit) files.set(edit.write, edit.text);
  else if ('folder' in edit) addFolder(files, edit.folder);
  else if ('move' in edit) {
    copy(files, edit.move);
    for (const path of below(files, edit.move[0])) files.delete(path);
  } else copy(files, edit.copy);
}

function cut(content: CaseFiles[string] | undefined, { to }: { to: number }) {
  return content instanceof Uint8Array ? content.subarray(0, to) : null;
}

/** A folder is listed by what lies in it, where something does. */
function addFolder(files: Contents, path: string): void {
  if (below(files, path).length === 0) files.set(path, null);
}

function copy(files: Contents, [from, to]: readonly [string, string]): void {
  for (const path of below(files, from))
    files.set(to + path.slice(from.length), files.get(path) ?? null);
}

/** The file of that name, or all files in the folder. */
function below(files: Contents, path: string): string[] {
  return [...files.keys()].filter(
    (name) => name === path || name.startsWith(`${path}/`),
  );
}
