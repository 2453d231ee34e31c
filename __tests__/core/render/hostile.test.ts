import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { renderAnnotations } from '../../../src/core/render/annotations.ts';
import {
  escapeJsonText,
  escapeMarkdown,
  escapeSentence,
  escapeTerminal,
} from '../../../src/core/render/escape.ts';
import { renderJson } from '../../../src/core/render/json.ts';
import { renderMarkdown } from '../../../src/core/render/markdown.ts';
import { renderCheckpoints } from '../../../src/core/render/outputs.ts';
import { renderText } from '../../../src/core/render/text.ts';
import type { Report } from '../../../src/core/types.ts';
import {
  checkpoint,
  finding,
  report,
  run,
  skip,
} from '../../builders/report.ts';
import { HOSTILE } from './hostile.ts';

/** A report that says the same text wherever a text of a file can stand. */
function reportOf(text: string): Report {
  const where = { path: text, run: text, checkpoint: text, tensor: text };
  const answer = { value: 'not checked' as const, reason: text };
  return report({
    verdict: 'fail',
    headline: `fail; ${text}`,
    examined: { targets: [text], files: 1, folders: 1 },
    runs: [
      run({
        path: text,
        checkpoints: 2,
        newestLoadable: text,
        newestResumable: text,
        resume: {
          framework: text,
          from: text,
          pass: text,
          blockedBy: [text],
          moveAway: [text],
        },
        answers: { progress: answer },
      }),
    ],
    checkpoints: [
      checkpoint(6, {
        run: text,
        path: text,
        producer: text,
        peftType: text,
        answers: { loads: answer, trained: answer, resumes: answer },
      }),
      checkpoint(7, {
        run: text,
        path: `${text}/x`,
        holds: 'unknown',
        peftType: null,
        producer: text,
      }),
    ],
    findings: [
      finding({
        where,
        data: { text, [text]: [text] },
        text,
        why: text,
        fix: text,
        loaderErrors: [text],
      }),
    ],
    skipped: [skip({ where, reason: text })],
  });
}

const CONTROLS =
  // eslint-disable-next-line no-control-regex -- these are what must not be there
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\p{Cs}]/u;

/** What neither a terminal nor the runner's log may see. */
function expectHarmless(output: string): void {
  expect(output).not.toMatch(CONTROLS);
  expect(output).not.toContain('##[');
  for (const line of output.split('\n'))
    expect(line.trimStart().startsWith('::')).toBe(false);
}

const OUR_TAGS = /<\/?(?:code|details|pre|summary|sub)>/g;

describe.each(HOSTILE.map((text) => [JSON.stringify(text).slice(0, 40), text]))(
  '%s',
  (_name, text) => {
    test('in text, with colour and without', () => {
      expectHarmless(renderText(reportOf(text), { color: false, width: 80 }));
      const coloured = renderText(reportOf(text), { color: true, width: 80 });
      // eslint-disable-next-line no-control-regex -- the codes of our own
      expectHarmless(coloured.replace(/\u001b\[\d+m/g, ''));
    });

    test('in Markdown: no markup but our own', () => {
      const markdown = renderMarkdown(reportOf(text));
      expectHarmless(markdown);
      // GitHub looks for emoji in the page that was made, outside of code.
      const page = markdown
        .replace(/<(code|pre)>.*?<\/\1>/g, '')
        .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
      expect(page).not.toMatch(/:[\w+-]+:/);
      const rest = markdown.replace(OUR_TAGS, '').replace(/&#\d+;/g, '');
      expect(rest).not.toMatch(/[<>]/);
      expect(rest).not.toMatch(/@|\]\(|!\[|https?:|:\/\//);
      for (const row of rest
        .split('\n')
        .filter((line) => line.startsWith('| ')))
        expect(row.split('|').length).toBe(11);
    });

    test('in JSON: the same document', () => {
      const json = renderJson(reportOf(text));
      expectHarmless(json);
      expect(JSON.parse(json)).toEqual(reportOf(text));
    });

    test('in annotations and outputs', () => {
      for (const { title, message } of renderAnnotations(
        reportOf(text),
        'the log',
      )) {
        expectHarmless(title);
        expectHarmless(message);
        expect(message.length).toBeLessThanOrEqual(4096);
        expect(`${title}${message}`).not.toContain('\n');
      }
      expectHarmless(renderCheckpoints(reportOf(text)));
    });
  },
);

describe('any text', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom(...HOSTILE),
    fc
      .array(
        fc.constantFrom('::', '##', '[', ':', '#', '\u001b', '`', '@', 'x'),
      )
      .map((parts) => parts.join('')),
  );

  test('is harmless once escaped', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expectHarmless(escapeTerminal(text));
        for (const markdown of [escapeMarkdown(text), escapeSentence(text)]) {
          expectHarmless(markdown);
          expect(markdown.replace(OUR_TAGS, '')).not.toMatch(/[<>|`*_]/);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('keeps its value in JSON', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const json = escapeJsonText(JSON.stringify({ [text]: [text] }));
        expectHarmless(json);
        expect(JSON.parse(json)).toEqual({ [text]: [text] });
      }),
      { numRuns: 1000 },
    );
  });
});
