import { describe, expect, test } from '@jest/globals';
import { answering, connect, METHOD, READ, SNAKE } from './results.ts';
import { errorOf, sendJson } from './serve.ts';

/** Lists one artifact and signs it with the answer. */
async function signedBy(signed: unknown, status = 200) {
  const connected = await connect((got, response) =>
    got.path.endsWith('ListArtifacts')
      ? sendJson(response, { artifacts: [SNAKE] })
      : sendJson(response, signed, status),
  );
  const { artifacts } = await connected.service.list();
  const sign = () =>
    Promise.all(artifacts.map((one) => connected.service.sign(one)));
  return { ...connected, sign };
}

describe('a signed URL', () => {
  const url = 'https://blob.test/a.zip?se=1&sig=abcdefgh%2Bij%3D&sp=r';
  test.each([['signed_url'], ['signedUrl']])('as %s', async (field) => {
    const { sign, got, masked } = await signedBy({ [field]: url });
    expect(await sign()).toEqual([url]);
    expect(got[1]?.path).toBe(`${METHOD}GetSignedArtifactURL`);
    // Of the job that uploaded it, not of this one.
    expect(JSON.parse(got[1]?.body ?? '')).toEqual({
      workflow_run_backend_id: 'run-1',
      workflow_job_run_backend_id: 'job-9',
      name: 'weights',
    });
    expect(masked.sort()).toEqual(['abcdefgh%2Bij%3D', 'abcdefgh+ij=']);
  });

  test.each([
    ['none', {}],
    ['an empty one', { signed_url: '' }],
    ['an object', { signed_url: { url } }],
    ['no URL', { signed_url: 'blob' }],
    ['a file', { signed_url: 'file:///etc/passwd' }],
    ['one with a user', { signed_url: 'https://a:b@blob.test/?sig=abcdefgh' }],
  ])('is not taken: %s', async (_, answer) => {
    const { sign } = await signedBy(answer);
    const { code, message } = await errorOf(sign());
    expect([code, message.includes('blob.test')]).toEqual([
      'BAD_ANSWER',
      false,
    ]);
  });

  test('of an artifact that is no more', async () => {
    const { sign } = await signedBy({ code: 'not_found', msg: 'x' }, 404);
    expect((await errorOf(sign())).message).toContain('HTTP 404, not_found');
  });

  test('of an artifact that was not listed', async () => {
    const { service, got } = await answering({});
    const { code } = await errorOf(service.sign(READ));
    expect([code, got.length]).toEqual(['NOT_FOUND', 0]);
  });
});
