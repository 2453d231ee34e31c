/**
 * Patterns for names of artifacts: `*`, `?`, `[a-z]`, `[!a-z]`, `{a,b}`, and `\` before a
 * character that stands for itself. A name has no folders, so `**` is `*`, and a dot at
 * its start is a character like others. No regular expression is made of a pattern: the
 * steps are those of its length times that of the name, whatever is in it.
 */
import {
  GLOB_MAX_BRACES,
  GLOB_MAX_CHARACTERS,
} from '../../core/bytes/limits.ts';

/** Whether a name is meant. */
export type NameMatch = (name: string) => boolean;

/** Whether one character of a name is meant. */
type Test = (character: string) => boolean;

/** A state: what it takes, and what is reached so; or what is reached without. */
type State =
  | { readonly kind: 'one'; readonly test: Test; readonly next: State }
  | { readonly kind: 'any'; readonly next: State }
  | { readonly kind: 'choice'; readonly next: readonly State[] }
  | { readonly kind: 'end' };

type Item =
  | { readonly kind: 'one'; readonly test: Test }
  | { readonly kind: 'any' }
  | { readonly kind: 'choice'; readonly of: readonly (readonly Item[])[] };

const END: State = { kind: 'end' };

/** Why a pattern is not tried, or `null`. */
export function findNameExcess(pattern: string): string | null {
  if (pattern.length > GLOB_MAX_CHARACTERS)
    return `the pattern has ${pattern.length} characters, at most ${GLOB_MAX_CHARACTERS} are tried`;
  const braces = pattern.split('{').length - 1;
  return braces > GLOB_MAX_BRACES
    ? `the pattern has ${braces} times {, at most ${GLOB_MAX_BRACES} are tried: give the names one a line`
    : null;
}

/** Reads a pattern that has no excess. What is no whole class or choice is as it stands. */
export function compileName(pattern: string): NameMatch {
  const start = link(parse(Array.from(pattern)), END);
  return (name) => {
    let states = reach([start]);
    for (const character of name) {
      states = reach(states.flatMap((state) => step(state, character)));
      if (states.length === 0) return false;
    }
    return states.includes(END);
  };
}

/** All states that are reached without taking a character. */
function reach(from: readonly State[]): readonly State[] {
  const seen = new Set<State>();
  const open = [...from];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    if (seen.has(state)) continue;
    seen.add(state);
    if (state.kind === 'any') open.push(state.next);
    if (state.kind === 'choice') open.push(...state.next);
  }
  return [...seen];
}

function step(state: State, character: string): readonly State[] {
  if (state.kind === 'any') return [state];
  return state.kind === 'one' && state.test(character) ? [state.next] : [];
}

function link(items: readonly Item[], end: State): State {
  return items.reduceRight<State>((next, item) => {
    if (item.kind !== 'choice') return { ...item, next };
    return { kind: 'choice', next: item.of.map((one) => link(one, next)) };
  }, end);
}

function parse(characters: readonly string[]): readonly Item[] {
  const items: Item[] = [];
  for (let at = 0; at < characters.length;) {
    const [item, length] = parseItem(characters.slice(at));
    items.push(item);
    at += length;
  }
  return items;
}

/** The first item, and how many characters it takes. */
function parseItem(rest: readonly string[]): readonly [Item, number] {
  const [first = '', second] = rest;
  if (first === '*') return [{ kind: 'any' }, 1];
  if (first === '?') return [{ kind: 'one', test: () => true }, 1];
  if (first === '\\' && second !== undefined) return [literal(second), 2];
  const whole =
    first === '[' ? parseClass(rest) : first === '{' ? parseChoice(rest) : null;
  return whole ?? [literal(first), 1];
}

function literal(wanted: string): Item {
  return { kind: 'one', test: (character) => character === wanted };
}

/** `[…]`: `!` or `^` first turns it round, `]` first is one of its characters. */
function parseClass(rest: readonly string[]): readonly [Item, number] | null {
  const isTurned = rest[1] === '!' || rest[1] === '^';
  const start = isTurned ? 2 : 1;
  const end = rest.indexOf(']', start + 1);
  if (end < 0) return null;
  const tests: Test[] = [];
  for (let at = start; at < end; at++) {
    const from = rest[at] ?? '';
    const to = rest[at + 2] ?? '';
    const isRange = rest[at + 1] === '-' && at + 2 < end;
    if (isRange) at += 2;
    tests.push(isRange ? between(from, to) : (one) => one === from);
  }
  const test: Test = (one) => tests.some((is) => is(one)) !== isTurned;
  return [{ kind: 'one', test }, end + 1];
}

function between(from: string, to: string): Test {
  const point = (character: string) => character.codePointAt(0) ?? 0;
  const [low, high] = [point(from), point(to)];
  return (one) => low <= point(one) && point(one) <= high;
}

/** `{a,b}`, each with items of its own; with one choice only it is as it stands. */
function parseChoice(rest: readonly string[]): readonly [Item, number] | null {
  const choices: string[][] = [[]];
  let depth = 0;
  for (let at = 0; at < rest.length; at++) {
    const character = rest[at] ?? '';
    const isEscaped = rest[at - 1] === '\\';
    if (character === '{' && !isEscaped && depth++ === 0) continue;
    if (character === '}' && !isEscaped && --depth === 0)
      return choices.length === 1
        ? null
        : [{ kind: 'choice', of: choices.map(parse) }, at + 1];
    if (character === ',' && !isEscaped && depth === 1) choices.push([]);
    else choices.at(-1)?.push(character);
  }
  return null;
}
