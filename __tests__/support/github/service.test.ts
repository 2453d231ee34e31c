import {
  afterAll,
  afterEach,
  beforeAll,
  describe,
  expect,
  test,
} from '@jest/globals';
import { trained } from './contents.ts';
import { startFakeGitHub } from './index.ts';
import type { FakeGitHub } from './index.ts';
import { askRest, askTwirp, idsOf, signedUrl, textOf } from './requests.ts';

let github: FakeGitHub;
beforeAll(async () => {
  github = await startFakeGitHub();
});
afterEach(() => {
  for (const { name } of github.artifacts()) github.remove(name);
  Object.assign(github.options, {
    urlSeconds: 600,
    ignoresRanges: false,
    hasEtag: true,
    hasActionsRead: true,
    restRemaining: 1000,
  });
  github.resetLog();
});
afterAll(() => github.close());

describe('results service', () => {
  test('refuses without the token, and for another run', async () => {
    const path = 'github.actions.results.api.v1.ArtifactService/ListArtifacts';
    const bare = await fetch(`${github.url}/twirp/${path}`, {
      method: 'POST',
      body: '{}',
    });
    expect(bare.status).toBe(401);
    const other = await askTwirp(github, 'ListArtifacts', {
      workflow_run_backend_id: 'other',
    });
    expect(other.status).toBe(403);
    await bare.body?.cancel();
  });

  test('lists by id and by name, numbers as text, the newest last', async () => {
    const first = github.add({ name: 'a', content: 'one' });
    const second = github.add({
      name: 'a',
      content: 'three',
      digest: null,
      listedSizeBytes: 7,
    });
    github.add({ name: 'b', content: '', runId: '2' });
    const { value } = await askTwirp(github, 'ListArtifacts', {});
    expect(value).toMatchObject({
      artifacts: [
        { database_id: `${first.id}`, size: '3', digest: first.digest },
        { database_id: `${second.id}`, size: '7' },
      ],
    });
    expect(JSON.stringify(value).match(/digest/g)).toHaveLength(1);
    const one = await askTwirp(github, 'ListArtifacts', {
      id_filter: `${first.id}`,
    });
    expect(one.value).toMatchObject({
      artifacts: [{ database_id: `${first.id}` }],
    });
    const none = await askTwirp(github, 'ListArtifacts', { name_filter: 'c' });
    expect(none.value).toEqual({});
  });

  test('asks for the job that made it, where attempts share a name', async () => {
    for (const [jobId, content] of [
      ['1', 'first attempt'],
      ['2', 'second attempt'],
    ] as const)
      github.add({ name: 'a', content, jobId });
    expect(await textOf(await signedUrl(github, 'a'))).toBe('first attempt');
    const job = github.artifacts().at(-1)?.jobBackendId ?? '';
    const second = await signedUrl(github, 'a', job);
    expect(await textOf(second)).toBe('second attempt');
  });

  test('signs no URL for what was deleted after the list', async () => {
    github.add({ name: 'a', content: 'one' });
    github.remove('a');
    const { status } = await askTwirp(github, 'GetSignedArtifactURL', {
      ...idsOf(github),
      name: 'a',
    });
    expect(status).toBe(404);
  });
});

describe('blob store', () => {
  const content = trained(1_000_000, 1);
  const get = async (
    url: string,
    headers: Record<string, string> = {},
    method = 'GET',
  ) => {
    const response = await fetch(url, { headers, method });
    return { response, body: Buffer.from(await response.arrayBuffer()) };
  };
  const added = async (contentType = 'application/zip') => {
    github.add({ name: 'a', content, contentType });
    return signedUrl(github, 'a');
  };

  test.each([
    ['bytes=0-9', 0, 10],
    ['bytes=999990-', 999_990, 1_000_000],
    ['bytes=999990-2000000', 999_990, 1_000_000],
  ])('%s', async (range, start, end) => {
    const { response, body } = await get(await added(), { range });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(
      `bytes ${start}-${end - 1}/1000000`,
    );
    expect(Buffer.compare(body, content.slice(start, end))).toBe(0);
    expect(github.log().at(-1)).toMatchObject({
      kind: 'blob',
      name: 'read',
      subject: 'a',
      range,
      status: 206,
      bodyBytes: end - start,
    });
  });

  test.each([{}, { range: 'bytes=-10' }, { range: 'bytes=0-1,5-6' }])(
    'the whole for %j',
    async (headers) => {
      const { response, body } = await get(await added(), headers);
      expect(response.status).toBe(200);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-length': '1000000',
        'content-type': 'application/zip',
        'content-disposition': 'attachment; filename="a.zip"',
        etag: expect.stringMatching(/^"0x8D/),
      });
      expect(body).toHaveLength(1_000_000);
    },
  );

  test('a raw upload has its own type and name', async () => {
    const { response, body } = await get(
      await added('application/octet-stream'),
      {},
      'HEAD',
    );
    expect(response.headers.get('content-type')).toBe(
      'application/octet-stream',
    );
    expect(response.headers.get('content-disposition')).toBe(
      'attachment; filename="a"',
    );
    expect(response.headers.get('content-length')).toBe('1000000');
    expect(body).toHaveLength(0);
  });

  test('416 with the size, 412 for another ETag', async () => {
    const url = await added();
    const beyond = await get(url, { range: 'bytes=1000000-' });
    expect(beyond.response.status).toBe(416);
    expect(beyond.response.headers.get('content-range')).toBe(
      'bytes */1000000',
    );
    const changed = await get(url, { 'if-match': '"other"' });
    expect(changed.response.status).toBe(412);
    const etag = (await get(url)).response.headers.get('etag') ?? '';
    expect((await get(url, { 'if-match': etag })).response.status).toBe(200);
  });

  test.each<[string, (url: string) => string, Record<string, string>]>([
    ['a token', (url) => url, { authorization: 'Bearer x' }],
    ['another signature', (url) => url.replace(/sig=..../, 'sig=AAAA'), {}],
    ['a later end', (url) => url.replace(/se=\d{4}/, 'se=2999'), {}],
  ])('403 for %s', async (_name, change, headers) => {
    const { response, body } = await get(change(await added()), headers);
    expect(response.status).toBe(403);
    expect(response.headers.get('x-ms-error-code')).toBe(
      'AuthenticationFailed',
    );
    expect(body.toString()).toContain('<Code>AuthenticationFailed</Code>');
  });

  test('403 once the URL has expired, and ranges or ETag where asked off', async () => {
    github.options.urlSeconds = -1;
    expect((await get(await added())).response.status).toBe(403);
    Object.assign(github.options, {
      urlSeconds: 60,
      ignoresRanges: true,
      hasEtag: false,
    });
    const { response } = await get(await signedUrl(github, 'a'), {
      range: 'bytes=0-9',
    });
    expect(response.status).toBe(200);
    expect(response.headers.has('etag')).toBe(false);
  });
});

describe('REST', () => {
  test('1,200 artifacts in pages, linked to each other', async () => {
    for (let at = 0; at < 1200; at++)
      github.add({ name: `n${at}`, content: 'x', digest: null });
    const names: string[] = [];
    let next: string | undefined =
      '/repos/octo-org/octo-repo/actions/runs/1/artifacts?per_page=100';
    let count = 0;
    while (next !== undefined) {
      const { value, headers } = await askRest(github, next);
      count++;
      expect(value).toMatchObject({ total_count: 1200 });
      names.push(...(JSON.stringify(value).match(/"name":"n\d+"/g) ?? []));
      next = /<[^>]*(\/repos[^>]*)>; rel="next"/.exec(
        headers.get('link') ?? '',
      )?.[1];
    }
    expect(count).toBe(12);
    expect(new Set(names).size).toBe(1200);
    expect(
      github
        .log()
        .every(({ kind, name }) => kind === 'rest' && name === 'list'),
    ).toBe(true);
  });

  test('redirects to the blob, also for what is no zip', async () => {
    const { id } = github.add({
      name: 'a',
      content: 'raw',
      contentType: 'text/plain',
    });
    const { status, headers } = await askRest(github, zipPath(id));
    expect(status).toBe(302);
    expect(await textOf(headers.get('location') ?? '')).toBe('raw');
  });

  test.each<[number, string, () => void, Record<string, string>]>([
    [
      401,
      'Bad credentials',
      () => undefined,
      { authorization: 'Bearer other' },
    ],
    [
      403,
      'Resource not accessible by integration',
      () => {
        github.options.hasActionsRead = false;
      },
      {},
    ],
    [
      403,
      'API rate limit exceeded',
      () => {
        github.options.restRemaining = 0;
      },
      {},
    ],
    [404, 'Not Found', () => github.remove('a'), {}],
    [410, 'expired', () => undefined, {}],
    [
      415,
      'media type',
      () => undefined,
      { accept: 'application/octet-stream' },
    ],
  ])('%i %s', async (expected, message, prepare, headers) => {
    const { id } = github.add({
      name: 'a',
      content: 'x',
      expired: expected === 410,
    });
    prepare();
    const { status, value } = await askRest(github, zipPath(id), headers);
    expect(status).toBe(expected);
    expect(JSON.stringify(value)).toContain(message);
  });
});

function zipPath(id: number): string {
  return `/repos/octo-org/octo-repo/actions/artifacts/${id}/zip`;
}
