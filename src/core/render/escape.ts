/**
 * The only escaping. Every text in a report may come from a file that somebody
 * else wrote: names, tensor names, excerpts. What leaves this tool passes one of
 * the functions here and cannot become a terminal code, a workflow command,
 * markup or a second line.
 */

import { cut } from '../wording.ts';

/** Names longer than this are cut, and say by how much. */
const MAX_CHARACTERS = 500;
/** Sentences of findings hold a few names and the words around them. */
const MAX_SENTENCE = 2000;

/**
 * C0 and C1 controls, DEL, line and paragraph separators, bidirectional and
 * zero-width characters, tags and interlinear marks (Unicode Cc, Cf, Zl, Zp),
 * lone surrogates, unassigned and private characters.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]/gu;
/**
 * Texts that hold nothing of these classes, which take a millisecond to make: only for
 * other texts are they made.
 */
const VISIBLE_ASCII = /^[ -~]*$/;
const VISIBLE_ASCII_LINES = /^[\n -~]*$/;

/**
 * A workflow command of the runner: `##[cmd]` anywhere in a line, `::cmd::` where
 * nothing but white space is before it (actions/runner ActionCommand.cs). Any
 * `::` is broken, since what comes before it may be cut off elsewhere.
 */
const COMMAND_MARKS: readonly (readonly [RegExp, string])[] = [
  [/##\[/g, '#\\#['],
  [/:(?=:)/g, ':\\'],
];

function showInvisible(text: string): string {
  return VISIBLE_ASCII.test(text)
    ? text
    : text.replace(INVISIBLE, showCodePoint);
}

function showCodePoint(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `\\u{${code.toString(16)}}`;
}

/**
 * For a terminal and for the log of a runner: one line of visible characters
 * that no terminal and no runner acts on.
 */
export function escapeTerminal(
  text: string,
  maxCharacters: number = MAX_CHARACTERS,
): string {
  let escaped = showInvisible(cut(text, maxCharacters));
  for (const [mark, broken] of COMMAND_MARKS)
    escaped = escaped.replace(mark, broken);
  return escaped;
}

/** Characters with a meaning in Markdown or HTML. */
const MARKUP = /[&<>`*_~|\\[\]#@!:$]/g;
/**
 * What GitHub links in prose: mentions, issues, addresses; and what it makes a picture
 * of: `:x:` would be its ❌.
 */
const LINKED = /&#(?:64|35);|&#58;(?=[\w+-])|\b(?:https?|ftp|www)/gi;
const ZERO_WIDTH_SPACE = '&#8203;';

/**
 * For a cell or a paragraph of GitHub's Markdown, where every character that
 * could mean something is a character reference, which Markdown never reads as
 * syntax. GitHub looks for mentions and links in the finished page, so what
 * begins one is taken apart by a zero-width space, and so are names of emoji.
 */
export function escapeMarkdown(
  text: string,
  maxCharacters: number = MAX_CHARACTERS,
): string {
  return escapeMarkup(cut(text, maxCharacters)).replace(
    LINKED,
    (found) => found + ZERO_WIDTH_SPACE,
  );
}

/**
 * The same for a sentence of our own, in which what stands between backticks is
 * meant as code. Backticks that came from a file only make code of their text.
 */
export function escapeSentence(text: string): string {
  return cut(text, MAX_SENTENCE)
    .split('`')
    .map((part, at, { length }) =>
      at % 2 === 1 && at < length - 1
        ? asCode(part)
        : escapeMarkdown(part, Infinity),
    )
    .join('');
}

/** As code, in which GitHub links nothing; can be copied as it is. */
export function markdownCode(text: string): string {
  return asCode(cut(text, MAX_CHARACTERS));
}

/** A line of code by itself: in a page each of its spaces is kept. */
export function markdownBlock(text: string): string {
  return `<pre>${escapeMarkup(cut(text, MAX_CHARACTERS))}</pre>`;
}

function asCode(text: string): string {
  return `<code>${escapeMarkup(text)}</code>`;
}

function escapeMarkup(text: string): string {
  return showInvisible(text).replace(
    MARKUP,
    (character) => `&#${character.charCodeAt(0)};`,
  );
}

/**
 * For JSON text: the same document with no character that a terminal or the
 * runner acts on. `##[` can only stand in a string, so it can be escaped there;
 * `::` cannot begin a line, since a string begins with a quote.
 */
export function escapeJsonText(json: string): string {
  const visible = VISIBLE_ASCII_LINES.test(json) ? json : escapeInvisible(json);
  return visible.replaceAll('##[', '\\u0023#[');
}

function escapeInvisible(json: string): string {
  return json.replace(
    /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]/gu,
    (found) =>
      Array.from(
        { length: found.length },
        (_, at) => `\\u${found.charCodeAt(at).toString(16).padStart(4, '0')}`,
      ).join(''),
  );
}
