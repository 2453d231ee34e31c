import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  expect,
  jest,
  test,
} from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { callClient } from './client.ts';
import { bytesContent, digestOf } from './contents.ts';
import { startFakeGitHub } from './index.ts';
import type { FakeGitHub } from './index.ts';
import { upload } from './upload.ts';
import { zipContent } from './zip-content.ts';

const FILES: Readonly<Record<string, Uint8Array>> = {
  'run/checkpoint-10/adapter_config.json': Buffer.from('{"r": 8}'.repeat(50)),
  // More than one block of the uploader, and nothing that compresses.
  'run/checkpoint-10/adapter_model.safetensors': randomBytes(9_000_000),
  'run/trainer_state.json': Buffer.from('{}'),
};
const WEIGHTS = 'run/checkpoint-10/adapter_model.safetensors';

const onPosix = process.platform === 'win32' ? test.skip : test;

// Every call starts a process, which loads the client.
jest.setTimeout(60_000);

let github: FakeGitHub;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fake-github-'));
  for (const [name, bytes] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
});
beforeEach(async () => {
  github = await startFakeGitHub();
});
afterEach(() => github.close());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([0, 6, 9])(
  'the client gets back at level %i what it uploaded',
  async (compressionLevel) => {
    const path = join(folder, 'run');
    const [stored] = await upload(github, [
      { name: 'run', path, compressionLevel },
    ]);
    expect(stored).toMatchObject({
      name: 'run',
      contentType: 'application/zip',
      listedSizeBytes: stored?.content.sizeBytes,
      digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
    });
    const into = join(folder, `out-${compressionLevel}`);
    await expect(
      callClient(github, [
        ['getArtifact', 'run'],
        [
          'downloadArtifact',
          stored?.id,
          { path: into, expectedHash: stored?.digest },
        ],
      ]),
    ).resolves.toEqual([
      {
        value: {
          artifact: expect.objectContaining({
            id: stored?.id,
            digest: stored?.digest,
          }),
        },
      },
      { value: { downloadPath: into, digestMismatch: false } },
    ]);
    for (const [name, bytes] of Object.entries(FILES)) {
      const got = readFileSync(join(into, name.slice('run/'.length)));
      expect([name, sha256(got)]).toEqual([name, sha256(bytes)]);
    }
  },
);

// On Windows a file has no mode to set.
onPosix.each([0, 6])(
  'archives built without the client are as it writes them, at level %i',
  async (level) => {
    const path = join(folder, WEIGHTS);
    const modified = new Date('2026-03-04T05:06:08Z');
    utimesSync(path, modified, modified);
    chmodSync(path, 0o644);
    const [stored] = await upload(github, [
      { name: 'one', path, compressionLevel: level },
    ]);
    const built = zipContent([
      {
        name: 'adapter_model.safetensors',
        content: FILES[WEIGHTS] ?? '',
        method: level === 0 ? 'stored' : 'deflated',
        level,
        modified,
      },
    ]);
    expect(stored?.digest).toBe(digestOf(built));
  },
);

test('one file goes up and comes down as it is, by both ways', async () => {
  const path = join(folder, WEIGHTS);
  const [stored] = await upload(github, [
    { name: 'unused', path, isArchived: false },
  ]);
  expect(stored).toMatchObject({
    name: 'adapter_model.safetensors',
    contentType: 'application/octet-stream',
    digest: `sha256:${sha256(FILES[WEIGHTS] ?? '')}`,
  });
  const findBy = {
    token: github.env['GITHUB_TOKEN'],
    workflowRunId: 1,
    repositoryOwner: 'octo-org',
    repositoryName: 'octo-repo',
  };
  const twirp = join(folder, 'raw-twirp');
  const rest = join(folder, 'raw-rest');
  const results = await callClient(github, [
    ['downloadArtifact', stored?.id, { path: twirp }],
    ['downloadArtifact', stored?.id, { path: rest, findBy }],
  ]);
  expect(results.map(({ error }) => error)).toEqual([undefined, undefined]);
  for (const into of [twirp, rest])
    expect(sha256(readFileSync(join(into, 'adapter_model.safetensors')))).toBe(
      sha256(FILES[WEIGHTS] ?? ''),
    );
});

test('a name is taken once, free again when deleted, and the newest id comes last', async () => {
  const root = join(folder, 'run');
  const files = [join(root, 'trainer_state.json')];
  const results = await callClient(github, [
    ['uploadArtifact', 'first', files, root],
    ['uploadArtifact', 'second', files, root],
    ['uploadArtifact', 'first', files, root],
    ['deleteArtifact', 'first'],
    ['uploadArtifact', 'first', files, root],
    ['listArtifacts'],
  ]);
  expect(results[2]?.error).toMatch(/409/);
  expect(results[5]?.value).toEqual({
    artifacts: [
      expect.objectContaining({ name: 'second' }),
      expect.objectContaining({ name: 'first', createdAt: expect.anything() }),
    ],
  });
});

test('the client understands both spellings', async () => {
  github.options.camelCase = true;
  const added = github.add({ name: 'a', content: bytesContent('x') });
  const [result] = await callClient(github, [['getArtifact', 'a']]);
  expect(result?.value).toMatchObject({ artifact: { id: added.id, size: 1 } });
});

test('a hundred small uploads go through one process', async () => {
  const path = join(folder, 'run/trainer_state.json');
  const names = Array.from({ length: 100 }, (_, at) => `leg-${at}`);
  const stored = await upload(
    github,
    names.map((name) => ({ name, path })),
    8,
  );
  expect(stored.map((one) => one?.name)).toEqual(names);
});

function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
