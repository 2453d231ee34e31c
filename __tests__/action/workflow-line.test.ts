import { describe, expect, test } from '@jest/globals';
import { findUsesLine } from '../../src/action/workflow-line.ts';

const OURS = {
  repository: 'gate/gate',
  workflowRepository: 'me/mine',
  stepId: 'check',
};
const find = (text: string, fields: Partial<typeof OURS> = {}) =>
  findUsesLine(text, { ...OURS, ...fields });

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
  ])('%j: %d', (steps, line) => {
    expect(find(workflow(steps))).toBe(line);
  });

  test.each([
    ['./', ''],
    ['./.github/actions/gate', ''],
    ['$/tools', 'me/mine'],
    ['ME/mine@main', 'me/mine'],
  ])('of `uses: %s` where the action is of %j', (uses, repository) => {
    expect(find(workflow(`      - uses: ${uses}`), { repository })).toBe(5);
  });

  test('of several by the id of the step', () => {
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
    expect(find(workflow(steps))).toBe(10);
    expect(find(workflow(steps), { stepId: '__gate_gate' })).toBeNull();
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
  ])('in %j: %s', (text) => {
    expect(find(text)).toBeNull();
  });

  test('for a local action where a job calls a local workflow', () => {
    const text = 'jobs:\n  a:\n    uses: ./.github/workflows/x.yml';
    expect(find(text, { repository: '' })).toBeNull();
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
  ])('in a mebibyte of %j', (piece) => {
    const text = piece.repeat((1024 * 1024) / piece.length);
    expect(find(`${text}\u2028`)).toBeNull();
    expect(find(`uses: ${text}\u2028`)).toBeNull();
  });
});
