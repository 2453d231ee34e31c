import { weightsOf } from './layout/subjects.ts';
import { countTensorsIn } from './layout/tensors-in.ts';
import type {
  CheckpointSubject,
  WeightsFileSubject,
} from './layout/subjects.ts';
import { orNull } from './or-null.ts';
import { withKeptReason } from './report-texts.ts';
import type { Keep } from './report-texts.ts';
import type { CheckpointSummary } from './types.ts';

/** The row of a checkpoint but for what depends on the others of its run. */
export type Draft = Omit<CheckpointSummary, 'required'>;

/** Drafts the row of a checkpoint. What cannot be read is `null` in it. */
export async function summarise(
  checkpoint: CheckpointSubject,
  answers: CheckpointSummary['answers'],
  keep: Keep,
): Promise<Draft> {
  const { run, path, step, holds, producer } = checkpoint;
  const weights = await orNull(() => weightsOf(checkpoint));
  const type = await orNull(() => peftTypeOf(checkpoint));
  return {
    run,
    path,
    step,
    holds,
    producer,
    peftType: type && keep(type),
    weightsBytes: bytesOf(weights),
    tensors: weights && (await orNull(() => tensorsOf(weights))),
    answers: {
      loads: withKeptReason(answers.loads, keep),
      trained: withKeptReason(answers.trained, keep),
      resumes: withKeptReason(answers.resumes, keep),
    },
  };
}

function bytesOf(weights: readonly WeightsFileSubject[] | null): number | null {
  if (weights === null || weights.length === 0) return null;
  return weights.reduce((total, { file }) => total + file.sizeBytes, 0);
}

async function tensorsOf(
  weights: readonly WeightsFileSubject[],
): Promise<number | null> {
  if (weights.length === 0) return null;
  let tensors = 0;
  for (const file of weights) {
    const own = await countTensorsIn(file);
    if (own === null) return null;
    tensors += own;
  }
  return tensors;
}

async function peftTypeOf(
  checkpoint: CheckpointSubject,
): Promise<string | null> {
  for (const adapter of checkpoint.adapters) {
    const config = await adapter.config();
    if (config?.ok) return config.value.peftType;
    // PEFT refuses the adapter, but what it is meant to be is known.
    if (config !== null && 'peftType' in config.defect)
      return config.defect.peftType;
  }
  return null;
}
