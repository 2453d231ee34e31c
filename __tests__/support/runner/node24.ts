import { existsSync } from 'node:fs';
import { toPath, ROOT } from '../../../scripts/check-catalogue.mjs';

const EXE = process.platform === 'win32' ? '.exe' : '';

/**
 * The Node that `runs.using: node24` means, from the npm package `node`. Only the
 * emulator uses it: every other test keeps the Node that started npm.
 */
export function node24(): string {
  const path = toPath(new URL(`node_modules/node/bin/node${EXE}`, ROOT));
  if (existsSync(path)) return path;
  throw new Error(
    `${path} is missing: npm's install scripts of the package \`node\` put it there (npm ci, without --ignore-scripts).`,
  );
}
