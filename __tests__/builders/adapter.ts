import { adapterConfig } from './checkpoint.ts';
import { safetensors } from './safetensors.ts';
import type { TensorSpec } from './safetensors.ts';

/** What stands before the keys of every module. */
export const PREFIX = 'base_model.model.';

type Config = Readonly<Record<string, unknown>>;

/** An adapter of these tensors. */
export function adapterOf(
  tensors: Readonly<Record<string, TensorSpec>>,
  config: Config = {},
) {
  return {
    'adapter_config.json': adapterConfig(config),
    'adapter_model.safetensors': safetensors(tensors),
  };
}

/** An adapter of these keys, all of one shape. */
export function adapterOfKeys(keys: readonly string[], config: Config = {}) {
  return adapterOf(
    Object.fromEntries(keys.map((key) => [key, { shape: [2, 2] }])),
    config,
  );
}

/** The keys of LoRA for a module. */
export function loraKeys(path: string): string[] {
  return [`${path}.lora_A.weight`, `${path}.lora_B.weight`];
}
