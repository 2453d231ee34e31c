import { asObject } from '../formats/json/access.ts';
import type { JsonDefect, JsonNode } from '../formats/json/types.ts';
import { defective, parsed } from '../formats/parsed.ts';
import type { Defect, Parsed } from '../formats/parsed.ts';
import type { FileFacts } from './file-facts.ts';
import type { TooLarge } from './read-json.ts';

/** What sd-scripts writes beside the state of accelerate, and reads before it. */
export const TRAIN_STATE = 'train_state.json';

/** Where sd-scripts goes on. */
export interface TrainState {
  /** `null` for null, which it takes for "not known" and starts from 0. */
  readonly currentStep: number | null;
}

/** Why sd-scripts cannot go on from it. */
export type TrainStateDefect =
  | JsonDefect
  | TooLarge
  | Defect<'not-object'>
  | Defect<'no-step'>
  /** What Python calls the value that is no number. */
  | (Defect<'step-not-number'> & { readonly found: string });

/**
 * Reads `current_step` as sd-scripts does (train_network.py, `load_model_hook`, and
 * where `initial_step` is compared); `current_epoch` it never reads.
 *
 * @throws SourceError when the bytes cannot be had
 */
export async function readTrainState(
  file: FileFacts,
): Promise<Parsed<TrainState, TrainStateDefect>> {
  const json = await file.json();
  if (!json.ok) return json;
  const fields = asObject(json.value);
  if (fields === null) return defective({ code: 'not-object' });
  const step = fields.get('current_step');
  if (step === undefined) return defective({ code: 'no-step' });
  switch (step.kind) {
    case 'null':
      return parsed({ currentStep: null });
    case 'number':
      return parsed({ currentStep: Number(step.lexeme) });
    case 'boolean':
      return parsed({ currentStep: Number(step.value) });
    default:
      return defective({ code: 'step-not-number', found: TYPES[step.kind] });
  }
}

const TYPES: Readonly<
  Record<Exclude<JsonNode['kind'], 'null' | 'number' | 'boolean'>, string>
> = { string: 'str', array: 'list', object: 'dict' };
