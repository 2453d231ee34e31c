/**
 * The oracle: whether Checkpoint Gate says of damaged adapters what the real
 * loaders do. Looks for a Python that holds them, and says what is missing where
 * there is none (exit code 2); see docs/loader-agreement.md.
 *
 *   npm run oracle [-- --help]
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runPython } from './oracle/find-python.mjs';

const BUNDLE = fileURLToPath(new URL('../dist/cli/index.js', import.meta.url));

// exitCode, not exit(): output to a pipe may still be on its way.
process.exitCode = main();

/** @returns {number} the exit code */
function main() {
  if (existsSync(BUNDLE))
    return runPython('oracle.py', process.argv.slice(2), 'oracle');
  process.stderr.write(`${BUNDLE} is missing. Run: npm run build\n`);
  return 2;
}
