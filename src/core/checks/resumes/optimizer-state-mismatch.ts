import { defineCheck } from '../../define-check.ts';
import type { OptimizerFacts } from '../../formats/torch-optimizer.ts';
import { oncePerRun } from '../../layout/once-per-run.ts';
import type { CheckpointSubject } from '../../layout/subjects.ts';
import { readTensorsIn } from '../../layout/tensors-in.ts';
import {
  folderOfStep,
  goesOnWithLog,
  stateFileOf,
  stepCountsOf,
} from '../../layout/step-counts.ts';
import { isStateRead } from '../../layout/training-state.ts';
import type { StateFile } from '../../layout/training-state.ts';
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
      why: 'The optimizer loads such a state and ends at its first step, since the shapes do not fit. Taken as: the optimizer is the one that trained this adapter.',
      fix: 'Look whether optimizer.pt was left by an earlier run with another rank or other modules; take the one of this run, or move it away to go on with a fresh optimizer.',
      loaderErrors: () => [
        'RuntimeError: The size of tensor a (…) must match the size of tensor b (…) at non-singleton dimension …',
      ],
    },
  },
  async run({ subject, report }) {
    if (!isStateRead(subject)) return;
    const file = stateFileOf(subject, 'optimizer');
    const own = await factsOf(file);
    if (file === null || own === null) return;
    const { name, path } = file.file;
    const shapes = await strangeShapes(subject, own);
    if (shapes !== null)
      return report(
        'otherShapes',
        { name, own: [...(own.shapes ?? [])], shapes },
        { path },
      );
    const step = await otherStepOf(subject);
    if (step !== null) return report('otherStep', { name, ...step }, { path });
    const sibling = predecessorOf(subject).get(subject);
    if (sibling === undefined || !isStateRead(sibling)) return;
    const before = await factsOf(stateFileOf(sibling, 'optimizer'));
    if (before === null) return;
    const { groups, states, parameters } = own;
    const isOfSame = isSame(groups, before.groups);
    // SGD without momentum keeps no states, and of what is frozen there are none.
    if (isOfSame && states < parameters && before.states >= before.parameters)
      return report(
        'fewer',
        { name, states, parameters, sibling: sibling.path },
        { path },
      );
    const data = {
      name,
      groups: [...groups],
      before: [...before.groups],
      sibling: sibling.path,
    };
    // States come with the first gradient.
    const isAlike = isOfSame && states !== before.states;
    if (isAlike || (isOfSame && own.layout === before.layout)) return;
    const steps = await stepsOfOne(subject, sibling);
    if (steps !== null) report('otherLayout', { ...data, steps }, { path });
    else if (!isOfSame) report('changed', data, { path });
  },
});

/** Where the optimizer of another checkpoint lies beside the schedule of this. */
async function otherStepOf(subject: CheckpointSubject) {
  const counts = await stepCountsOf(subject);
  if (counts?.optimizer == null) return null;
  const { optimizer: taken, scheduler, said: step } = counts;
  if (scheduler !== step || taken === step) return null;
  // Some trainers of TRL take several steps of the optimizer for one of the schedule.
  if (taken > step && taken % step === 0) return null;
  const sibling = folderOfStep(subject, taken);
  return sibling === undefined ? null : { taken, step, sibling };
}

/**
 * The steps of the training, where its optimizer took them all and its log goes on from
 * that of the sibling: the optimizer is the same. Else `null`: it may have begun anew.
 */
async function stepsOfOne(
  subject: CheckpointSubject,
  sibling: CheckpointSubject,
): Promise<number | null> {
  const counts = await stepCountsOf(subject);
  const isOne = counts !== null && counts.optimizer === counts.said;
  return isOne && (await goesOnWithLog(subject, sibling)) ? counts.said : null;
}

async function factsOf(file: StateFile | null): Promise<OptimizerFacts | null> {
  const read = await file?.reading();
  // What its loader does not take is told by state-file-unreadable.
  return read?.kind === 'read' &&
    read.training.unknown === null &&
    read.training.misfit === null
    ? read.training.optimizer
    : null;
}

/** Of each checkpoint that keeps an optimizer the one before it that does. */
const predecessorOf = oncePerRun((checkpoints) => {
  const before = new Map<CheckpointSubject, CheckpointSubject>();
  let last: CheckpointSubject | null = null;
  for (const one of checkpoints) {
    if (one.step === null || stateFileOf(one, 'optimizer') === null) continue;
    if (last !== null) before.set(one, last);
    last = one;
  }
  return before;
});

/**
 * Shapes of the adapter's LoRA matrices, where the optimizer has the state of none: it
 * may well have more, and less where some are frozen. `null` where that cannot be told.
 */
async function strangeShapes(
  { adapters, sharded }: CheckpointSubject,
  { shapes }: OptimizerFacts,
): Promise<string[] | null> {
  const [adapter, ...others] = adapters;
  // Shards of several processes are of one dimension.
  const isWhole = shapes?.some((shape) => shape.includes('x')) ?? false;
  const hasShards =
    (sharded?.zero.length ?? 0) + (sharded?.dcp.length ?? 0) > 0;
  if (!adapter?.weights || others.length > 0 || !isWhole || hasShards)
    return null;
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
