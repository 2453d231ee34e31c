import { unreadOf } from './bytes/failure-words.ts';
import { SourceError } from './bytes/reader.ts';
import { findLoadGap } from './layout/load-gap.ts';
import { findResumeGap } from './layout/resume-gap.ts';
import { findResumeScope } from './layout/resume-scope.ts';
import { findTrainedGap } from './layout/trained-gap.ts';
import type { CheckpointSubject } from './layout/subjects.ts';
import { resumeAnswer } from './resume-answer.ts';
import { formatCount } from './wording.ts';
import type {
  Answer,
  CheckpointQuestion,
  CheckpointSummary,
  Finding,
  Question,
  Skip,
} from './types.ts';

/**
 * The answers for one checkpoint.
 *
 * @param own what was found about it
 * @param unread `skip`: the first thing of it that was not examined; `stateSkip`: the
 *   same with the files of the training's state among them; `values`: why its values were
 *   not read, `null` where they were
 */
export async function answersOf(
  checkpoint: CheckpointSubject,
  own: readonly Finding[],
  {
    skip,
    stateSkip,
    values,
  }: {
    readonly skip: Skip | undefined;
    readonly stateSkip: Skip | undefined;
    readonly values: string | null;
  },
): Promise<CheckpointSummary['answers']> {
  const answer = (question: CheckpointQuestion, gap: string | null) =>
    answerFrom(question, own, skip?.reason ?? gap);
  const gapOf = (find: typeof findLoadGap) => orWords(() => find(checkpoint));
  const found = answer('loads', await gapOf(findLoadGap));
  const loads: Answer = isShardsOnly(checkpoint, found)
    ? { ...found, value: 'not applicable' }
    : found;
  return {
    loads,
    trained: checkpoint.isInitial
      ? { value: 'not applicable', reason: 'weights from before training' }
      : answer('trained', values ?? (await gapOf(findTrainedGap))),
    resumes: await resumesOf(checkpoint, own, { stateSkip, loads }),
  };
}

/** The answer to `resumes` for a checkpoint, given that to `loads`. */
export async function resumesOf(
  checkpoint: CheckpointSubject,
  own: readonly Finding[],
  {
    stateSkip,
    loads,
  }: { readonly stateSkip: Skip | undefined; readonly loads: Answer },
): Promise<Answer> {
  const gap =
    stateSkip?.reason ?? (await orWords(() => findResumeGap(checkpoint)));
  return resumeAnswer(answerFrom('resumes', own, gap), loads, {
    findings: own,
    scope: await findResumeScope(checkpoint),
  });
}

/**
 * No loader of models takes the pieces of several processes: whether they are
 * complete is a matter of `resumes`. An error of `loads` stays one: the user
 * declared something else (`expect`).
 */
function isShardsOnly({ holds }: CheckpointSubject, { value }: Answer) {
  return holds === 'shards' && value === 'not checked';
}

/**
 * The answer to `progress` for a run, from what was found about it.
 *
 * @param gap why it cannot be `yes`, or `null`
 */
export function answerRun(own: readonly Finding[], gap: string | null): Answer {
  return answerFrom('progress', own, gap);
}

/** `no` is proven whatever else was not read; `yes` needs that nothing was left out. */
function answerFrom(
  question: Question,
  findings: readonly Finding[],
  gap: string | null,
): Answer {
  const own = findings.filter((one) => one.question === question);
  if (own.some(({ severity, settles }) => severity === 'error' || settles))
    return { value: 'no' };
  if (gap !== null) return { value: 'not checked', reason: gap };
  const warnings = own.filter(({ severity }) => severity === 'warning').length;
  if (warnings > 0)
    return { value: 'doubtful', reason: formatCount(warnings, 'warning') };
  return { value: 'yes' };
}

async function orWords(
  find: () => Promise<string | null>,
): Promise<string | null> {
  try {
    return await find();
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return unreadOf(error).reason;
  }
}
