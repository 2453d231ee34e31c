import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Artifact } from '../../../src/action/artifacts/artifact.ts';
import {
  downloadWhole,
  temporaryFolder,
} from '../../../src/action/artifacts/download.ts';
import type { DownloadClient } from '../../../src/action/artifacts/download.ts';
import { withoutOutput } from '../../../src/action/artifacts/quiet.ts';
import { errorOf, runtimeToken, sendJson, serve } from './serve.ts';

const BLOB = Buffer.from('PK\u0003\u0004 not quite a zip');
const DIGEST = `sha256:${createHash('sha256').update(BLOB).digest('hex')}`;
const OTHER_DIGEST = `sha256:${'0'.repeat(64)}`;

const artifact = (rest: Partial<Artifact> = {}): Artifact => ({
  id: '12',
  name: 'weights',
  sizeBytes: BLOB.length,
  digest: DIGEST,
  isExpired: false,
  createdAt: null,
  ...rest,
});

let folder = '';
const env = { ...process.env };
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'download-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  process.env = { ...env };
});

/** A client that does what it is told with the folder it is given. */
const client =
  (act: (path: string) => { digestMismatch?: boolean }) =>
  (): Promise<DownloadClient> =>
    Promise.resolve({
      downloadArtifact: (_, { path }) =>
        new Promise((resolve) => {
          resolve(act(path));
        }),
    });

const writing = client((path) => {
  writeFileSync(join(path, 'weights.zip'), BLOB);
  return { digestMismatch: false };
});

/** What is printed while something runs. */
async function printedBy<T>(
  run: () => Promise<T>,
): Promise<{ printed: string; found: T }> {
  const { stdout } = process;
  const write = stdout.write.bind(stdout);
  let printed = '';
  stdout.write = (text: string | Uint8Array) => {
    printed += String(text);
    return true;
  };
  try {
    const found = await run();
    return { printed, found };
  } finally {
    stdout.write = write;
  }
}

/** A service of this run whose blob has these headers, for the client that is published. */
async function serveBlob(headers: Readonly<Record<string, string>>) {
  const { url, got } = await serve((one, response) => {
    if (one.path.endsWith('/ListArtifacts'))
      return sendJson(response, {
        artifacts: [
          {
            workflow_run_backend_id: 'run-1',
            workflow_job_run_backend_id: 'job-9',
            database_id: '12',
            name: 'weights',
            size: String(BLOB.length),
          },
        ],
      });
    if (one.path.endsWith('/GetSignedArtifactURL'))
      return sendJson(response, { signed_url: `${url}/a.zip?sig=abcdefgh` });
    response.writeHead(200, headers);
    response.end(BLOB);
  });
  Object.assign(process.env, {
    ACTIONS_RUNTIME_TOKEN: runtimeToken(),
    ACTIONS_RESULTS_URL: url,
    GITHUB_SERVER_URL: 'https://github.com',
  });
  return got;
}

describe('@actions/artifact', () => {
  test.each([
    [DIGEST, true],
    [OTHER_DIGEST, false],
    [null, null],
  ])('keeps a zip whole, digest %s', async (digest, digestMatches) => {
    const got = await serveBlob({
      'content-type': 'application/zip',
      'content-disposition': 'attachment; filename="weights.zip"',
    });
    const { found } = await printedBy(() =>
      downloadWhole(artifact({ digest }), folder, {}),
    );
    expect(readFileSync(found.path)).toEqual(BLOB);
    expect([found.sizeBytes, found.digestMatches]).toEqual([
      BLOB.length,
      digestMatches,
    ]);
    expect(dirname(dirname(found.path))).toBe(folder);
    // The token is for the service, not for the blob.
    expect(got.at(-1)?.headers.authorization).toBeUndefined();
    await found.remove();
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([
    ["attachment; filename*=UTF-8''..%2F..%2Fx%0A::error::hacked", true],
    ["attachment; filename*=UTF-8''a%0A::set-output name=x::y", true],
    ['attachment', false],
  ])('prints no name that a server gives: %s', async (disposition, isNamed) => {
    await serveBlob({
      'content-type': 'application/octet-stream',
      'content-disposition': disposition,
    });
    const { printed, found } = await printedBy(() =>
      downloadWhole(artifact(), folder, {}),
    );
    expect(printed.replace(/^::(?:add-mask|debug)::.*\r?\n/gm, '')).toBe('');
    expect(dirname(dirname(found.path))).toBe(folder);
    expect(basename(found.path) === 'artifact').toBe(!isNamed);
  });
});

describe('before a download', () => {
  test('there has to be space for it and 64 MiB', async () => {
    const needed = BLOB.length + 64 * 1024 * 1024;
    const settings = { client: writing };
    const error = await errorOf(
      downloadWhole(artifact(), folder, {
        ...settings,
        freeBytes: () => Promise.resolve(needed - 1),
      }),
    );
    expect(error.code).toBe('NO_SPACE');
    expect(error.message).toContain('20 bytes');
    expect(error.message).toContain('64 MiB');
    expect(readdirSync(folder)).toEqual([]);
    const found = await downloadWhole(artifact(), folder, {
      ...settings,
      freeBytes: () => Promise.resolve(needed),
    });
    expect(found.digestMatches).toBe(true);
  });

  test('more space than any disk has is not there', async () => {
    const sizeBytes = Number.MAX_SAFE_INTEGER;
    const error = await errorOf(
      downloadWhole(artifact({ sizeBytes }), folder, { client: writing }),
    );
    expect(error.code).toBe('NO_SPACE');
  });

  test('the id has to be a number that is exact', async () => {
    const error = await errorOf(
      downloadWhole(artifact({ id: '9007199254740993' }), folder, {}),
    );
    expect(error.code).toBe('BAD_ANSWER');
  });
});

describe('a download that fails leaves nothing', () => {
  const secret = 'https://blob.test/?sig=abcdefgh';
  const failing = (error: object) =>
    client((path) => {
      writeFileSync(join(path, 'half'), 'x');
      throw Object.assign(new Error(secret), error);
    });

  test.each([
    [{ status: 410 }, 'HTTP 410'],
    [{ code: 'ECONNRESET' }, 'ECONNRESET'],
    [
      { message: `Artifact download failed after 5 retries. ${secret}` },
      'after 5 retries',
    ],
    [{}, 'its service refused it'],
  ])('%j', async (error, words) => {
    const { code, message } = await errorOf(
      downloadWhole(artifact(), folder, { client: failing(error) }),
    );
    expect(code).toBe('UNREACHABLE');
    expect(message).toContain(words);
    expect(message).not.toContain('blob.test');
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([
    ['no file', []],
    ['several files', ['a', 'b']],
  ])('%s', async (words, names) => {
    const { code, message } = await errorOf(
      downloadWhole(artifact(), folder, {
        client: client((path) => {
          for (const name of names) writeFileSync(join(path, name), 'x');
          return {};
        }),
      }),
    );
    expect(code).toBe('BAD_ANSWER');
    expect(message).toContain(words);
    expect(readdirSync(folder)).toEqual([]);
  });
});

test('only whole commands come through, and all that is printed after', async () => {
  const print = (text: string) => process.stdout.write(text);
  const { printed } = await printedBy(async () => {
    const inner = withoutOutput(async () => {
      print('::add-mask::secret%0Ax\n');
      await new Promise((resolve) => setTimeout(resolve, 20));
      print('::debug::text\n');
    });
    const failing = withoutOutput(() => {
      print('Downloading to: a\n::error::hacked\n');
      print('::add-mask::a\n::error::hacked\n');
      print('::error::hacked\n');
      print('::debug::Body: {"signedUrl": "https://blob.test/?a=b&sig=c"}\n');
      process.stdout.write(Buffer.from('::debug::bytes\n'));
      return Promise.reject(new Error('x'));
    });
    await Promise.allSettled([inner, failing]);
    print('after\n');
  });
  expect(printed).toBe('::add-mask::secret%0Ax\n::debug::text\nafter\n');
});

test('a write that is held back is told to be done', async () => {
  const told: string[] = [];
  await withoutOutput(async () => {
    await new Promise<void>((resolve) =>
      process.stdout.write('x', () => {
        told.push('without encoding');
        resolve();
      }),
    );
    await new Promise<void>((resolve) =>
      process.stdout.write('x', 'utf8', () => {
        told.push('with encoding');
        resolve();
      }),
    );
  });
  expect(told).toEqual(['without encoding', 'with encoding']);
});

test('the folder is the one that the runner empties', () => {
  expect(temporaryFolder({ RUNNER_TEMP: '/runner/_temp' })).toBe(
    '/runner/_temp',
  );
  expect(temporaryFolder({ RUNNER_TEMP: '' })).toBe(tmpdir());
});
