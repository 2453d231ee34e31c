import { safetensorsLoaderErrors } from '../formats/safetensors/loader-errors.ts';
import type { SafetensorsDefect } from '../formats/safetensors/types.ts';
import type { WeightsFileSubject } from '../layout/subjects.ts';
import { isOwnFormat } from './weights-content.ts';

/** What every message about a safetensors file knows of it. */
export interface SafetensorsData {
  readonly [key: string]: string | number | readonly string[];
  readonly name: string;
  readonly loaderErrors: readonly string[];
}

/**
 * What is wrong with the header of a safetensors file; `null` for one in order,
 * and for content that is no safetensors file at all.
 */
export async function findSafetensorsDefect({
  file,
  format,
}: WeightsFileSubject): Promise<SafetensorsDefect | null> {
  if (format !== 'safetensors') return null;
  if (!isOwnFormat(format, await file.content())) return null;
  const header = await file.safetensors();
  return header.ok ? null : header.defect;
}

export function safetensorsData(
  { file }: WeightsFileSubject,
  defect: SafetensorsDefect,
): SafetensorsData {
  return { name: file.name, loaderErrors: safetensorsLoaderErrors(defect) };
}

/** For the `loaderErrors` of a message. */
export function loaderErrorsOf({
  loaderErrors,
}: SafetensorsData): readonly string[] {
  return loaderErrors;
}
