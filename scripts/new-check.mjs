/**
 * Starts a new check: source, test and page under one name.
 *
 *   npm run new-check -- <question>/<id> [--root DIR]
 *                        e.g. loads/adapter-alpha-zero
 *
 * What it writes works as it stands, on a stand-in defect (a file named like the
 * check); replace that by the real one. `--root` names another copy of the
 * repository to write into: a path or a `file:` URL.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import {
  constantName,
  PAGE_HEADINGS,
  QUESTIONS,
  ROOT,
  toPath,
} from './check-catalogue.mjs';

const { name, root } = readArguments();
const [question = '', id = '', ...rest] = name.split('/');
if (rest.length > 0 || !QUESTIONS.includes(question))
  stop(`Expected the question to be one of ${QUESTIONS.join(', ')}.`);
if (!/^[a-z][a-z0-9]*(?:-[a-z][a-z0-9]*)+$/.test(id))
  stop(`Expected the id to be <subject>-<defect> in kebab-case, got '${id}'.`);
const generator = new URL('scripts/generate.mjs', root);
if (!existsSync(generator)) stop(`${toPath(root)} is no copy of this project.`);

const files = {
  [`src/core/checks/${question}/${id}.ts`]: source(),
  [`__tests__/checks/${question}/${id}.test.ts`]: test(),
  [`docs/checks/${id}.md`]: page(),
};
// An id is API, so it is taken under every question.
const taken = QUESTIONS.map((other) => `src/core/checks/${other}/${id}.ts`);
for (const path of [...taken, ...Object.keys(files)])
  if (existsSync(new URL(path, root))) stop(`${path} is there already.`);
for (const [path, text] of Object.entries(files)) await write(path, text);
execFileSync(process.execPath, [toPath(generator)], { stdio: 'inherit' });

/** @returns {{ name: string, root: URL }} */
function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { root: { type: 'string' } },
    });
    const [only, ...more] = positionals;
    if (only === undefined || more.length > 0)
      stop('Expected one argument, <question>/<id>.');
    return { name: only, root: rootOf(values.root) };
  } catch (error) {
    stop(/** @type {{ message: string }} */ (error).message);
  }
}

/** @param {string | undefined} given a path or a `file:` URL */
function rootOf(given) {
  if (given === undefined) return ROOT;
  if (!given.startsWith('file:')) return pathToFileURL(resolve(given) + sep);
  return new URL(given.endsWith('/') ? given : `${given}/`);
}

/**
 * @param {string} words
 * @returns {never}
 */
function stop(words) {
  process.stderr.write(`${words}\n`);
  process.exit(2);
}

/**
 * Formatted, for how lines break depends on the length of the id.
 *
 * @param {string} path relative to the root
 * @param {string} text
 */
async function write(path, text) {
  const url = new URL(path, root);
  const filepath = toPath(url);
  const style = await resolveConfig(filepath);
  mkdirSync(new URL('.', url), { recursive: true });
  // `wx`: fails rather than overwrites.
  writeFileSync(url, await format(text, { ...style, filepath }), {
    flag: 'wx',
  });
  process.stdout.write(`${path}\n`);
}

function source() {
  return `import { defineCheck } from '../../define-check.ts';

export const ${constantName(id)} = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: '${id}',
    question: '${question}',
    severity: 'warning',
    confidence: 'proven',
    title: 'A file named ${id}',
    why: 'Say here why it matters.',
    fix: 'Say here what to do.',
    since: 'next',
  },
  messages: {
    found: {
      text: ({ name }: { name: string }) => \`There is a file named \${name}.\`,
    },
  },
  run({ subject: { folder }, report }) {
    if (folder?.files.has('${id}')) report('found', { name: '${id}' });
  },
});
`;
}

function test() {
  const constant = constantName(id);
  return `import { ${constant} } from '../../../src/core/checks/${question}/${id}.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { testCheck } from '../../helpers/test-check.ts';

testCheck(${constant}, {
  clean: {
    'a healthy adapter': adapterFiles(),
  },
  found: {
    'a file named like the check': {
      files: { ...adapterFiles(), '${id}': 'here' },
      expect: [{ message: 'found', text: /${id}/ }],
    },
  },
});
`;
}

function page() {
  const sections = PAGE_HEADINGS.map(
    (heading) => `## ${heading}\n\nTo be written.`,
  );
  return `# ${id}\n\n${sections.join('\n\n')}\n`;
}
