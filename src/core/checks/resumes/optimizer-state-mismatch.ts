import { defineCheck } from '../../define-check.ts';
import type { OptimizerFacts } from '../../formats/torch-optimizer.ts';
import { oncePerRun } from '../../layout/once-per-run.ts';
import type { CheckpointSubject } from '../../layout/subjects.ts';
import { readTensorsIn } from '../../layout/tensors-in.ts';
import { isStateRead, stateFilesOf } from '../../layout/training-state.ts';
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
    const file = optimizerFileOf(subject);
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
    const sibling = predecessorOf(subject).get(subject);
    if (sibling === undefined || !isStateRead(sibling)) return;
    const before = await factsOf(optimizerFileOf(sibling));
    if (before === null) return;
    if (isSame(own.groups, before.groups)) {
      const { states, parameters } = own;
      // SGD without momentum keeps no states, and of what is frozen there are none.
      if (states < parameters && before.states >= before.parameters)
        report(
          'fewer',
          { name, states, parameters, sibling: sibling.path },
          { path },
        );
      return;
    }
    report(
      'changed',
      {
        name,
        groups: [...own.groups],
        before: [...before.groups],
        sibling: sibling.path,
      },
      { path },
    );
  },
});

function optimizerFileOf(subject: CheckpointSubject): StateFile | null {
  const found = stateFilesOf(subject).find(
    ({ role, need }) => role === 'optimizer' && need === 'needed',
  );
  return found ?? null;
}

async function factsOf(file: StateFile | null): Promise<OptimizerFacts | null> {
  const read = await file?.reading();
  return read?.kind === 'read' && read.training.unknown === null
    ? read.training.optimizer
    : null;
}

/** Of each checkpoint that keeps an optimizer the one before it that does. */
const predecessorOf = oncePerRun((checkpoints) => {
  const before = new Map<CheckpointSubject, CheckpointSubject>();
  let last: CheckpointSubject | null = null;
  for (const one of checkpoints) {
    if (one.step === null || optimizerFileOf(one) === null) continue;
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
