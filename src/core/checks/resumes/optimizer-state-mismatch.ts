import { defineCheck } from '../../define-check.ts';
import type { OptimizerFacts } from '../../formats/torch-optimizer.ts';
import type { CheckpointSubject } from '../../layout/subjects.ts';
import { readTensorsIn } from '../../layout/tensors-in.ts';
import { folderOfStep, goesOnWithLog } from '../../layout/log-continuation.ts';
import {
  isSameFile,
  predecessorOf,
  stateFileOf,
  trainingIn,
} from '../../layout/role-files.ts';
import { stepCountsOf } from '../../layout/step-counts.ts';
import { isStateRead } from '../../layout/training-state.ts';
import { formatCount, formatNumber, listNames } from '../../wording.ts';

export const optimizerStateMismatch = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'optimizer-state-mismatch',
    question: 'resumes',
    severity: 'warning',
    confidence: 'inferred',
    title: 'Optimizer state of other parameters',
    why: 'An optimizer takes its state by the number of parameters in each of its groups, and refuses any other.',
    fix: 'Resume with the configuration that trained this checkpoint: the same modules, and the same of them trainable.',
    since: '0.1.0',
  },
  messages: {
    changed: {
      text: ({
        name,
        groups,
        before,
        sibling,
      }: {
        name: string;
        groups: number[];
        before: number[];
        sibling: string;
      }) =>
        `${name} holds ${groupWords(groups)}, that of ${sibling} before it ${groupWords(before)}.`,
      why: 'What is trained changed between the two: a script that can resume from the one cannot from the other. Taken as: one and the same script is to do both.',
      loaderErrors: () => [
        "ValueError: loaded state dict contains a parameter group that doesn't match the size of optimizer's group",
        'ValueError: loaded state dict has a different number of parameter groups',
      ],
    },
    otherLayout: {
      text: ({
        name,
        groups,
        before,
        sibling,
        steps,
      }: {
        name: string;
        groups: number[];
        before: number[];
        sibling: string;
        steps: number;
      }) =>
        `Training cannot go on from here as it was: ${name} holds ${groupWords(groups)}, ${isSame(groups, before) ? 'with states of other names or shapes than' : `and ${groupWords(before)} were in`} that of ${sibling} before it, though it is of one optimizer: it counts all ${formatNumber(steps)} steps of the training.`,
      settles: true,
      why: 'An optimizer keeps its groups and the shapes of its states as long as it lives, and takes no other. Taken as: the log of the training goes on from the one to the other, so that both are of one training.',
      fix: 'Resume from the checkpoint before it, or bring back the optimizer.pt of this step.',
      loaderErrors: () => [
        "ValueError: loaded state dict contains a parameter group that doesn't match the size of optimizer's group",
        'ValueError: loaded state dict has a different number of parameter groups',
      ],
    },
    otherStep: {
      text: ({
        name,
        taken,
        step,
        sibling,
      }: {
        name: string;
        taken: number;
        step: number;
        sibling: string;
      }) =>
        `Training cannot go on from here as it was: ${name} counts ${formatNumber(taken)} steps, as that of ${sibling}; the training and its schedule have taken ${formatNumber(step)}.`,
      settles: true,
      why: 'A Trainer loads the moments of another step without a word and goes on with them. Taken as: optimizer and schedule take their steps together, as a Trainer has it.',
      fix: 'Bring back the optimizer.pt of this step, or resume from another checkpoint.',
    },
    fewer: {
      text: ({
        name,
        states,
        parameters,
        sibling,
      }: {
        name: string;
        states: number;
        parameters: number;
        sibling: string;
      }) =>
        `Training cannot go on from here as it was: ${name} holds the states of ${formatNumber(states)} of ${formatCount(parameters, 'parameter')}; ${sibling} before it holds all.`,
      settles: true,
      why: 'An optimizer takes a state that lacks parameters without a word, and begins anew for those: what it had gathered of them is lost. Taken as: what was trained before is trained still.',
      fix: 'Resume from the checkpoint before it, or bring back the whole optimizer.pt.',
    },
    otherShapes: {
      text: ({
        name,
        own,
        shapes,
      }: {
        name: string;
        own: string[];
        shapes: string[];
      }) =>
        `${name} holds states of the shapes ${listNames(own)}; the matrices of the adapter have ${listNames(shapes)}, none of which is among them.`,
      why: 'The optimizer loads such a state. At its first step it ends, since the shapes do not fit; a fused one may go on with the moments of other parameters. Taken as: the optimizer is the one that trained this adapter.',
      fix: 'Look whether optimizer.pt was left by an earlier run with another rank or other modules; take the one of this run, or move it away to go on with a fresh optimizer.',
      loaderErrors: () => [
        'RuntimeError: The size of tensor a (…) must match the size of tensor b (…) at non-singleton dimension …',
      ],
    },
  },
  async run({ subject, report }) {
    if (!isStateRead(subject)) return;
    const file = stateFileOf(subject, 'optimizer');
    const own = (await trainingIn(file))?.optimizer ?? null;
    if (file === null || own === null) return;
    const { name, path } = file.file;
    const step = await otherStepOf(subject);
    if (step !== null) return report('otherStep', { name, ...step }, { path });
    const found = await heldAgainstSibling(subject, own);
    if (found !== null) {
      const { message, ...data } = found;
      return report(message, { name, ...data }, { path });
    }
    const shapes = await strangeShapes(subject, own);
    if (shapes !== null)
      report(
        'otherShapes',
        { name, own: [...(own.shapes ?? [])], shapes },
        { path },
      );
  },
});

/** What the optimizer of the checkpoint before it tells of this one. */
async function heldAgainstSibling(
  subject: CheckpointSubject,
  own: OptimizerFacts,
) {
  const sibling = predecessorOf(subject, 'optimizer');
  if (sibling === null || !isStateRead(sibling)) return null;
  const file = stateFileOf(sibling, 'optimizer');
  const before = (await trainingIn(file))?.optimizer ?? null;
  if (before === null) return null;
  const isOfSame = isSame(own.groups, before.groups);
  const data = {
    groups: [...own.groups],
    before: [...before.groups],
    sibling: sibling.path,
  };
  const age = await ageOf(subject, own, sibling);
  // It began anew, so that it may be of other parameters, or of another class.
  if (age === 'anew') return null;
  if (age === null)
    return isOfSame ? null : { message: 'changed' as const, ...data };
  const { states, parameters } = own;
  if (isOfSame && states < parameters && before.states >= before.parameters)
    return {
      message: 'fewer' as const,
      states,
      parameters,
      sibling: sibling.path,
    };
  // States come with the first gradient, and what is no Adam's may add to them.
  const isOther =
    own.isAdam && states === before.states && own.layout !== before.layout;
  return isOfSame && !isOther
    ? null
    : { message: 'otherLayout' as const, ...data, steps: age };
}

/** Where the optimizer of another checkpoint lies beside the schedule of this. */
async function otherStepOf(subject: CheckpointSubject) {
  const counts = await stepCountsOf(subject);
  if (counts?.optimizer == null) return null;
  const { optimizer: taken, scheduler, said: step } = counts;
  if (scheduler !== step || taken === step) return null;
  const sibling = folderOfStep(subject, taken);
  // As many steps may be taken by one that began anew: it has other moments.
  return sibling !== undefined &&
    (await isSameFile(subject, sibling, 'optimizer'))
    ? { taken, step, sibling: sibling.name }
    : null;
}

/**
 * The steps of the training, where its optimizer took them all and its log goes on from
 * that of the sibling: the optimizer is the same. `anew` where it took fewer, `null`
 * where it does not tell.
 */
async function ageOf(
  subject: CheckpointSubject,
  { isAdam, states }: OptimizerFacts,
  sibling: CheckpointSubject,
): Promise<number | 'anew' | null> {
  const counts = await stepCountsOf(subject);
  if (counts === null) return null;
  // With its schedule at a step, Adam has taken it, and keeps something of it.
  const isEmptied = isAdam && states === 0;
  const taken = isEmptied ? counts.scheduler : counts.optimizer;
  if (taken === null) return null;
  if (taken < counts.said) return 'anew';
  const isOne =
    taken === counts.said && (await goesOnWithLog(subject, sibling));
  return isOne ? counts.said : null;
}

/**
 * Shapes of the adapter's LoRA matrices, where the optimizer has the state of none: it
 * may well have more, and less where some are frozen. `null` where that cannot be told.
 */
async function strangeShapes(
  { adapters, model, sharded }: CheckpointSubject,
  { shapes }: OptimizerFacts,
): Promise<string[] | null> {
  const [adapter, ...others] = adapters;
  // Shards of several processes are of one dimension.
  const isWhole = shapes?.some((shape) => shape.includes('x')) ?? false;
  const hasShards =
    (sharded?.zero.length ?? 0) + (sharded?.dcp.length ?? 0) > 0;
  if (!adapter?.weights || others.length > 0 || model !== null) return null;
  if (!isWhole || hasShards) return null;
  const tensors = (await readTensorsIn(adapter.weights)) ?? [];
  const own = new Set(
    tensors
      .filter(({ name }) => /\.lora_[AB]\.weight$/.test(name))
      .map(({ shape }) => shape.join('x')),
  );
  if (own.size === 0 || shapes?.some((shape) => own.has(shape))) return null;
  return [...own];
}

function isSame(left: readonly number[], right: readonly number[]): boolean {
  return (
    left.length === right.length && left.every((one, at) => one === right[at])
  );
}

/** Groups beyond this are counted only. */
const GROUPS_SHOWN = 4;

function groupWords(groups: readonly number[]): string {
  const sum = groups.reduce((all, one) => all + one, 0);
  const each =
    groups.length > 1 && groups.length <= GROUPS_SHOWN
      ? ` (${groups.map(formatNumber).join(' and ')})`
      : '';
  return `${formatCount(sum, 'parameter')} in ${formatCount(groups.length, 'group')}${each}`;
}
