import { describe, expect, test } from '@jest/globals';
import { resultsService } from '../../../src/action/artifacts/results-service.ts';
import { errorOf, runtimeToken } from './serve.ts';

const TOKEN = runtimeToken();

describe('without a runtime', () => {
  const refusalOf = (env: NodeJS.ProcessEnv) =>
    errorOf(
      (async () => {
        await Promise.resolve();
        return resultsService({
          env,
          mask: () => undefined,
          wait: () => Promise.resolve(),
        });
      })(),
    );
  const url = 'https://results.test/';

  test.each([
    [{}],
    [{ ACTIONS_RUNTIME_TOKEN: TOKEN }],
    [{ ACTIONS_RESULTS_URL: url }],
    [{ ACTIONS_RUNTIME_TOKEN: TOKEN, ACTIONS_RESULTS_URL: 'results' }],
    [{ ACTIONS_RUNTIME_TOKEN: TOKEN, ACTIONS_RESULTS_URL: 'file:///x' }],
  ])('%j', async (env) => {
    const { code, message } = await refusalOf(env);
    expect(code).toBe('NO_RUNTIME');
    expect(message).toContain('`run:` step');
    expect(message).not.toContain(TOKEN);
  });

  test.each([
    ['no token', 'secret-token'],
    ['no JSON', 'a.c2VjcmV0.b'],
    ['no claims', runtimeToken(null)],
    ['no scope', runtimeToken({ sub: 'x' })],
    ['a scope that is a list', runtimeToken({ scp: ['Actions.Results:a:b'] })],
    ['a scope without a job', runtimeToken({ scp: 'Actions.Results:a' })],
    ['a scope with more', runtimeToken({ scp: 'Actions.Results:a:b:c' })],
    ['ids with other characters', runtimeToken({ scp: 'Actions.Results:a:"' })],
    [
      'a prototype',
      `a.${btoa('{"__proto__":{"scp":"Actions.Results:a:b"}}')}.c`,
    ],
    ['no end', `a.${'A'.repeat(1_000_000)}.c`],
  ])('a token with %s', async (_, token) => {
    const { code, message } = await refusalOf({
      ACTIONS_RUNTIME_TOKEN: token,
      ACTIONS_RESULTS_URL: url,
    });
    expect(code).toBe('NO_RUNTIME');
    expect(message).not.toContain(token);
  });
});
