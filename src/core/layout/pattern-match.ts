import { escapedTest, UnsupportedPattern } from './pattern-escapes.ts';
import type { CharacterTest } from './pattern-escapes.ts';
import { Automaton } from './pattern-automaton.ts';
import type { Part, State } from './pattern-automaton.ts';

/** A pattern of target_modules that people write has some hundred characters. */
const PATTERN_MAX_CHARACTERS = 2000;
/** Each costs a step a character of each module's name. */
const MAX_STATES = 1000;
/** Names of modules are some dozen characters. */
const TEXT_MAX_CHARACTERS = 1000;

/**
 * Matches names as Python's `re.fullmatch` does, for patterns of characters, classes,
 * groups, alternatives and repetitions. All states are followed at once, so that the
 * time is the length of the name times that of the pattern, whatever the pattern
 * (Thompson, Regular Expression Search Algorithm, 1968).
 *
 * @returns `null` for a pattern with anything else in it (lookaround, back
 *   references), or larger than the budgets
 */
export function fullMatcher(
  pattern: string,
): ((text: string) => boolean) | null {
  if (pattern.length > PATTERN_MAX_CHARACTERS) return null;
  try {
    const states: State[] = [];
    const whole = new Reader(Array.from(pattern), states).read();
    const automaton = new Automaton(states, whole);
    return (text) => text.length <= TEXT_MAX_CHARACTERS && automaton.fits(text);
  } catch (error) {
    if (error instanceof UnsupportedPattern) return null;
    throw error;
  }
}

/** Reads a pattern from left to right into states. */
class Reader {
  readonly #pattern: readonly string[];
  readonly #states: State[];
  #at = 0;

  constructor(pattern: readonly string[], states: State[]) {
    this.#pattern = pattern;
    this.#states = states;
  }

  read(): Part {
    // `^` and `$` say nothing of a whole match where they stand at its ends.
    if (this.#peek() === '^') this.#at += 1;
    const whole = this.#alternatives();
    if (this.#at < this.#pattern.length) throw new UnsupportedPattern();
    return whole;
  }

  #peek(): string | undefined {
    return this.#pattern[this.#at];
  }

  #take(): string {
    const character = this.#pattern[this.#at];
    if (character === undefined) throw new UnsupportedPattern();
    this.#at += 1;
    return character;
  }

  #state(test: CharacterTest | null): number {
    if (this.#states.length >= MAX_STATES) throw new UnsupportedPattern();
    return this.#states.push({ test, next: [] }) - 1;
  }

  #link(from: number, to: number): void {
    this.#states[from]?.next.push(to);
  }

  #alternatives(): Part {
    const begin = this.#state(null);
    const end = this.#state(null);
    do {
      const one = this.#sequence();
      this.#link(begin, one.begin);
      this.#link(one.end, end);
    } while (this.#skip('|'));
    return { begin, end };
  }

  #skip(character: string): boolean {
    if (this.#peek() !== character) return false;
    this.#at += 1;
    return true;
  }

  #sequence(): Part {
    const begin = this.#state(null);
    let end = begin;
    for (
      let next = this.#peek();
      next !== undefined && next !== '|' && next !== ')';
      next = this.#peek()
    ) {
      if (next === '$' && this.#at === this.#pattern.length - 1) {
        this.#at += 1;
        continue;
      }
      const from = this.#at;
      const one = this.#repeated(this.#atom(), from);
      this.#link(end, one.begin);
      end = one.end;
    }
    return { begin, end };
  }

  #atom(): Part {
    const character = this.#take();
    switch (character) {
      case '(':
        return this.#group();
      case '[':
        return this.#single(this.#set());
      case '.':
        return this.#single((one) => one !== '\n');
      case '\\':
        return this.#single(escapedTest(this.#take()));
      case '*':
      case '+':
      case '?':
      case '{':
      case '^':
      case '$':
        throw new UnsupportedPattern();
      default:
        return this.#single((one) => one === character);
    }
  }

  #single(test: CharacterTest): Part {
    const begin = this.#state(test);
    const end = this.#state(null);
    this.#link(begin, end);
    return { begin, end };
  }

  #group(): Part {
    if (this.#skip('?')) {
      // `(?:…)` and `(?P<name>…)`; anything else is lookaround or a flag.
      if (this.#skip('P')) {
        if (this.#take() !== '<') throw new UnsupportedPattern();
        while (this.#take() !== '>');
      } else if (this.#take() !== ':') throw new UnsupportedPattern();
    }
    const inner = this.#alternatives();
    if (this.#take() !== ')') throw new UnsupportedPattern();
    return inner;
  }

  #set(): CharacterTest {
    const isOther = this.#skip('^');
    const tests: CharacterTest[] = [];
    do {
      const from = this.#take();
      if (from === '\\') tests.push(escapedTest(this.#take()));
      else if (this.#peek() === '-' && this.#pattern[this.#at + 1] !== ']') {
        this.#at += 1;
        const to = this.#take();
        if (to === '\\' || to < from) throw new UnsupportedPattern();
        tests.push((one) => one >= from && one <= to);
      } else tests.push((one) => one === from);
    } while (this.#peek() !== ']');
    this.#at += 1;
    return (one) => tests.some((test) => test(one)) !== isOther;
  }

  /** @param from where in the pattern the part begins, to be read again */
  #repeated(part: Part, from: number): Part {
    switch (this.#peek()) {
      case '*':
      case '+':
      case '?':
        return this.#loop(part, this.#take());
      case '{':
        return this.#counted(part, from);
      default:
        return part;
    }
  }

  #loop(part: Part, sign: string): Part {
    const begin = this.#state(null);
    const end = this.#state(null);
    this.#link(begin, part.begin);
    this.#link(part.end, end);
    if (sign !== '+') this.#link(begin, end);
    if (sign !== '?') this.#link(part.end, part.begin);
    // Whether it takes little or much makes no difference to a whole match.
    this.#skip('?');
    return { begin, end };
  }

  #counted(first: Part, from: number): Part {
    const close = this.#pattern.indexOf('}', this.#at);
    const [, least, comma, most] =
      /^\{(\d+)(,?)(\d*)\}$/.exec(
        this.#pattern.slice(this.#at, close + 1).join(''),
      ) ?? [];
    if (least === undefined || comma === undefined)
      throw new UnsupportedPattern();
    const isOpen = comma !== '' && most === '';
    const last = comma === '' ? Number(least) : Number(most);
    const after = close + 1;
    const copies = isOpen ? Number(least) + 1 : last;
    if (copies === 0 || copies > MAX_STATES) throw new UnsupportedPattern();
    const end = this.#state(null);
    let part = first;
    let begin: number | null = null;
    let before: number | null = null;
    for (let copy = 1; copy <= copies; copy += 1) {
      if (copy > 1) {
        this.#at = from;
        part = this.#atom();
      }
      const isLoop = isOpen && copy === copies;
      const own = isLoop ? this.#loopOnce(part) : part;
      const start = this.#state(null);
      this.#link(start, own.begin);
      if (copy > Number(least)) this.#link(start, end);
      if (before !== null) this.#link(before, start);
      begin ??= start;
      before = own.end;
    }
    if (before !== null) this.#link(before, end);
    this.#at = after;
    this.#skip('?');
    return { begin: begin ?? first.begin, end };
  }

  #loopOnce(part: Part): Part {
    this.#link(part.end, part.begin);
    return part;
  }
}
