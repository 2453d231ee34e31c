/**
 * Runs Jest as ES modules, under the Node that started npm (and not under a
 * `node` that a package may have put on npm's PATH). Arguments go to Jest.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const node = process.env['npm_node_execpath'] ?? process.execPath;
const jest = fileURLToPath(
  new URL('../node_modules/jest/bin/jest.js', import.meta.url),
);
const run = spawnSync(
  node,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    jest,
    '--ci',
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit' },
);
process.exit(run.status ?? 1);
