import { afterAll, describe, expect, test } from '@jest/globals';
import { runGate, temporaryWorkspace } from '../helpers/gate.ts';

const WORKFLOW = '.github/workflows/train.yml';
const OURS = { repository: 'gate/gate', stepId: 'check' };

const { workspace, write, clear } = temporaryWorkspace({});
afterAll(clear);

/** The line that annotations of the action are placed at, with this text of its workflow. */
async function find(
  text: string,
  fields: Partial<typeof OURS> = {},
): Promise<number | null> {
  const { repository, stepId } = { ...OURS, ...fields };
  write({ [WORKFLOW]: text });
  const { annotations } = await runGate(
    { path: 'absent' },
    {
      workspace,
      env: {
        GITHUB_REPOSITORY: 'me/mine',
        GITHUB_WORKFLOW_REF: `me/mine/${WORKFLOW}@refs/heads/main`,
        GITHUB_ACTION_REPOSITORY: repository,
        GITHUB_ACTION: stepId,
      },
    },
  );
  expect(annotations.length).toBeGreaterThan(0);
  const places = new Set(
    annotations.map(({ file, line }) => `${file}:${line}`),
  );
  expect([...places]).toEqual([`${WORKFLOW}:${annotations[0]?.line ?? null}`]);
  return annotations[0]?.line ?? null;
}

/** A workflow whose step begins on line 5. */
const workflow = (steps: string) =>
  `on: push\njobs:\n  a:\n    steps:\n${steps}\n`;

describe('the line is found', () => {
  test.each([
    ['      - uses: gate/gate@v1', 5],
    ['      - uses: "gate/gate@v1" # checks', 5],
    ["      -   'uses' : 'Gate/GATE@v1'", 5],
    ['      - uses: gate/gate/preflight@v1', 5],
    [
      '      - name: x\n        uses: gate/gate@v1\n        with:\n          path: out',
      6,
    ],
    ['    - run: |\n        uses: gate/gate@v1\n\n      uses: gate/gate@v1', 8],
    [
      '      - run: >-\n          - uses: gate/gate@v1\n      - uses: gate/gate@v1',
      7,
    ],
    ['      # - uses: gate/gate@v1\n      - uses: gate/gate@v1', 6],
    [
      '      - uses: other/gate@v1\n      - uses: ./gate/gate\n      - uses: gate/gate@v1',
      7,
    ],
    ['      - uses: gate/gate@v1\r\n        id: x\r', 5],
    ['      - |\n        uses: gate/gate@v1\n      - uses: gate/gate@v1', 7],
  ])('%j: %d', async (steps, line) => {
    expect(await find(workflow(steps))).toBe(line);
  });

  test.each([
    ['./', ''],
    ['./.github/actions/gate', ''],
    ['$/tools', 'me/mine'],
    ['ME/mine@main', 'me/mine'],
  ])('of `uses: %s` where the action is of %j', async (uses, repository) => {
    expect(await find(workflow(`      - uses: ${uses}`), { repository })).toBe(
      5,
    );
  });

  test('of several by the id of the step', async () => {
    const steps = [
      '      - id: other',
      '        uses: gate/gate@v1',
      '      - uses: gate/gate@v1',
      '        with:',
      '          id: check',
      '      - uses: gate/gate@v1',
      "        id: 'check' # this",
      '      - uses: gate/gate@v1',
    ].join('\n');
    expect(await find(workflow(steps))).toBe(10);
    const stepId = '__gate_gate';
    expect(await find(workflow(steps), { stepId })).toBeNull();
  });
});

describe('no line', () => {
  test.each([
    ['', 'no text'],
    [workflow('      - run: true'), 'no such step'],
    [workflow('      - uses: gate/gateway@v1'), 'a longer name'],
    [workflow('      - uses: ./'), 'a local action'],
    [workflow('      - run: "uses: gate/gate@v1"'), 'in a string'],
    [workflow('      - uses: gate/gate@v1\n      - uses: gate/gate@v2'), 'two'],
    [
      workflow('      - uses: gate/gate@v1\n        id: check\n').repeat(2),
      'one id in two jobs',
    ],
    [
      'jobs:\n  a:\n    uses: gate/gate/.github/workflows/x.yml@v1',
      'a workflow',
    ],
    ['uses: gate/gate@v1\nuses: gate/gate@v1', 'no steps at all'],
  ])('in %j: %s', async (text) => {
    expect(await find(text)).toBeNull();
  });

  test('for a local action where a job calls a local workflow', async () => {
    const text = 'jobs:\n  a:\n    uses: ./.github/workflows/x.yml';
    expect(await find(text, { repository: '' })).toBeNull();
  });

  // Each would take hours where a pattern goes over a line again and again.
  test.each([
    '- ',
    '"',
    ' #',
    '#\u2028',
    'a ',
    'a: ',
    ' ',
    '-',
    'uses: |',
    '- uses: gate/gate@v1\n',
    '\n',
    "uses: '",
  ])('in almost a mebibyte of %j', async (piece) => {
    const room = 1024 * 1024 - 10;
    const text = piece.repeat(Math.floor(room / Buffer.byteLength(piece)));
    expect(await find(`${text}\u2028`)).toBeNull();
    expect(await find(`uses: ${text}\u2028`)).toBeNull();
  });
});
