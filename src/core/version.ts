// Generated from package.json by scripts/generate.mjs.
export const VERSION = '0.1.0';
