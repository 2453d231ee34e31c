import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { materialize } from '../../scripts/corpus/materialize.mjs';
import { artifactTargets } from '../../src/action/artifact-targets.ts';
import { VALUES_MAX_TRANSFER_BYTES } from '../../src/core/bytes/limits.ts';
import type { Source } from '../../src/core/bytes/reader.ts';
import type { Report } from '../../src/core/types.ts';
import { resolveTarget } from '../../src/sources/resolve-target.ts';
import {
  caseUrl,
  inspectCase,
  readExpected,
  readExpectedUpload,
  RUNNABLE_IDS,
  writeExpectedUpload,
} from '../helpers/corpus.ts';
import type { LaidOutCase } from '../helpers/corpus.ts';
import { runGate } from '../helpers/gate.ts';
import { startFakeGitHub } from '../support/github/index.ts';
import type { FakeGitHub, Stored } from '../support/github/types.ts';
import { upload } from '../support/github/upload.ts';

// `UPDATE_CORPUS=1 npm test -- same-report` writes the reports anew, to be reviewed.
const isUpdate = process.env['UPDATE_CORPUS'] === '1';

/** An upload takes what a link leads to: here whatever lies around the case. */
const LEADING_OUT = 'damaged-link-out-of-root';
const IDS = RUNNABLE_IDS.filter((id) => id !== LEADING_OUT);

/** Each case is uploaded at one of them; those that lose entries at each alike. */
const LEVELS = [0, 6, 9] as const;

let folder = '';
let github: FakeGitHub;
const cases = new Map<string, LaidOutCase>();
const uploaded = new Map<string, Stored | null>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'uploads-'));
  github = await startFakeGitHub();
  for (const id of IDS) {
    const own = join(folder, id);
    const manifest = await materialize(caseUrl(id), join(own, 'case'));
    cases.set(id, { manifest, folder: own });
  }
  const uploads = IDS.map((name, at) => ({
    name,
    path: join(folder, name, 'case'),
    compressionLevel: LEVELS[at % LEVELS.length] ?? 6,
  }));
  const stored = await upload(github, uploads);
  IDS.forEach((id, at) => uploaded.set(id, stored[at] ?? null));
}, 300_000);

afterAll(async () => {
  await github.close();
  await rm(folder, { recursive: true, force: true });
});

/** As every other source of the corpus is called. */
function relabelled({ mark: _, ...source }: Source): Source {
  return { ...source, label: 'case' };
}

function laidOut(id: string): LaidOutCase {
  const found = cases.get(id);
  if (found === undefined) throw new Error(`no case ${id}`);
  return found;
}

async function inspectRemote(id: string) {
  const { targets, close } = await artifactTargets({
    patterns: [id],
    env: { ...github.env },
    runId: '',
    repository: '',
    token: '',
    mask: () => undefined,
    transferMaxBytes: VALUES_MAX_TRANSFER_BYTES,
  });
  try {
    const [source] = targets.flatMap(({ sources }) => sources);
    if (source === undefined) throw new Error(`no artifact of ${id}`);
    return await inspectCase(laidOut(id), relabelled(source));
  } finally {
    for (const { sources } of targets)
      for (const source of sources) await source.close?.();
    await close();
  }
}

async function inspectZip(id: string, { content }: Stored) {
  const file = join(folder, `${id}.zip`);
  await writeFile(file, content.slice(0, content.sizeBytes));
  const { sources } = await resolveTarget(`${id}.zip`, folder);
  const [source] = sources;
  if (source === undefined) throw new Error(`no zip of ${id}`);
  try {
    return await inspectCase(laidOut(id), relabelled(source));
  } finally {
    await source.close?.();
  }
}

test('what is not uploaded has no file that an upload takes', async () => {
  const left = IDS.filter((id) => uploaded.get(id) === null);
  for (const id of left)
    expect(await filesIn(join(folder, id, 'case'))).toEqual([]);
  expect(left.length).toBeLessThan(5);
});

test.each(IDS)('%s: the same report from an artifact', async (id) => {
  const stored = uploaded.get(id) ?? null;
  if (stored === null) return;
  const remote = await inspectRemote(id);
  if (isUpdate) await writeExpectedUpload(id, remote);
  const expected = (await readExpectedUpload(id)) ?? (await readExpected(id));
  expect(remote).toEqual(expected);
  expect(await inspectZip(id, stored)).toEqual(expected);
});

/** Whether a part of a report concerns the artifact. */
const isOf = (id: string, path: string) =>
  path === id || path.startsWith(`${id}:`);

/** What a report says of a case, its paths and its prints as those of an artifact. */
function relabelledTo(id: string, { checkpoints, findings }: Report) {
  const text = JSON.stringify({
    checkpoints,
    findings: findings.map(({ fingerprint: _, ...rest }) => rest),
  });
  const named = text
    .replaceAll('"case"', JSON.stringify(id))
    .replaceAll(/\bcase\//g, `${id}:`)
    .replaceAll(' in case ', ` in ${id} `);
  return JSON.parse(named) as Pick<Report, 'checkpoints' | 'findings'>;
}

test('the committed bundle says the same of all of them in one step', async () => {
  const ids = IDS.filter(
    (id) =>
      laidOut(id).manifest.options === undefined && uploaded.get(id) !== null,
  );
  await runGate(
    { artifact: ids.join('\n'), report: 'all.json' },
    { workspace: folder, env: github.env },
  );
  const text = await readFile(join(folder, 'all.json'), 'utf8');
  const all = JSON.parse(text) as Report;
  for (const id of ids) {
    const expected = (await readExpectedUpload(id)) ?? (await readExpected(id));
    const own = {
      checkpoints: all.checkpoints.filter(({ path }) => isOf(id, path)),
      findings: all.findings
        .filter(({ where }) => isOf(id, where.path))
        .map(({ fingerprint: _, ...rest }) => rest),
    };
    // The target is told by its name, what lies at its root with a colon behind it.
    const told = JSON.stringify(own)
      .replaceAll(`"${id}:"`, JSON.stringify(id))
      .replaceAll(` in ${id}: `, ` in ${id} `);
    expect(JSON.parse(told)).toEqual(relabelledTo(id, expected));
  }
});

/** Files that an upload takes: no hidden ones, nothing of hidden folders. */
async function filesIn(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
    .filter((name) => !name.split('/').some((part) => part.startsWith('.')));
}
