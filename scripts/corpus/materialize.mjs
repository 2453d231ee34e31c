import { chmod, cp, mkdir, readFile, symlink } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @import { Declared } from '../../src/core/types.ts' */

/**
 * @typedef {object} Manifest what git cannot keep of a case, and what is known of it
 * @property {1} schema
 * @property {string} id
 * @property {string} title
 * @property {Record<string, string>} [madeWith] library → version
 * @property {string[]} [emptyFolders]
 * @property {Record<string, string>} [modes] path → octal mode
 * @property {Record<string, string>} [links] path → target
 * @property {{ expect?: 'adapter' | 'model', require?: 'newest' | 'any', declared?: Partial<Declared> }} [options]
 * @property {string} [falseAlarm] the check that a healthy case like this one must not set off
 * @property {{ path: string, call: string, outcome: 'loads' | 'raises', error?: string, warnings?: string[] }[]} [loaders]
 */

/**
 * Lays a case of the corpus out as the training job left it: its files, and what
 * git does not keep (empty folders, modes, links).
 *
 * @param {string | URL} caseFolder holds `manifest.json` and `tree/`
 * @param {string | URL} targetFolder is made; the tree goes directly into it
 * @returns {Promise<Manifest>}
 */
export async function materialize(caseFolder, targetFolder) {
  const from = toPath(caseFolder);
  const target = toPath(targetFolder);
  const manifest = await readManifest(caseFolder);
  await mkdir(target, { recursive: true });
  try {
    await cp(resolve(from, 'tree'), target, { recursive: true });
  } catch (error) {
    // A case of empty folders only has no tree.
    if (/** @type {{ code?: string }} */ (error).code !== 'ENOENT') throw error;
  }
  for (const folder of manifest.emptyFolders ?? [])
    await mkdir(below(target, folder), { recursive: true });
  for (const [path, to] of Object.entries(manifest.links ?? {})) {
    const link = below(target, path);
    await mkdir(dirname(link), { recursive: true });
    await symlink(to, link);
  }
  // Deepest first: what lies in a folder of mode 0000 cannot be reached.
  const modes = Object.entries(manifest.modes ?? {}).sort(
    ([left], [right]) => right.length - left.length,
  );
  for (const [path, mode] of modes)
    await chmod(below(target, path), parseInt(mode, 8));
  return manifest;
}

/**
 * @param {string | URL} caseFolder
 * @returns {Promise<Manifest>}
 */
export async function readManifest(caseFolder) {
  const file = resolve(toPath(caseFolder), 'manifest.json');
  return /** @type {Manifest} */ (JSON.parse(await readFile(file, 'utf8')));
}

/** @param {string | URL} path */
function toPath(path) {
  return path instanceof URL ? fileURLToPath(path) : path;
}

/**
 * @param {string} root
 * @param {string} path
 */
function below(root, path) {
  const whole = resolve(root, path);
  if (!whole.startsWith(resolve(root) + sep))
    throw new Error(`${path} leads out of the case`);
  return whole;
}
