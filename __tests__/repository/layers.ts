import { posix } from 'node:path';
import ts from 'typescript';

/** Where a source file lies, as far as the rules of imports know places. */
export type Layer =
  | 'vocabulary'
  | 'bytes'
  | 'formats'
  | 'values'
  | 'layout'
  | 'logs'
  | 'definition'
  | 'checks'
  | 'engine'
  | 'render'
  | 'sources'
  | 'platform'
  | 'http'
  | 'cli'
  | 'artifacts'
  | 'action';

/** The files directly in src/core that renderers may see: they know nothing above. */
const VOCABULARY = ['run-types.ts', 'types.ts', 'wording.ts'];

const BELOW_CHECKS = [
  'vocabulary',
  'bytes',
  'formats',
  'values',
  'layout',
  'logs',
];
const BELOW_EDGES = ['vocabulary', 'checks', 'engine', 'render'];

/** What each layer may import besides itself; `logs` is yet to come. */
const ALLOWED: Readonly<Record<Layer, readonly string[]>> = {
  // wording.ts takes a cap from limits.ts.
  vocabulary: ['bytes'],
  bytes: [],
  formats: ['bytes'],
  values: ['bytes', 'formats'],
  layout: ['vocabulary', 'bytes', 'formats', 'values'],
  logs: ['vocabulary', 'bytes', 'formats'],
  definition: ['vocabulary', 'values', 'layout'],
  checks: [...BELOW_CHECKS, 'definition'],
  // Checks are handed to the engine: it knows none.
  engine: ['vocabulary', 'bytes', 'layout', 'logs', 'definition'],
  render: ['vocabulary'],
  http: [],
  sources: ['bytes', 'formats', 'http'],
  platform: ['bytes', 'formats'],
  cli: [...BELOW_EDGES, 'sources', 'platform'],
  // Part of the action's edge: reading artifacts fails as every reading does.
  artifacts: ['vocabulary', 'bytes', 'http'],
  action: [...BELOW_EDGES, 'bytes', 'sources', 'platform', 'artifacts'],
};

/** Packages that one file alone may import. */
const PACKAGES: Readonly<Record<string, string>> = {
  '@actions/artifact': 'action/artifacts/download.ts',
  '@actions/core': 'action/host.ts',
  '@actions/github': 'action/artifacts/rest-client.ts',
  '@actions/github/lib/utils': 'action/artifacts/rest-client.ts',
  '@octokit/plugin-retry': 'action/artifacts/rest-client.ts',
  '@octokit/plugin-throttling': 'action/artifacts/rest-client.ts',
  tinyglobby: 'sources/resolve-target.ts',
};

/** Stands for an import whose module only running tells. */
export const COMPUTED = '(computed)';

/** @param file relative to src, with `/` */
export function layerOf(file: string): Layer {
  const [first = '', second = ''] = file.split('/');
  if (file.startsWith('action/artifacts/')) return 'artifacts';
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

/** The modules that a source text imports or exports from, types included. */
export function importsIn(text: string): string[] {
  const modules: string[] = [];
  const visit = (node: ts.Node): void => {
    const module = moduleOf(node);
    if (module !== undefined)
      modules.push(ts.isStringLiteralLike(module) ? module.text : COMPUTED);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('x.ts', text, ts.ScriptTarget.Latest));
  return modules;
}

/** What a node names as a module; `undefined` where it imports nothing. */
function moduleOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node))
    return node.moduleSpecifier;
  // `import x = require('x')`
  if (ts.isExternalModuleReference(node)) return node.expression;
  // `type X = import('x').X`
  if (ts.isImportTypeNode(node))
    return ts.isLiteralTypeNode(node.argument)
      ? node.argument.literal
      : node.argument;
  return ts.isCallExpression(node) && isLoader(node.expression)
    ? (node.arguments[0] ?? node)
    : undefined;
}

function isLoader(called: ts.Expression): boolean {
  return (
    called.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(called) && called.text === 'require')
  );
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
  const target = posix.join(posix.dirname(file), module);
  if (target.startsWith('..')) return `${file} imports ${target}, outside src`;
  const wanted = layerOf(target);
  if (isCheck(file) && isCheck(target))
    return `${file} is a check and imports another, ${target}`;
  const isAllowed = wanted === layer || ALLOWED[layer].includes(wanted);
  return isAllowed ? null : `${file} (${layer}) imports ${target} (${wanted})`;
}

/** Checks share what lies beside their folders, never one another. */
function isCheck(file: string): boolean {
  return /^core\/checks\/[^/]+\/[^/]+$/.test(file);
}

function findPackageViolation(file: string, module: string): string | null {
  const isCore = file.startsWith('core/');
  if (module.startsWith('node:'))
    return isCore ? `${file} is pure and imports ${module}` : null;
  return PACKAGES[module] === file ? null : `${file} imports ${module}`;
}
