import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import {
  materialize,
  readManifest,
} from '../../scripts/corpus/materialize.mjs';
import type { Manifest } from '../../scripts/corpus/materialize.mjs';
import { CHECKS } from '../../src/core/checks/index.ts';
import type { Source } from '../../src/core/bytes/reader.ts';
import { inspect } from '../../src/core/inspect.ts';
import { NOTHING_DECLARED } from '../../src/core/types.ts';
import type { Report } from '../../src/core/types.ts';
import { directorySource } from '../../src/sources/directory.ts';

const CORPUS = new URL('../corpus/', import.meta.url);

/** One case of the corpus, laid out in a temporary folder. */
export interface LaidOutCase {
  readonly manifest: Manifest;
  readonly folder: string;
}

/** Ids of all cases, sorted. */
export const CASE_IDS: readonly string[] = readdirSync(CORPUS)
  .filter((name) => existsSync(new URL(`${name}/manifest.json`, CORPUS)))
  .sort();

/** Whether this process opens what a mode of 0000 forbids. */
export const IS_ROOT = process.getuid?.() === 0;

/** Cases that their owner can read; the others need a process of their own (modes.test.ts). */
export const RUNNABLE_IDS: readonly string[] = await runnable();

async function runnable(): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const id of CASE_IDS) {
    const { modes, links } = await readManifest(caseUrl(id));
    const needsLinks = links !== undefined && process.platform === 'win32';
    if (locksOwnerOut(modes) || needsLinks) continue;
    ids.push(id);
  }
  return ids;
}

/** Whether a mode of a case keeps the owner from reading. */
export function locksOwnerOut(modes: Manifest['modes'] = {}): boolean {
  return Object.values(modes).some((mode) => (parseInt(mode, 8) & 0o400) === 0);
}

export function caseUrl(id: string): URL {
  return new URL(`${id}/`, CORPUS);
}

/** What every report says alike, so that a new check changes one file of the corpus. */
type Common = Pick<Report, 'tool' | 'scope' | 'checks'>;
const COMMON = new URL('common.json', CORPUS);

/** The expected report of a case, as it is committed. */
export async function readExpected(id: string): Promise<Report> {
  // The files are our own, and compared field by field with a report.
  const common = JSON.parse(await readFile(COMMON, 'utf8')) as Common;
  const own = await readFile(new URL('expected.json', caseUrl(id)), 'utf8');
  return { ...common, ...(JSON.parse(own) as Omit<Report, keyof Common>) };
}

const UPLOADED = 'expected-upload.json';

/** Commits a report as the expected one, to be reviewed. */
export async function writeExpected(id: string, report: Report): Promise<void> {
  const { common, own } = split(report);
  await writeFile(COMMON, textOf(common));
  await writeFile(new URL('expected.json', caseUrl(id)), textOf(own));
}

/** What reports say alike, and what a case says of its own. */
function split({ tool, scope, checks, ...own }: Report) {
  return { common: { tool, scope, checks } satisfies Common, own };
}

function textOf(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/**
 * The expected report of a case that went through an upload, where that loses some of
 * its entries (hidden names, empty folders, links); else `null`: it is the same.
 */
export async function readExpectedUpload(id: string): Promise<Report | null> {
  const file = new URL(UPLOADED, caseUrl(id));
  if (!existsSync(file)) return null;
  const common = JSON.parse(await readFile(COMMON, 'utf8')) as Common;
  const own = await readFile(file, 'utf8');
  return { ...common, ...(JSON.parse(own) as Omit<Report, keyof Common>) };
}

/** Commits such a report where it differs, to be reviewed. */
export async function writeExpectedUpload(
  id: string,
  report: Report,
): Promise<void> {
  const file = new URL(UPLOADED, caseUrl(id));
  const isSame = isDeepStrictEqual(report, await readExpected(id));
  if (isSame) return rm(file, { force: true });
  await writeFile(file, textOf(split(report).own));
}

/** Lays a case out, lets `use` work on it, and clears up. */
export async function withCase<T>(
  id: string,
  use: (laidOut: LaidOutCase) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'case-'));
  try {
    const target = join(folder, 'case');
    const manifest = await materialize(caseUrl(id), target);
    return await use({ manifest, folder });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The case as a directory source whose label is `case`. */
export function sourceOf({ folder }: LaidOutCase): Source {
  const source = directorySource('case', folder);
  if (source === null) throw new Error(`${folder} holds no case`);
  return source;
}

/** Inspects a source with every check, with the options of the case. */
export function inspectCase(
  { manifest }: LaidOutCase,
  source: Source,
): Promise<Report> {
  const options = {
    expect: 'auto',
    require: 'all',
    ...manifest.options,
    declared: { ...NOTHING_DECLARED, ...manifest.options?.declared },
  } as const;
  return inspect({
    targets: [{ named: 'case', sources: [source] }],
    options,
    checks: CHECKS,
  });
}
