/**
 * Names of modules in one list of an adapter_config.json each of which is held against
 * every module: PEFT shortens what it writes, and some hundred parameters of experts are
 * the most. For `target_modules` and patterns of ranks there is no such end.
 */
export const CONFIG_NAMES_MAX = 5000;
