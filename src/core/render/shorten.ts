/**
 * One character as a terminal shows it, in the way that most count its cells:
 * flags, emoji with their presentation selector or skin tone, then what East
 * Asian Width (UAX #11) calls wide, are two; marks that combine are none.
 */
const TWO_CELLS = [
  String.raw`\p{Regional_Indicator}{2}`,
  String.raw`\p{Emoji_Modifier_Base}\p{Emoji_Modifier}`,
  String.raw`\p{Emoji}\u{fe0f}\u{20e3}?`,
  String.raw`\p{Emoji_Presentation}`,
  String.raw`[\u{1100}-\u{115f}\u{2329}\u{232a}\u{2630}-\u{2637}\u{268a}-\u{268f}]`,
  String.raw`[\u{2e80}-\u{303e}\u{3041}-\u{3247}\u{3250}-\u{a4cf}\u{a960}-\u{a97f}]`,
  String.raw`[\u{ac00}-\u{d7a3}\u{f900}-\u{faff}\u{fe10}-\u{fe19}\u{fe30}-\u{fe6f}]`,
  String.raw`[\u{ff01}-\u{ff60}\u{ffe0}-\u{ffe6}\u{16fe0}-\u{18dff}\u{1aff0}-\u{1b2ff}]`,
  String.raw`[\u{1d300}-\u{1d376}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}]`,
].join('|');
/** Marks, and the vowels and finals of Hangul that join the letter before them. */
const NO_CELL = String.raw`[\p{M}\u{1160}-\u{11ff}\u{d7b0}-\u{d7ff}]`;
/** Not made at the start: its classes take half a millisecond, and most texts are ASCII. */
let character: RegExp | null = null;
const ONLY_ASCII = /^[ -~]*$/;

interface Character {
  readonly text: string;
  readonly cells: number;
}

function charactersOf(text: string): readonly Character[] {
  character ??= new RegExp(`(?:(${TWO_CELLS})|.)${NO_CELL}*`, 'gsu');
  return [...text.matchAll(character)].map(([whole, wide]) => ({
    text: whole,
    cells: wide === undefined ? 1 : 2,
  }));
}

/** How many columns of a terminal a text takes that has no control characters. */
export function displayWidth(text: string): number {
  if (ONLY_ASCII.test(text)) return text.length;
  return charactersOf(text).reduce((sum, { cells }) => sum + cells, 0);
}

/** What stands where something was cut out. */
const ELLIPSIS = '…';

/**
 * Cut in the middle, since names of one run differ at their ends. Never cuts
 * through a character.
 *
 * @param width columns at most
 */
export function shortenMiddle(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  const characters = charactersOf(text);
  const room = Math.max(0, width - ELLIPSIS.length);
  const head = takeCells(characters, Math.floor(room / 2));
  const tail = takeCells(characters.toReversed(), Math.ceil(room / 2));
  return head.join('') + ELLIPSIS + tail.toReversed().join('');
}

function takeCells(characters: readonly Character[], width: number): string[] {
  const taken: string[] = [];
  let left = width;
  for (const { text, cells } of characters) {
    left -= cells;
    if (left < 0) break;
    taken.push(text);
  }
  return taken;
}

/** Cut between words, where there is a place to. */
export function shortenEnd(text: string, maxCharacters: number): string {
  if (text.length <= maxCharacters) return text;
  const cut = text.slice(0, maxCharacters);
  const space = cut.lastIndexOf(' ');
  return `${space > 0 ? cut.slice(0, space) : cut} ${ELLIPSIS}`;
}

/** A sentence ends where the next begins. */
const FIRST_SENTENCE = /^.*?[.!?](?= +[A-Z`])/su;

/** The first sentence of a text, for where there is room for one. */
export function firstSentence(text: string): string {
  return FIRST_SENTENCE.exec(text)?.[0] ?? text;
}
