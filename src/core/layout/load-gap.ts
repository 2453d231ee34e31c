import type {
  AdapterSet,
  CheckpointSubject,
  ModelSet,
  WeightsFile,
} from './subjects.ts';
import { isBeforeEnd, isPerhapsTemplate, weightsOf } from './subjects.ts';

/**
 * Why `loads` cannot be answered with `yes` for a checkpoint, or `null` when all
 * that a loader would read was read and found whole. Never the other way round:
 * what this does not know to be examined counts as a gap.
 */
export async function findLoadGap(
  checkpoint: CheckpointSubject,
): Promise<string | null> {
  if (checkpoint.unexamined !== null) return checkpoint.unexamined;
  // No weights are due, or perhaps not: a warning says so, and is the answer.
  if (isBeforeEnd(checkpoint) || isPerhapsTemplate(checkpoint)) return null;
  const weights = await weightsOf(checkpoint);
  if (weights.length === 0) return 'no weights were found';
  for (const adapter of checkpoint.adapters) {
    const gap = await findConfigGap(adapter);
    if (gap !== null) return gap;
  }
  const modelGap = await findModelGap(checkpoint.model);
  if (modelGap !== null) return modelGap;
  for (const file of weights) {
    const gap = await findFileGap(file);
    if (gap !== null) return gap;
  }
  return null;
}

async function findConfigGap(adapter: AdapterSet): Promise<string | null> {
  const config = await adapter.config();
  if (config?.ok) return null;
  return `the configuration in ${adapter.path} could not be read`;
}

async function findModelGap(model: ModelSet | null): Promise<string | null> {
  if (model === null) return null;
  const index = await model.index();
  if (index?.ok === false)
    return `the index in ${model.path} could not be used`;
  const config = await model.configFile?.json();
  return config?.ok === false
    ? `the configuration in ${model.path} could not be read`
    : null;
}

async function findFileGap({
  file,
  format,
}: WeightsFile): Promise<string | null> {
  if (format === 'torch')
    return 'this version does not read the tensors inside torch files';
  const header = await file.safetensors();
  if (header.ok) return null;
  return header.defect.code === 'not-read'
    ? `the header of ${file.name} is larger than this tool reads`
    : `the header of ${file.name} could not be read`;
}
