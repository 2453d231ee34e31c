/**
 * Names of modules in one field of an adapter_config.json. PEFT shortens what it writes;
 * the most are those of every expert of a model: 256 experts, 58 layers and 3 projections
 * are 44,544. Of the last five each is held against every module, and some hundred
 * parameters of experts are the most.
 */
export const CONFIG_NAMES_MAX: Readonly<Record<string, number>> = {
  target_modules: 60_000,
  rank_pattern: 60_000,
  alpha_pattern: 60_000,
  exclude_modules: 5000,
  feedforward_modules: 5000,
  layers_pattern: 5000,
  modules_to_save: 5000,
  target_parameters: 5000,
};

/**
 * A larger configuration beside more tensors than these is not looked through: together
 * they take more memory than either may. Ranks of 20,000 modules are 1.5 MB.
 */
export const CONFIG_BESIDE_TENSORS = {
  maxBytes: 2 * 1024 * 1024,
  maxTensors: 20_000,
} as const;
