/**
 * Names of modules in one list of an adapter_config.json each of which is held against
 * every module: PEFT shortens what it writes, and some hundred parameters of experts are
 * the most. For `target_modules` and patterns of ranks there is no such end.
 */
export const CONFIG_NAMES_MAX = 5000;

/**
 * A larger configuration beside more tensors than these is not looked through: together
 * they take twice the memory that either may. Ranks of 45,000 experts are 3 MB.
 */
export const CONFIG_BESIDE_TENSORS = {
  maxBytes: 6 * 1024 * 1024,
  maxTensors: 20_000,
} as const;
