import type { ResumeAdvice } from '../run-types.ts';
import type { Answer, CheckpointQuestion } from '../types.ts';
import { frameworkOf, shellWord } from './frameworks.ts';
import type { Framework } from './frameworks.ts';
import type {
  CheckpointSubject,
  JudgedCheckpoint,
  JudgedRunSubject,
} from './subjects.ts';
import { nameOf } from './tree.ts';

/** What is asked of a checkpoint to tell whether it is the newest of its kind. */
export interface Answered {
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
  return good.findLast(({ step }) => step !== null) ?? good.at(-1) ?? null;
}

/** The checkpoint of a run to resume from; `null` where there is none. */
export function resumableOf({ judged }: JudgedRunSubject) {
  const rows = judged.map((one) => ({
    step: one.checkpoint.step,
    answers: one.answers,
    one,
  }));
  return newestWith(rows, 'resumes')?.one ?? null;
}

/** The step folders that stand in the way of a resume, newest first. */
export function blockersOf(
  run: JudgedRunSubject,
): readonly CheckpointSubject[] {
  const from = resumableOf(run)?.checkpoint;
  const numbered =
    from === undefined ? null : (frameworkOf(from)?.numbered ?? null);
  if (from === undefined || numbered === null || !numbered.test(from.name))
    return [];
  const found = run.judged
    .flatMap((judged) => numberOf(judged, numbered))
    .sort((left, right) => right.number - left.number);
  const blockers: CheckpointSubject[] = [];
  for (const { judged } of found) {
    const { checkpoint, answers } = judged;
    // It may be whole: what is not known to be in the way is not moved.
    if (checkpoint === from || answers.resumes.value !== 'no') break;
    blockers.push(checkpoint);
  }
  return blockers;
}

function numberOf(judged: JudgedCheckpoint, numbered: RegExp) {
  const { folder, name } = judged.checkpoint;
  const digits = folder === null ? undefined : numbered.exec(name)?.[1];
  return digits === undefined ? [] : [{ judged, number: Number(digits) }];
}

/** A command of a POSIX shell that moves a folder out of a framework's sight. */
export function moveCommand({ path, name }: CheckpointSubject): string {
  const above = path.slice(0, path.length - nameOf(path).length);
  // A rotation deletes whatever is named `checkpoint-…`, digits or not (trainer_utils.py).
  const target = `${above}broken-${name}`;
  return `mv -- ${shellWord(path)} ${shellWord(target)}`;
}

/**
 * Where training can go on from and how to say so; `null` where it is not known who
 * would. What came through an upload has no path that could be typed.
 */
export function adviseResume(run: JudgedRunSubject): ResumeAdvice | null {
  const from = resumableOf(run)?.checkpoint ?? null;
  const framework = from === null ? lastFramework(run) : frameworkOf(from);
  if (framework === null) return null;
  const blockers = blockersOf(run);
  const isHere = from !== null && isOnThisMachine(from);
  return {
    framework: framework.name,
    from: from?.path ?? null,
    pass: isHere ? framework.pass(from.path) : null,
    blockedBy: blockers.map(({ path }) => path),
    moveAway: blockers.filter(isOnThisMachine).map(moveCommand),
  };
}

/** Whether its path can be used in a command where the files lie. */
export function isOnThisMachine({ medium }: CheckpointSubject): boolean {
  return medium.isUpload !== true && medium.mark === undefined;
}

function lastFramework({ judged }: JudgedRunSubject): Framework | null {
  const known = judged
    .map(({ checkpoint }) => frameworkOf(checkpoint))
    .filter((framework) => framework !== null);
  return known.at(-1) ?? null;
}
