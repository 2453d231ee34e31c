import { defineCheck } from '../../define-check.ts';
import type { CheckpointSubject } from '../../layout/subjects.ts';
import { listNames } from '../../wording.ts';

/**
 * Weights that trainers keep beside an adapter: LLaMA-Factory's value head
 * (extras/constants.py), and what LLaVA and its descendants train besides LoRA.
 */
const SIDE_WEIGHTS =
  /^(?:(value_head)\.(?:safetensors|bin)|(non_lora_state_dict|non_lora_trainables)\.bin)$/;

export const sideWeightsMissing = defineCheck({
  // Of the run, so that each folder is looked at once, however many there are.
  altitude: 'run',
  meta: {
    id: 'side-weights-missing',
    question: 'loads',
    severity: 'warning',
    confidence: 'inferred',
    title: 'Weights beside the adapter missing where the siblings have them',
    why: 'Trainers keep what they train besides the adapter in a file of its own. Without it that part of the model is as before training, and no loader of adapters says so. Taken as: the run kept it at every step.',
    fix: 'Take the sibling, or save again: the file is written last, so a save that was cut lacks it.',
    since: '0.1.0',
  },
  messages: {
    missing: {
      text: ({ names, sibling }: { names: string[]; sibling: string }) =>
        `${listNames(names)} ${names.length === 1 ? 'is' : 'are'} not there, though ${sibling} has ${names.length === 1 ? 'it' : 'them'}.`,
    },
  },
  run({ subject: { checkpoints }, report }) {
    // What a run leaves at its root is saved by other code than its steps.
    const steps = checkpoints.filter(
      ({ isStepFolder, holds }) =>
        isStepFolder && (holds === 'adapter' || holds === 'model'),
    );
    const known = new Map<string, { name: string; sibling: string }>();
    for (const step of steps)
      for (const [kind, name] of sideWeightsOf(step))
        known.set(kind, { name, sibling: step.path });
    for (const step of steps) {
      const own = sideWeightsOf(step);
      const missing = [...known].filter(([kind]) => !own.has(kind));
      const [first] = missing;
      if (first === undefined) continue;
      report(
        'missing',
        {
          names: missing.map(([, { name }]) => name),
          sibling: first[1].sibling,
        },
        { path: step.path, checkpoint: step.path },
      );
    }
  },
});

/** By kind, the names of the files; one kind may have either format. */
function sideWeightsOf({
  folder,
}: CheckpointSubject): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const name of folder?.files.keys() ?? []) {
    const match = SIDE_WEIGHTS.exec(name);
    const kind = match?.[1] ?? match?.[2];
    if (kind !== undefined) found.set(kind, name);
  }
  return found;
}
