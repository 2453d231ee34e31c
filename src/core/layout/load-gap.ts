import {
  JSON_MAX_BYTES,
  JSON_MAX_DEPTH,
  JSON_MAX_VALUES,
  SAFETENSORS_HEADER_READ_MAX_BYTES,
  SAFETENSORS_MAX_ENTRIES,
} from '../bytes/limits.ts';
import { formatBytes, formatNumber } from '../wording.ts';
import type { FileFacts } from './file-facts.ts';
import { findLightningLoadGap } from './lightning-file.ts';
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
  const unusable = await findIndexGap(checkpoint.model);
  if (unusable !== null) return unusable;
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
  if (config?.ok) return findExcess(adapter);
  const limit = config && adapter.configFile && limitWords(config.defect);
  return limit
    ? `adapter_config.json in ${adapter.path} ${limit}`
    : `the configuration in ${adapter.path} could not be read`;
}

async function findExcess(adapter: AdapterSet): Promise<string | null> {
  const tensors = await adapter.excess();
  const { configFile, path } = adapter;
  return tensors === null
    ? null
    : `adapter_config.json in ${path} has ${formatBytes(configFile?.sizeBytes ?? 0)} beside ${formatNumber(tensors)} tensors, more than is looked through together`;
}

async function findIndexGap(model: ModelSet | null): Promise<string | null> {
  const index = await model?.index();
  if (!model?.indexFile || !index || index.ok) return null;
  const limit = limitWords(index.defect);
  return limit === null
    ? `the index in ${model.path} could not be used`
    : `${model.indexFile.name} in ${model.path} ${limit}`;
}

/** What is beyond this tool and says nothing about the file, or `null`. */
function limitWords(defect: {
  readonly code: string;
  readonly sizeBytes?: number;
  readonly field?: string;
  readonly count?: number;
  readonly max?: number;
}): string | null {
  switch (defect.code) {
    case 'too-large':
      return `has ${formatBytes(defect.sizeBytes ?? 0)}, more than the ${formatBytes(JSON_MAX_BYTES)} that are read`;
    case 'too-deep':
      return `is nested deeper than the ${JSON_MAX_DEPTH} levels that are read`;
    case 'too-many-values':
      return `holds more than the ${formatNumber(JSON_MAX_VALUES)} values that are read`;
    case 'too-many-names':
      return `lists ${formatNumber(defect.count ?? 0)} names in ${defect.field ?? ''}, more than the ${formatNumber(defect.max ?? 0)} that are looked through`;
    default:
      return null;
  }
}

async function findModelGap(model: ModelSet | null): Promise<string | null> {
  if (model === null) return null;
  const config = await model.configFile?.json();
  if (config?.ok !== false) return null;
  const limit = limitWords(config.defect);
  return limit === null
    ? `the configuration in ${model.path} could not be read`
    : `config.json in ${model.path} ${limit}`;
}

async function findFileGap({
  file,
  format,
}: WeightsFile): Promise<string | null> {
  if (format === 'torch') return findTorchGap(file);
  const header = await file.tensorCount();
  if (header.ok) return null;
  return header.defect.code === 'not-read'
    ? `the header of ${file.name} takes ${formatBytes(header.defect.headerBytes)}; up to ${formatBytes(SAFETENSORS_HEADER_READ_MAX_BYTES)} and ${formatNumber(SAFETENSORS_MAX_ENTRIES)} tensors are read`
    : `the header of ${file.name} could not be read`;
}

async function findTorchGap(file: FileFacts): Promise<string | null> {
  // Lightning asks for entries beside the state dict, and lets in what torch.load refuses.
  if (file.name.endsWith('.ckpt')) return findLightningLoadGap(file);
  const state = await file.torchState();
  if (state === null)
    return `what ${file.name} holds could not be read as a torch file`;
  if (!state.ok)
    return state.defect.code === 'pickle-too-large'
      ? `the pickle of ${file.name} takes more than is worked through`
      : `the pickle of ${file.name} could not be read`;
  return state.value.unknown === null
    ? null
    : `of ${file.name} this version cannot tell whether torch loads it: ${state.value.unknown}`;
}
