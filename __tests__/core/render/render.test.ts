import { describe, expect, test } from '@jest/globals';
import { renderAnnotations } from '../../../src/core/render/annotations.ts';
import { renderMarkdown } from '../../../src/core/render/markdown.ts';
import { renderText } from '../../../src/core/render/text.ts';
import {
  checkpoint,
  finding,
  findings,
  report,
  skip,
} from '../../builders/report.ts';

const FAILING = report({
  verdict: 'fail',
  headline: 'fail; 1 error on 1 of 2 checkpoints; trained of 2 not checked',
  checkpoints: [
    checkpoint(3),
    checkpoint(6, {
      weightsBytes: null,
      tensors: null,
      answers: {
        ...checkpoint(6).answers,
        loads: { value: 'no' },
      },
    }),
  ],
  findings: [finding({ loaderErrors: ['ValueError: Repo id must be …'] })],
});

const UNREAD = report({
  verdict: 'inconclusive',
  headline: 'inconclusive; 1 place could not be read',
  skipped: [
    skip(),
    skip({
      where: { path: 'run/x' },
      cause: 'io',
      reason: 'it could not be read (EACCES)',
    }),
  ],
});

const text = (one: typeof FAILING, width = 80) =>
  renderText(one, { color: false, width });

describe('text', () => {
  test('of a pass', () => {
    expect(text(report())).toMatchInlineSnapshot(`
     "PASS; trained and resumes of 2 checkpoints not checked

     Run run
     CHECKPOINT    STEP  KIND               SIZE  LOADS  TRAINED      RESUMES
     checkpoint-3     3  adapter (LORA)  154 MiB  yes    not checked  not checked
     checkpoint-6     6  adapter (LORA)  154 MiB  yes    not checked  not checked
     Newest that loads: run/checkpoint-6

     trained, resumes not checked: this version has no checks for it
     \`loads\` rests on headers.

     2 checkpoints, 0 errors, 0 warnings, 0 notices; 12 files in 3 folders listed.
     Checkpoint Gate 1.2.3, answering for peft 0.21.0.
     "
    `);
  });

  test('of a fail', () => {
    expect(text(FAILING)).toMatchInlineSnapshot(`
     "FAIL; 1 error on 1 of 2 checkpoints; trained of 2 not checked

     Run run
     CHECKPOINT    STEP  KIND               SIZE  LOADS  TRAINED      RESUMES
     checkpoint-3     3  adapter (LORA)  154 MiB  yes    not checked  not checked
     checkpoint-6     6  adapter (LORA)           no     not checked  not checked
     Newest that loads: run/checkpoint-6

     trained, resumes not checked: this version has no checks for it
     \`loads\` rests on headers.

     error: run/checkpoint-6 [weights-missing]
       What:  adapter_config.json is there, the weights are not.
       Why:   There is nothing to load.
       Fix:   Save again.
       Error: ValueError: Repo id must be …

     2 checkpoints, 1 error, 0 warnings, 0 notices; 12 files in 3 folders listed.
     Checkpoint Gate 1.2.3, answering for peft 0.21.0.
     "
    `);
  });

  test('of what could not be read', () => {
    expect(text(UNREAD)).toMatchInlineSnapshot(`
     "INCONCLUSIVE; 1 place could not be read

     Run run
     CHECKPOINT    STEP  KIND               SIZE  LOADS  TRAINED      RESUMES
     checkpoint-3     3  adapter (LORA)  154 MiB  yes    not checked  not checked
     checkpoint-6     6  adapter (LORA)  154 MiB  yes    not checked  not checked
     Newest that loads: run/checkpoint-6

     trained, resumes not checked: this version has no checks for it
     \`loads\` rests on headers.

     Not examined:
       run/x (io: it could not be read (EACCES))
       run/.git (ignored: version control, not training output)

     2 checkpoints, 0 errors, 0 warnings, 0 notices; 12 files in 3 folders listed.
     Checkpoint Gate 1.2.3, answering for peft 0.21.0.
     "
    `);
  });

  test('keeps to the width that it is given', () => {
    for (const width of [80, 100, 120])
      for (const line of text(FAILING, width).split('\n'))
        expect(line.length).toBeLessThanOrEqual(width);
  });

  test('says how many rows, findings, reasons and places it leaves out', () => {
    const many = report({
      checkpoints: Array.from({ length: 500 }, (_, at) =>
        checkpoint(at, {
          answers: {
            ...checkpoint(at).answers,
            trained: { value: 'not checked', reason: `reason ${at}` },
          },
        }),
      ),
      findings: Array.from({ length: 80 }, (_, at) =>
        finding({ check: `check-${at}` }),
      ),
      skipped: Array.from({ length: 90 }, (_, at) =>
        skip({ reason: `reason ${at}` }),
      ),
    });
    for (const words of [
      '460 more checkpoints',
      '30 more findings',
      '491 more reasons',
      '70 more places',
    ])
      expect(text(many)).toContain(`… and ${words} (see --format json)`);
  });

  test('has codes in it only when it is coloured', () => {
    expect(text(FAILING)).not.toContain('\u001b');
    const coloured = renderText(FAILING, { color: true, width: 80 });
    expect(coloured).toContain('\u001b[31mFAIL\u001b[0m');
  });
});

describe('Markdown', () => {
  test('of a pass', () => {
    expect(renderMarkdown(report())).toMatchInlineSnapshot(`
     "## ✅ Checkpoint Gate: pass

     Trained and resumes of 2 checkpoints not checked.

     ### <code>run</code>

     | Checkpoint | Step | Kind | Weights | Tensors | Loads | Trained | Resumes |
     | --- | ---: | --- | ---: | ---: | --- | --- | --- |
     | <code>checkpoint-3</code> | 3 | adapter&nbsp;(LORA) | 154&nbsp;MiB | 448 | yes | not&nbsp;checked | not&nbsp;checked |
     | <code>checkpoint-6</code> | 6 | adapter&nbsp;(LORA) | 154&nbsp;MiB | 448 | yes | not&nbsp;checked | not&nbsp;checked |

     Newest that loads: <code>run/checkpoint-6</code>

     - trained, resumes not checked&#58; this version has no checks for it
     - <code>loads</code> rests on headers.

     <sub>12 files in 3 folders listed, 2 checkpoints found. Checkpoint Gate 1.2.3, answering for peft 0.21.0.</sub>

     "
    `);
  });

  test('of a fail', () => {
    expect(renderMarkdown(FAILING)).toMatchInlineSnapshot(`
     "## ❌ Checkpoint Gate: fail

     1 error on 1 of 2 checkpoints; trained of 2 not checked.

     ### <code>run</code>

     | Checkpoint | Step | Kind | Weights | Tensors | Loads | Trained | Resumes | First finding |
     | --- | ---: | --- | ---: | ---: | --- | --- | --- | --- |
     | <code>checkpoint-3</code> | 3 | adapter&nbsp;(LORA) | 154&nbsp;MiB | 448 | yes | not&nbsp;checked | not&nbsp;checked |  |
     | <code>checkpoint-6</code> | 6 | adapter&nbsp;(LORA) |  |  | **no** | not&nbsp;checked | not&nbsp;checked | ❌ adapter&#95;config.json is there, the weights are not. |

     Newest that loads: <code>run/checkpoint-6</code>

     - trained, resumes not checked&#58; this version has no checks for it
     - <code>loads</code> rests on headers.

     ### Findings

     **❌ error** <code>run/checkpoint-6</code> (weights-missing)

     - **What:** adapter&#95;config.json is there, the weights are not.
     - **Why it matters:** There is nothing to load.
     - **What to do:** Save again.
     - **The loader says:** <code>ValueError&#58; Repo id must be …</code>

     <sub>12 files in 3 folders listed, 2 checkpoints found. Checkpoint Gate 1.2.3, answering for peft 0.21.0.</sub>

     "
    `);
  });

  test('has no column that says nothing', () => {
    const single = report({
      checkpoints: [checkpoint(null, { weightsBytes: null, tensors: null })],
    });
    const head = renderMarkdown(single)
      .split('\n')
      .find((line) => line.startsWith('| Checkpoint'));
    expect(head).toBe('| Checkpoint | Kind | Loads | Trained | Resumes |');
  });

  test('keeps to its bytes, and says what it leaves out', () => {
    const many = report({
      checkpoints: Array.from({ length: 5000 }, (_, at) => checkpoint(at)),
      findings: findings(5000, 'error'),
      skipped: Array.from({ length: 5000 }, (_, at) =>
        skip({ where: { path: `run/é-${at}` } }),
      ),
    });
    for (const maxBytes of [20_000, 300_000, 900_000]) {
      const markdown = renderMarkdown(many, { maxBytes });
      expect(new TextEncoder().encode(markdown).length).toBeLessThanOrEqual(
        maxBytes,
      );
      expect(markdown).toMatch(/and [\d,]+ more/);
      // What is folded is closed again.
      expect(markdown.match(/<details>/g)?.length).toBe(
        markdown.match(/<\/details>/g)?.length,
      );
    }
  });
});

describe('annotations', () => {
  test.each([
    ['error', 9],
    ['warning', 9],
    ['notice', 10],
  ] as const)('of level %s are %d at most', (severity, most) => {
    const exact = report({ findings: findings(most, severity) });
    expect(renderAnnotations(exact, 'the report')).toHaveLength(most);
    const more = report({ findings: findings(most + 5, severity) });
    const shown = renderAnnotations(more, 'the report');
    expect(shown).toHaveLength(most);
    expect(shown.at(-1)?.message).toMatch(/^6 more/);
  });
});
