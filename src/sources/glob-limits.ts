import {
  GLOB_MAX_BRACES,
  GLOB_MAX_CHARACTERS,
  GLOB_MAX_CHOICES,
  GLOB_MAX_GLOBSTARS,
  GLOB_MAX_STARS,
} from '../core/bytes/limits.ts';

/**
 * Why a pattern is not tried, or `null`. picomatch makes one regular expression of
 * it, and each `*` and each choice multiplies the ways in which a name that nearly
 * matches is gone over again: `*a*a*a*a*a*b` and a name of 200 `a` never end.
 */
export function findGlobExcess(pattern: string): string | null {
  if (pattern.length > GLOB_MAX_CHARACTERS)
    return excess(pattern.length, 'characters', GLOB_MAX_CHARACTERS);
  const segments = pattern.split('/');
  const globstars = segments.filter((one) => one.includes('**')).length;
  if (globstars > GLOB_MAX_GLOBSTARS)
    return excess(globstars, 'times **', GLOB_MAX_GLOBSTARS);
  const stars = Math.max(...segments.map((one) => count(one, /\*+/g)));
  if (stars > GLOB_MAX_STARS)
    return excess(stars, 'times * in one name', GLOB_MAX_STARS);
  const braces = count(pattern, /\{/g);
  if (braces > GLOB_MAX_BRACES)
    return excess(braces, 'times {', GLOB_MAX_BRACES);
  const choices = braces === 0 ? 0 : count(pattern, /,/g);
  return choices > GLOB_MAX_CHOICES
    ? excess(choices, 'commas', GLOB_MAX_CHOICES)
    : null;
}

function excess(found: number, what: string, most: number): string {
  return `the pattern has ${found} ${what}, at most ${most} are tried: name the folders one by one`;
}

function count(text: string, what: RegExp): number {
  return text.match(what)?.length ?? 0;
}
