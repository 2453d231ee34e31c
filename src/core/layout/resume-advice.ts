import type { ResumeAdvice } from '../run-types.ts';
import type { Answer, CheckpointQuestion } from '../types.ts';
import { frameworkOf, shellWord } from './frameworks.ts';
import type { FindsNewest, Framework } from './frameworks.ts';
import type {
  CheckpointSubject,
  JudgedCheckpoint,
  JudgedRunSubject,
} from './subjects.ts';
import { hugeStepIn } from './names.ts';
import { nameOf } from './tree.ts';

/** What is asked of a checkpoint to tell whether it is the newest of its kind. */
export interface Answered {
  readonly path: string;
  readonly step: number | null;
  readonly answers: Readonly<Record<CheckpointQuestion, Answer>>;
}

/** By highest step; what carries no step counts only where nothing does. */
export function newestWith<T extends Answered>(
  all: readonly T[],
  question: 'loads' | 'resumes',
): T | null {
  const good = all.filter(({ answers }) =>
    ['yes', 'doubtful'].includes(answers[question].value),
  );
  const stepped = good.filter(
    ({ step, path }) => step !== null || hugeStepIn(nameOf(path)) !== null,
  );
  const asked = stepped.length > 0 ? stepped : good;
  // A Trainer goes on from NaN without a word, and all that it saves then is NaN, too.
  const sound = question === 'resumes' ? asked.filter(hasSoundWeights) : asked;
  return sound.at(-1) ?? asked.at(-1) ?? null;
}

/** Whether nothing proves that the values of the weights are none of a training. */
export function hasSoundWeights({
  answers,
}: Pick<Answered, 'answers'>): boolean {
  return answers.trained.value !== 'no';
}

/** The checkpoint of a run to resume from; `null` where there is none. */
export function resumableOf({
  judged,
}: JudgedRunSubject): JudgedCheckpoint | null {
  const rows = judged.map((one) => ({
    step: one.checkpoint.step,
    path: one.checkpoint.path,
    answers: one.answers,
    one,
  }));
  return newestWith(rows, 'resumes')?.one ?? null;
}

/** What stands in the way of a resume, and how to say and to mend it. */
export interface Blocked {
  readonly from: CheckpointSubject;
  readonly framework: Framework;
  /** Newest first; none where nothing is in the way. */
  readonly blockers: readonly CheckpointSubject[];
  /** Whether training would go on from the first, from weights that are not sound. */
  readonly isUnsound: boolean;
  /** Commands of a POSIX shell; none for what has no path on this machine. */
  readonly commands: readonly string[];
}

/**
 * The checkpoints that a framework would take instead of the newest that training can go
 * on from; `null` where there is none of these or nobody known who would take it.
 */
export function findBlocked(run: JudgedRunSubject): Blocked | null {
  const best = resumableOf(run);
  const framework = best === null ? null : frameworkOf(best.checkpoint);
  if (best === null || framework === null) return null;
  const inTheWay = blockersOf(run, best, framework.newest);
  const blockers = inTheWay.map(({ checkpoint }) => checkpoint);
  const commands = blockers
    .filter(isOnThisMachine)
    .map((one) => moveCommand(one, framework.newest));
  const isUnsound =
    inTheWay[0] !== undefined && inTheWay[0].answers.resumes.value !== 'no';
  return { from: best.checkpoint, framework, blockers, isUnsound, commands };
}

function blockersOf(
  { judged }: JudgedRunSubject,
  best: JudgedCheckpoint,
  newest: FindsNewest | null,
): readonly JudgedCheckpoint[] {
  if (newest?.names.test(best.checkpoint.name) !== true) return [];
  const { within } = newest;
  if (within !== null && nameAbove(best.checkpoint) !== within) return [];
  const found = judged
    .flatMap((one) => numberOf(one, newest.names))
    .sort(byNumber);
  const end = found.findIndex(
    ({ one }) => one === best || !isInTheWay(one, best),
  );
  return found.slice(0, end === -1 ? undefined : end).map(({ one }) => one);
}

/** The name of the folder that it lies in; of an artifact's root that of the artifact. */
function nameAbove({ folder, run }: CheckpointSubject): string {
  return folder?.path.split('/').at(-2) ?? nameOf(run);
}

/** It may be whole: what is not known to be in the way is not moved. */
function isInTheWay(one: JudgedCheckpoint, best: JudgedCheckpoint): boolean {
  const isWorse = hasSoundWeights(best) && !hasSoundWeights(one);
  return one.answers.resumes.value === 'no' || isWorse;
}

function numberOf(one: JudgedCheckpoint, names: RegExp) {
  const { folder, name } = one.checkpoint;
  const digits = folder === null ? undefined : names.exec(name)?.[1];
  return digits === undefined ? [] : [{ one, number: BigInt(digits) }];
}

/** The highest first. */
function byNumber(
  left: { readonly number: bigint },
  right: { readonly number: bigint },
): number {
  if (left.number === right.number) return 0;
  return left.number < right.number ? 1 : -1;
}

/** A command of a POSIX shell that moves a folder out of a framework's sight. */
function moveCommand(
  { path, name }: CheckpointSubject,
  newest: FindsNewest | null,
): string {
  const beside = above(path);
  // Where every name counts, it has to leave the folder.
  const place = newest?.within == null ? beside : above(beside.slice(0, -1));
  // A rotation deletes whatever is named `checkpoint-…`, digits or not (trainer_utils.py).
  return `mv -- ${shellWord(path)} ${shellWord(`${place}broken-${name}`)}`;
}

/** What stands before the last part of a path, with the `/`. */
function above(path: string): string {
  return path.slice(0, path.length - nameOf(path).length);
}

/**
 * Where training can go on from and how to say so; `null` where it is not known who
 * would. What came through an upload has no path that could be typed.
 */
export function adviseResume(run: JudgedRunSubject): ResumeAdvice | null {
  const blocked = findBlocked(run);
  const framework = blocked?.framework ?? lastFramework(run);
  if (framework === null) return null;
  const from = blocked?.from ?? null;
  return {
    framework: framework.name,
    from: from?.path ?? null,
    pass:
      from !== null && isOnThisMachine(from) ? framework.pass(from.path) : null,
    blockedBy: (blocked?.blockers ?? []).map(({ path }) => path),
    moveAway: blocked?.commands ?? [],
  };
}

/** Whether its path can be used in a command where the files lie. */
function isOnThisMachine({ medium }: CheckpointSubject): boolean {
  return medium.isUpload !== true && medium.mark === undefined;
}

function lastFramework({ judged }: JudgedRunSubject): Framework | null {
  const known = judged
    .map(({ checkpoint }) => frameworkOf(checkpoint))
    .filter((framework) => framework !== null);
  return known.at(-1) ?? null;
}
