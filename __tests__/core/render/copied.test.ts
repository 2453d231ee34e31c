import { describe, expect, test } from '@jest/globals';
import { CHECKS } from '../../../src/core/checks/index.ts';
import { inspect } from '../../../src/core/inspect.ts';
import { renderMarkdown } from '../../../src/core/render/markdown.ts';
import { renderText } from '../../../src/core/render/text.ts';
import { wrap } from '../../../src/core/render/text-layout.ts';
import { trainerSave } from '../../builders/trainer-save.ts';
import { memorySource } from '../../helpers/memory-source.ts';

const LABELS = [
  'run',
  'a  b',
  'two words',
  "my run's out",
  '-dash',
  '$(touch pwned) `x` "q"',
  `a/${'very-long-name '.repeat(8)}/b`,
];

const blocked = (label: string) =>
  inspect({
    targets: [
      {
        named: label,
        sources: [
          memorySource(label, {
            ...trainerSave('checkpoint-2', { step: 2 }),
            'checkpoint-4/test.txt': 'x',
          }),
        ],
      },
    ],
    options: { expect: 'auto', require: 'all' },
    checks: CHECKS,
  });

describe('what is to be typed can be copied', () => {
  test.each(LABELS)('from the text of %j, at any width', async (label) => {
    const report = await blocked(label);
    const resume = report.runs[0]?.resume;
    const typed = [resume?.pass ?? '', ...(resume?.moveAway ?? [])];
    expect(typed.every((code) => code.includes('checkpoint-'))).toBe(true);
    for (const width of [20, 80, 200]) {
      const lines = renderText(report, { color: false, width })
        .split('\n')
        .map((line) => line.trim());
      for (const code of typed) expect(lines).toContain(code);
    }
  });

  test.each(LABELS)('from the page of %j', async (label) => {
    const report = await blocked(label);
    const blocks = [
      ...renderMarkdown(report).matchAll(/^<pre>(.*)<\/pre>$/gm),
    ].map(([, code = '']) =>
      code.replace(/&#(\d+);/g, (_, digits: string) =>
        String.fromCharCode(Number(digits)),
      ),
    );
    const resume = report.runs[0]?.resume;
    expect(blocks).toEqual([resume?.pass, ...(resume?.moveAway ?? [])]);
  });

  test.each(LABELS)('from the fix of %j, or it is not there', async (label) => {
    const report = await blocked(label);
    const [command = ''] = report.runs[0]?.resume?.moveAway ?? [];
    const { fix = '' } =
      report.findings.find(({ check }) => check === 'resume-blocked') ?? {};
    expect(fix.includes(`\`${command}\``)).toBe(!/`| {2}/.test(label));
    expect(fix.includes('mv --')).toBe(!/`| {2}/.test(label));
  });
});

test('of a single checkpoint, too, the summary says what to pass', async () => {
  const report = await inspect({
    targets: [
      {
        named: 'run',
        sources: [
          memorySource('run', trainerSave('checkpoint-2', { step: 2 })),
        ],
      },
    ],
    options: { expect: 'auto', require: 'all' },
    checks: CHECKS,
  });
  const pass = 'trainer.train(resume_from_checkpoint="run/checkpoint-2")';
  const text = renderText(report, { color: false, width: 80 });
  expect(report.checkpoints).toHaveLength(1);
  expect(text).toContain(`  ${pass}\n`);
  expect(text).toContain('Resume from here: run/checkpoint-2\n');
  expect(renderMarkdown(report)).toContain('<pre>trainer.train');
});

describe('a line that is broken', () => {
  test.each([
    [
      'keeps code whole',
      'say `a  b c` or (`d e`), f',
      ['say', '`a  b c`', 'or', '(`d e`),', 'f'],
    ],
    [
      'takes a lone backtick for a letter',
      'it` is a word',
      ['it` is a', 'word'],
    ],
    ['keeps the spaces within it', 'a  b c  d', ['a  b c', 'd']],
  ])('%s', (_name, words, lines) => {
    expect(wrap(words, 8)).toEqual(lines);
  });
});
