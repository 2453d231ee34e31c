/** Whether a character is one of those that a place of a pattern takes. */
export type CharacterTest = (character: string) => boolean;

/** Thrown for what is not read of Python's patterns. */
export class UnsupportedPattern extends Error {}

/** What `\\d` and its like match, and signs that a backslash takes their meaning. */
export function escapedTest(character: string): CharacterTest {
  switch (character) {
    case 'd':
      return (one) => /\d/.test(one);
    case 'w':
      return (one) => /[\p{L}\p{N}_]/u.test(one);
    case 's':
      return (one) => /\s/.test(one);
    case 'D':
      return (one) => !/\d/.test(one);
    case 'S':
      return (one) => !/\s/.test(one);
    case 'W':
      return (one) => !/[\p{L}\p{N}_]/u.test(one);
    default:
      if (/[A-Za-z0-9]/.test(character)) throw new UnsupportedPattern();
      return (one) => one === character;
  }
}
