import { readTorchTraining } from '../../src/core/formats/torch-training.ts';
import type {
  TorchTraining,
  TrainingRole,
} from '../../src/core/formats/torch-training.ts';
import { readTorchZip } from '../../src/core/formats/torch-zip.ts';
import { memorySource } from './memory-source.ts';

/** What a file tells that is read for a role. */
export async function readTraining(
  bytes: Uint8Array,
  role: TrainingRole,
): Promise<TorchTraining> {
  const reader = await memorySource('run', { file: bytes }).open('file');
  const zip = await readTorchZip(reader);
  if (!zip.ok) throw new Error(zip.defect.code);
  const use = { rules: 'with-numpy', role } as const;
  const training = await readTorchTraining(reader, zip.value, use);
  if (!training.ok) throw new Error(training.defect.code);
  return training.value;
}
