import type {
  AnswerValue,
  Finding,
  Report,
  Severity,
  Skip,
  SkipCause,
} from '../types.ts';
import { formatCount } from '../wording.ts';

/** So many findings of one check and message are said once, with their places. */
const GROUP_FROM = 3;

/** One finding, or several that say the same of several places. */
export interface Cause {
  readonly severity: Severity;
  readonly check: string;
  readonly first: Finding;
  /** In the report's order; the first included. */
  readonly findings: readonly Finding[];
}

/** Findings by what they say, in the report's order, so worst first. */
export function causesOf(findings: readonly Finding[]): readonly Cause[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings)
    memberOf(groups, keyOf(finding), () => []).push(finding);
  return findings.flatMap((finding) => {
    const { severity, check } = finding;
    const alike = groups.get(keyOf(finding)) ?? [];
    if (alike.length < GROUP_FROM)
      return [{ severity, check, first: finding, findings: [finding] }];
    return alike[0] === finding
      ? [{ severity, check, first: finding, findings: alike }]
      : [];
  });
}

function keyOf({ severity, check, message }: Finding): string {
  return JSON.stringify([severity, check, message]);
}

/** Why questions are not answered, in the words of the report. */
export interface Reason {
  readonly words: string;
  readonly questions: readonly string[];
}

/** Those that say the same, each of its own checkpoint. */
interface Alike {
  /** As it is said of the first. */
  readonly reason: string;
  readonly questions: Set<string>;
  readonly paths: Set<string>;
}

/** Each reason for `not checked` and `not applicable` once; of `loads` first. */
export function reasonsOf({ checkpoints }: Report): readonly Reason[] {
  const found = new Map<AnswerValue, Map<string, Alike>>();
  for (const { path, answers } of checkpoints)
    for (const [question, answer] of Object.entries(answers)) {
      const { value, reason = 'no reason given' } = answer;
      if (value !== 'not checked' && value !== 'not applicable') continue;
      const ofValue = memberOf(found, value, () => new Map<string, Alike>());
      // A thousand may name each its own folder, and say the same.
      const key = path === '' ? reason : reason.replaceAll(path, '');
      const alike = memberOf(ofValue, key, () => ({
        reason,
        questions: new Set<string>(),
        paths: new Set<string>(),
      }));
      alike.questions.add(question);
      if (key !== reason) alike.paths.add(path);
    }
  const all = [...found].flatMap(([value, ofValue]) =>
    [...ofValue.values()].map(({ reason, questions, paths }) => ({
      words: `${value}: ${reason}${othersIn(paths.size - 1)}`,
      questions: [...questions],
    })),
  );
  const isOfLoads = (one: Reason) => one.questions.includes('loads');
  return [...all.filter(isOfLoads), ...all.filter((one) => !isOfLoads(one))];
}

function othersIn(count: number): string {
  return count < 1
    ? ''
    : ` (and so of ${formatCount(count, 'other checkpoint')})`;
}

/** Places that were not examined for one reason. */
export interface SkipGroup {
  readonly cause: SkipCause;
  readonly reason: string;
  readonly paths: readonly string[];
}

/** What makes a verdict inconclusive comes first. */
const CAUSE_ORDER: Readonly<Record<SkipCause, number>> = {
  io: 0,
  depth: 0,
  limit: 1,
  damaged: 2,
  unreachable: 3,
  unsupported: 4,
  special: 5,
  link: 6,
  leftover: 7,
  alias: 8,
  ignored: 9,
};

/** Skips by cause and reason, those that an answer is missing for first. */
export function skipGroupsOf(skipped: readonly Skip[]): readonly SkipGroup[] {
  const groups = new Map<SkipCause, Map<string, string[]>>();
  for (const { cause, reason, where } of skipped) {
    const ofCause = memberOf(groups, cause, () => new Map<string, string[]>());
    memberOf(ofCause, reason, () => []).push(where.path);
  }
  return [...groups]
    .sort(([left], [right]) => CAUSE_ORDER[left] - CAUSE_ORDER[right])
    .flatMap(([cause, ofCause]) =>
      [...ofCause].map(([reason, paths]) => ({ cause, reason, paths })),
    );
}

/** The first few of the values that differ, and how many more do. */
export function distinct(
  values: readonly string[],
  max: number,
): { readonly shown: readonly string[]; readonly rest: number } {
  const unique = [...new Set(values)];
  return {
    shown: unique.slice(0, max),
    rest: Math.max(0, unique.length - max),
  };
}

/** What the map holds under the key; made where there is nothing yet. */
export function memberOf<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
