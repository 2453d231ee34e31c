import type { JsonDefect, JsonDialect, JsonNode } from './types.ts';

/** Thrown within the parser only, and turned into a defect where it ends. */
export class ScanFailure extends Error {
  readonly code: JsonDefect['code'];
  /** UTF-16 offset in the text. */
  readonly at: number;

  constructor(code: JsonDefect['code'], at: number) {
    super(code);
    this.code = code;
    this.at = at;
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** A number that the end of the text may have cut: `-`, `1.`, `2e`, `2e+`. */
const CUT_NUMBER = /-?(?:(?:0|[1-9]\d*)(?:\.|(?:\.\d+)?[eE][+-]?)?)?$/y;
const SPACES = ' \t\n\r';
const NON_FINITE = /NaN|-?Infinity/y;
/** Everything up to the closing quote, an escape or a control character. */
// eslint-disable-next-line no-control-regex -- RFC 8259 section 7: control characters end a string
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const SURROGATE = /[\ud800-\udfff]/u;

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

const LITERALS: readonly (readonly [string, JsonNode])[] = [
  ['true', { kind: 'boolean', value: true }],
  ['false', { kind: 'boolean', value: false }],
  ['null', { kind: 'null' }],
];

/** Beginnings of these at the end of a text were cut. */
const WORDS: Readonly<Record<JsonDialect, readonly string[]>> = {
  python: ['true', 'false', 'null', 'NaN', 'Infinity', '-Infinity'],
  serde: ['true', 'false', 'null', '-'],
};

/** Strings up to so long are kept once: dtypes, keys, names of shards, small numbers. */
const SHARED_MAX_CHARACTERS = 64;
/** How many are remembered: a document has a few that come again and again. */
const SHARED_MAX = 1024;
/** Pieces of a string with escapes that are held before they are joined. */
const PIECES_MAX = 1024;

/** Reads the tokens of JSON from a text, from left to right. */
export class Scanner {
  readonly #text: string;
  readonly #dialect: JsonDialect;
  readonly #texts = new Map<string, JsonNode & { readonly kind: 'string' }>();
  readonly #numbers = new Map<string, JsonNode>();
  #at = 0;

  constructor(text: string, dialect: JsonDialect) {
    this.#text = text;
    this.#dialect = dialect;
  }

  /** UTF-16 offset of what comes next. */
  get at(): number {
    return this.#at;
  }

  /** Goes back to where it was. */
  goTo(at: number): void {
    this.#at = at;
  }

  isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  peek(): string | undefined {
    return this.#text[this.#at];
  }

  step(): void {
    this.#at++;
  }

  /** @throws ScanFailure always */
  fail(code: JsonDefect['code'], at = this.#at): never {
    throw new ScanFailure(code, at);
  }

  skipSpace(): void {
    // Almost always there is none, and a pattern costs more than a look.
    while (SPACES.includes(this.#text[this.#at] ?? '\0')) this.#at++;
  }

  /** Steps over the character if it comes next. */
  takes(character: string): boolean {
    if (this.peek() !== character) return false;
    this.#at++;
    return true;
  }

  expect(character: string): void {
    if (!this.takes(character)) this.#failUnexpected();
  }

  /** Steps over what `take` takes of the text from here on, and says whether it did. */
  offers(take: (text: string, at: number) => number | null): boolean {
    const end = take(this.#text, this.#at);
    if (end !== null) this.#at = end;
    return end !== null;
  }

  readScalar(): JsonNode {
    const lexeme = this.#match(NUMBER);
    if (lexeme === '') return this.#readWord();
    // `01`, `1.`, `2e`: the rest would be taken for something unexpected.
    if (/[\d.eE]/.test(this.peek() ?? '')) this.#failNumber(lexeme);
    if (this.#dialect === 'serde' && !Number.isFinite(Number(lexeme)))
      this.fail('invalid-number', this.#at - lexeme.length);
    return this.#number(lexeme);
  }

  #readWord(): JsonNode {
    for (const [word, node] of LITERALS) if (this.#takesWord(word)) return node;
    const lexeme = this.#dialect === 'python' ? this.#match(NON_FINITE) : '';
    return lexeme === '' ? this.#failScalar() : this.#number(lexeme);
  }

  /** @throws ScanFailure where it does not start, ends early or holds what it may not */
  readString(): string {
    return this.readText().value;
  }

  /** The same as a node; one that came before is given again. */
  readText(): JsonNode & { readonly kind: 'string' } {
    this.expect('"');
    let value = this.#match(PLAIN);
    if (!this.takes('"')) value += this.#readRest();
    if (this.#dialect === 'serde' && SURROGATE.test(value))
      this.fail('invalid-string');
    return shared(this.#texts, value, () => ({ kind: 'string', value }));
  }

  /** What follows the first escape, in bounded pieces: a chain of millions is costly. */
  #readRest(): string {
    let rest = '';
    let pieces: string[] = [];
    while (!this.takes('"')) {
      if (this.isAtEnd()) this.fail('truncated');
      pieces.push(this.#readEscape(), this.#match(PLAIN));
      if (pieces.length < PIECES_MAX) continue;
      rest += pieces.join('');
      pieces = [];
    }
    return rest + pieces.join('');
  }

  #number(lexeme: string): JsonNode {
    return shared(this.#numbers, lexeme, () => ({ kind: 'number', lexeme }));
  }

  #readEscape(): string {
    if (!this.takes('\\')) this.fail('invalid-string');
    const character = this.peek();
    if (character === undefined) this.fail('truncated');
    this.#at++;
    if (character === 'u') return this.#readUnicode();
    return ESCAPES.get(character) ?? this.fail('invalid-string', this.#at - 1);
  }

  #readUnicode(): string {
    const digits = this.#text.slice(this.#at, this.#at + 4);
    if (!/^[0-9a-fA-F]*$/.test(digits)) this.fail('invalid-string');
    if (digits.length < 4) this.fail('truncated', this.#text.length);
    this.#at += 4;
    return String.fromCharCode(parseInt(digits, 16));
  }

  #takesWord(word: string): boolean {
    if (!this.#text.startsWith(word, this.#at)) return false;
    this.#at += word.length;
    return true;
  }

  /** `test` and not `exec`, which makes an array of each match. */
  #match(pattern: RegExp): string {
    const start = this.#at;
    pattern.lastIndex = start;
    if (!pattern.test(this.#text)) return '';
    this.#at = pattern.lastIndex;
    return this.#text.slice(start, this.#at);
  }

  #failScalar(): never {
    const rest = this.#text.slice(this.#at, this.#at + 10);
    const words = WORDS[this.#dialect];
    const isCutWord =
      this.#at + rest.length === this.#text.length &&
      words.some((word) => word.startsWith(rest));
    if (isCutWord) this.fail('truncated', this.#text.length);
    this.fail(rest.startsWith('-') ? 'invalid-number' : 'unexpected');
  }

  #failNumber(lexeme: string): never {
    this.#at -= lexeme.length;
    const isCut = this.#match(CUT_NUMBER) !== '';
    this.fail(isCut ? 'truncated' : 'invalid-number');
  }

  #failUnexpected(): never {
    this.fail(this.isAtEnd() ? 'truncated' : 'unexpected');
  }
}

function shared<T>(known: Map<string, T>, text: string, make: () => T): T {
  if (text.length > SHARED_MAX_CHARACTERS) return make();
  const found = known.get(text);
  if (found !== undefined) return found;
  const made = make();
  if (known.size < SHARED_MAX) known.set(text, made);
  return made;
}
