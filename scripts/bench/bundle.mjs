import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/**
 * Bundles a script as the action is, so that none has to search node_modules.
 *
 * @param {string} root
 * @param {string} name of a script of scripts/bench, without its ending
 * @param {string} into a folder
 * @returns {string} the bundle
 */
export function bundle(root, name, into) {
  execFileSync(process.execPath, [
    join(root, 'node_modules/@vercel/ncc/dist/ncc/cli.js'),
    'build',
    join(root, `scripts/bench/${name}.mjs`),
    '-o',
    into,
    '--no-cache',
    '--quiet',
  ]);
  return join(into, 'index.mjs');
}
