/**
 * Builds the committed bundles: src → lib (TypeScript) → dist (ncc).
 *
 *   node scripts/build.mjs            into dist/
 *   node scripts/build.mjs --check    beside it, and exits 1 when dist/ differs
 */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { ROOT, toPath } from './check-catalogue.mjs';

const root = toPath(ROOT);
const isCheckOnly = process.argv.includes('--check');
const dist = join(root, 'dist');
// Beside dist first: a build that fails leaves dist as it was.
const out = mkdtempSync(join(tmpdir(), 'dist-'));

rmSync(join(root, 'lib'), { recursive: true, force: true });
run('@typescript/native/bin/tsc', '-p', 'tsconfig.build.json');
declarePure('@actions/core');
bundle('lib/action/main.js', out);
bundle('lib/cli/main.js', join(out, 'cli'));
guard(out);
writeFileSync(join(out, 'licenses.txt'), licences());
const differing = isCheckOnly ? differences(dist, out) : [];
if (!isCheckOnly) {
  rmSync(dist, { recursive: true, force: true });
  cpSync(out, dist, { recursive: true });
}
rmSync(out, { recursive: true });
if (differing.length > 0) {
  process.stderr.write(
    `dist/ is not what the sources build: ${differing.join(', ')}. Run: npm run build\n`,
  );
  process.exit(1);
}

/** @param {string} entry @param {string} into */
function bundle(entry, into) {
  run(
    '@vercel/ncc/dist/ncc/cli.js',
    'build',
    entry,
    '-o',
    into,
    '--no-cache',
    '--quiet',
  );
}

/**
 * Lets ncc leave out what is imported and not used: beside the sources, where it
 * looks first, it finds a copy of the package that says of itself what is so, that
 * its modules do nothing when they are loaded. Of @actions/core that is the client
 * for OpenID tokens, with an HTTP stack of 1 MB that takes 28 ms to start
 * (docs/adr/0008-no-http-at-start.md).
 *
 * @param {string} name
 */
function declarePure(name) {
  const copy = join(root, 'lib/node_modules', name);
  cpSync(join(root, 'node_modules', name), copy, { recursive: true });
  const file = join(copy, 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...manifest, sideEffects: false }));
}

/**
 * The licences of all packages that may be in the bundles: those of the lock file
 * that are not for development alone. (ncc's own list has the last part's only.)
 */
function licences() {
  const { packages } =
    /** @type {{ packages: Record<string, { version: string, license: string, dev?: boolean }> }} */ (
      JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
    );
  return Object.entries(packages)
    .filter(([path, { dev }]) => path.startsWith('node_modules/') && !dev)
    .map(([path, { version, license }]) => {
      const folder = join(root, path);
      const file = readdirSync(folder).find((name) =>
        /^licen[sc]e/i.test(name),
      );
      const text =
        file === undefined
          ? 'The package holds no text of its licence.'
          : readFileSync(join(folder, file), 'utf8').trim();
      const name = path.slice('node_modules/'.length);
      return `${name} ${version} (${license})\n\n${text}\n`.replaceAll(
        '\r',
        '',
      );
    })
    .join(`\n${'-'.repeat(79)}\n\n`);
}

/** @param {string} script below node_modules @param {string[]} args */
function run(script, ...args) {
  execFileSync(
    process.execPath,
    [join(root, 'node_modules', script), ...args],
    { cwd: root, stdio: 'inherit' },
  );
}

/**
 * ncc exits 0 when a module cannot be resolved and leaves a stub that fails when
 * the action runs; a path of the building machine would differ on every other; an
 * HTTP stack in an entry would be loaded at every start.
 *
 * @param {string} folder
 */
function guard(folder) {
  for (const file of filesIn(folder)) {
    const isEntry = file === 'index.js' || file === join('cli', 'index.js');
    const forbidden = [
      'eval("require")',
      'webpackMissingModule',
      root,
      // What needs it is in a part that is loaded when it is needed.
      ...(isEntry ? ['undici'] : []),
    ];
    const text = readFileSync(join(folder, file), 'utf8');
    const found = forbidden.find((words) => text.includes(words));
    if (found !== undefined)
      throw new Error(`${file} holds ${JSON.stringify(found)}`);
  }
}

/**
 * @param {string} left
 * @param {string} right
 * @returns {string[]} files that are not in both with the same bytes
 */
function differences(left, right) {
  const names = new Set([...filesIn(left), ...filesIn(right)]);
  return [...names].filter(
    (name) => !isSame(join(left, name), join(right, name)),
  );
}

/** @param {string} left @param {string} right */
function isSame(left, right) {
  try {
    return readFileSync(left).equals(readFileSync(right));
  } catch (error) {
    if (/** @type {{ code?: string }} */ (error).code === 'ENOENT')
      return false;
    throw error;
  }
}

/** @param {string} folder @returns {string[]} relative paths */
function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}
