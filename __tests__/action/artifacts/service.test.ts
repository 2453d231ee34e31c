import { describe, expect, test } from '@jest/globals';
import { assertReadableServer } from '../../../src/action/artifacts/server.ts';
import { artifactService } from '../../../src/action/artifacts/service.ts';
import type { Wanted } from '../../../src/action/artifacts/service.ts';
import { errorOf, runtimeToken, sendJson, serve } from './serve.ts';

const TOKEN = 'ghs_0123456789abcdef';

/** A server for both services, and what is asked for through the inputs. */
async function ask(inputs: Partial<Wanted>) {
  const { url, got } = await serve((_, response) =>
    sendJson(response, { total_count: 0, artifacts: [] }),
  );
  const masked: string[] = [];
  const service = await artifactService({
    env: {
      ACTIONS_RUNTIME_TOKEN: runtimeToken(),
      ACTIONS_RESULTS_URL: url,
      GITHUB_API_URL: url,
      GITHUB_RUN_ID: '77',
      GITHUB_REPOSITORY: 'someone/models',
    },
    runId: '',
    repository: '',
    token: '',
    mask: (secret) => void masked.push(secret),
    ...inputs,
  });
  await service.list();
  return { asked: got[0], masked };
}

test.each([
  [{}],
  [{ runId: '77' }],
  [{ repository: 'someone/models' }],
  [{ runId: '77', repository: 'Someone/Models', token: TOKEN }],
])('this run is read without a token: %j', async (inputs) => {
  const { asked, masked } = await ask(inputs);
  expect(asked?.path).toMatch(/^\/twirp\/.*\/ListArtifacts$/);
  expect(asked?.headers.authorization).not.toContain(TOKEN);
  expect(masked).toEqual([]);
});

test.each([
  [{ runId: '78' }, 'someone/models', '78'],
  [{ runId: '77', repository: 'other/models' }, 'other/models', '77'],
  [{ runId: '5', repository: 'o-1/.github' }, 'o-1/.github', '5'],
])('another run is read by its token: %j', async (inputs, name, id) => {
  const { asked, masked } = await ask({ ...inputs, token: TOKEN });
  expect(asked?.path).toContain(`/repos/${name}/actions/runs/${id}/artifacts`);
  expect(asked?.headers.authorization).toBe(`token ${TOKEN}`);
  expect(masked).toEqual([TOKEN]);
});

describe('is refused', () => {
  test('another run without a token', async () => {
    const { code, message } = await errorOf(ask({ runId: '78' }));
    expect(code).toBe('NO_TOKEN');
    expect(message).toContain('`github-token: ${{ github.token }}`');
    expect(message).toContain('`permissions: actions: read`');
  });

  test.each([
    [{ runId: '78a' }, "'run-id'"],
    [{ runId: '../1' }, "'run-id'"],
    [{ runId: '0' }, "'run-id'"],
    [{ runId: '9'.repeat(16) }, "'run-id'"],
    [{ repository: 'models' }, "'repository'"],
    [{ repository: 'a/b/c' }, "'repository'"],
    [{ repository: 'a/..' }, "'repository'"],
    [{ repository: 'a/b?x', runId: '1' }, "'repository'"],
    [{ repository: 'other/models' }, "'run-id'"],
    [{ runId: '78', env: {} }, "'repository'"],
  ])('%j', async (inputs, words) => {
    const { code, message } = await errorOf(ask({ token: TOKEN, ...inputs }));
    expect(code).toBe('BAD_INPUT');
    expect(message).toContain(words);
    expect(message).not.toContain(TOKEN);
  });

  test('a step that is no action', async () => {
    expect((await errorOf(ask({ env: {} }))).code).toBe('NO_RUNTIME');
  });

  test('GitHub Enterprise Server', async () => {
    const env = { GITHUB_SERVER_URL: 'https://git.company.test' };
    const { code, message } = await errorOf(ask({ env }));
    expect(code).toBe('GHES');
    expect(message).toContain('actions/download-artifact@v3');
    expect(message).toContain('`path`');
  });
});

const refuses = (url: string): boolean => {
  try {
    assertReadableServer({ GITHUB_SERVER_URL: url });
    return false;
  } catch {
    return true;
  }
};

test.each([
  ['', true],
  ['https://github.com', true],
  ['https://GitHub.com/', true],
  ['https://company.ghe.com', true],
  ['http://github.localhost:3000', true],
  ['https://github.com.evil.test', false],
  ['https://ghe.com', false],
  ['https://localhost', false],
  ['https://notgithub.com', false],
  ['git', false],
])('the server %s', (url, isReadable) => {
  expect(refuses(url)).toBe(!isReadable);
});
