import type { CharacterTest } from './pattern-escapes.ts';

/** One state of the automaton: takes a character, or goes on without one. */
export interface State {
  readonly test: CharacterTest | null;
  readonly next: number[];
}

/** A part of the automaton; what leaves it goes to states that are told later. */
export interface Part {
  readonly begin: number;
  readonly end: number;
}

/** Sets of states that are kept with where they lead; those of names are some dozen. */
const MAX_PLACES = 1000;

/** States that are followed at once, and where a character leads from them. */
interface Place {
  readonly states: ReadonlySet<number>;
  /** By the character; kept places alone. */
  readonly next: Map<string, Place>;
  readonly isKept: boolean;
}

/** Each step is worked out once: the names of a model are much alike. */
export class Automaton {
  readonly #states: readonly State[];
  readonly #end: number;
  readonly #begin: Place;
  readonly #places = new Map<string, Place>();

  constructor(states: readonly State[], { begin, end }: Part) {
    this.#states = states;
    this.#end = end;
    this.#begin = this.#placeOf(closure(states, [begin]));
  }

  fits(text: string): boolean {
    let now = this.#begin;
    for (const character of text) {
      let next = now.next.get(character);
      if (next === undefined) {
        next = this.#step(now, character);
        if (next.isKept) now.next.set(character, next);
      }
      now = next;
      if (now.states.size === 0) return false;
    }
    return now.states.has(this.#end);
  }

  #step({ states }: Place, character: string): Place {
    const next: number[] = [];
    for (const at of states) {
      const state = this.#states[at];
      if (state?.test?.(character)) next.push(...state.next);
    }
    return this.#placeOf(closure(this.#states, next));
  }

  #placeOf(states: ReadonlySet<number>): Place {
    const key = [...states].sort((left, right) => left - right).join();
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const isKept = this.#places.size < MAX_PLACES;
    const place = { states, next: new Map<string, Place>(), isKept };
    if (isKept) this.#places.set(key, place);
    return place;
  }
}

/** All that is reached without a character. */
function closure(
  states: readonly State[],
  from: readonly number[],
): ReadonlySet<number> {
  const reached = new Set<number>();
  const waiting = [...from];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (reached.has(at)) continue;
    reached.add(at);
    const state = states[at];
    if (state?.test === null) waiting.push(...state.next);
  }
  return reached;
}
