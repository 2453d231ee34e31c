/**
 * Whether Python's `re` refuses a pattern for sure: a bracket that is never closed or
 * never opened, a repetition of nothing, a stroke at the end. A pattern is read, never
 * run: matching one from a file may take without end. What changes how a pattern is
 * read (flags, comments) counts as sound.
 */
export function isBrokenPattern(pattern: string): boolean {
  if (/\(\?(?:#|\w+[:)-])/.test(pattern)) return false;
  let open = 0;
  // Where a repetition has nothing before it to repeat.
  let isStart = true;
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern.charAt(at);
    const wasStart = isStart;
    isStart = false;
    switch (character) {
      case '\\':
        if (at + 1 === pattern.length) return true;
        at += 1;
        break;
      case '[': {
        const end = endOfSet(pattern, at);
        if (end === null) return true;
        at = end;
        break;
      }
      case '(':
        open += 1;
        isStart = true;
        // What follows `(?` says what kind of group it is.
        if (pattern.charAt(at + 1) === '?') at += 1;
        break;
      case ')':
        if (open === 0) return true;
        open -= 1;
        break;
      case '|':
        isStart = true;
        break;
      case '*':
      case '+':
      case '?':
        if (wasStart) return true;
        break;
    }
  }
  return open > 0;
}

/** Where a set of characters ends: a bracket right at its begin belongs to it. */
function endOfSet(pattern: string, begin: number): number | null {
  let at = begin + 1;
  if (pattern.charAt(at) === '^') at += 1;
  if (pattern.charAt(at) === ']') at += 1;
  for (; at < pattern.length; at += 1) {
    if (pattern.charAt(at) === '\\') at += 1;
    else if (pattern.charAt(at) === ']') return at;
  }
  return null;
}
