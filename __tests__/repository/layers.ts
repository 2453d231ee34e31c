import { dirname, join, posix } from 'node:path';

/** Where a source file lies, as far as the rules of imports know places. */
export type Layer =
  | 'vocabulary'
  | 'bytes'
  | 'formats'
  | 'layout'
  | 'definition'
  | 'checks'
  | 'engine'
  | 'render'
  | 'sources'
  | 'cli'
  | 'action';

/** Files directly in src/core that every layer may use: they import nothing above. */
const VOCABULARY = ['types.ts', 'wording.ts', 'version.ts', 'loaders.ts'];

/** What each layer may import, besides itself and the vocabulary. */
const ALLOWED: Readonly<Record<Layer, readonly Layer[]>> = {
  // wording.ts takes a cap from limits.ts.
  vocabulary: ['bytes'],
  bytes: [],
  formats: ['bytes'],
  layout: ['bytes', 'formats'],
  definition: ['layout'],
  checks: ['bytes', 'formats', 'layout', 'definition'],
  engine: ['bytes', 'layout', 'definition'],
  render: [],
  sources: ['bytes', 'formats'],
  cli: ['checks', 'engine', 'render', 'sources'],
  action: ['checks', 'engine', 'render', 'sources'],
};

/** Packages that one file alone may import. */
const PACKAGES: Readonly<Record<string, string>> = {
  '@actions/core': 'action/host.ts',
  tinyglobby: 'sources/resolve-target.ts',
};

/** @param file relative to src, with `/` */
export function layerOf(file: string): Layer {
  const [first = '', second = ''] = file.split('/');
  if (first !== 'core') return asLayer(first);
  if (!second.endsWith('.ts')) return asLayer(second);
  if (VOCABULARY.includes(second)) return 'vocabulary';
  return second === 'define-check.ts' ? 'definition' : 'engine';
}

function asLayer(folder: string): Layer {
  const found = Object.keys(ALLOWED).find((layer) => layer === folder);
  if (found === undefined) throw new Error(`no rule for the folder ${folder}`);
  // The keys of ALLOWED are the layers.
  return found as Layer;
}

/** The modules that a source text imports, types included. */
export function importsIn(text: string): string[] {
  const pattern = /(?:\bfrom|\bimport)\s*\(?\s*'([\w@./:-]+)'/g;
  return [...text.matchAll(pattern)].flatMap(([, module]) => module ?? []);
}

/**
 * What is wrong with an import, or `null`.
 *
 * @param file the importing file, relative to src
 * @param module as it stands in the import
 */
export function findViolation(file: string, module: string): string | null {
  const layer = layerOf(file);
  if (!module.startsWith('.')) return findPackageViolation(file, module);
  const target = posix.normalize(
    join(dirname(file), module).replaceAll('\\', '/'),
  );
  const wanted = layerOf(target);
  const isAllowed =
    wanted === layer ||
    wanted === 'vocabulary' ||
    ALLOWED[layer].includes(wanted);
  return isAllowed ? null : `${file} (${layer}) imports ${target} (${wanted})`;
}

function findPackageViolation(file: string, module: string): string | null {
  const isCore = file.startsWith('core/');
  if (module.startsWith('node:'))
    return isCore ? `${file} is pure and imports ${module}` : null;
  return PACKAGES[module] === file ? null : `${file} imports ${module}`;
}
