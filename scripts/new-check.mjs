/**
 * Starts a new check: source, test and page under one name.
 *
 *   npm run new-check -- <question>/<id>      e.g. loads/adapter-alpha-zero
 *
 * What it writes works as it stands, on a stand-in defect (a file named like the
 * check); replace that by the real one.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import {
  constantName,
  PAGE_HEADINGS,
  QUESTIONS,
  ROOT,
  toPath,
} from './check-catalogue.mjs';

const [name, ...more] = process.argv.slice(2);
if (name === undefined || more.length > 0)
  stop('Expected one argument, <question>/<id>.');
const [question = '', id = '', ...rest] = name.split('/');
if (rest.length > 0 || !QUESTIONS.includes(question))
  stop(`Expected the question to be one of ${QUESTIONS.join(', ')}.`);
if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/.test(id))
  stop(`Expected the id to be <subject>-<defect> in kebab-case, got '${id}'.`);

const files = {
  [`src/core/checks/${question}/${id}.ts`]: source(),
  [`__tests__/checks/${question}/${id}.test.ts`]: test(),
  [`docs/checks/${id}.md`]: page(),
};
for (const path of Object.keys(files))
  if (existsSync(new URL(path, ROOT))) stop(`${path} is there already.`);
for (const [path, text] of Object.entries(files)) {
  const url = new URL(path, ROOT);
  mkdirSync(new URL('.', url), { recursive: true });
  writeFileSync(url, text);
  process.stdout.write(`${path}\n`);
}
execFileSync(
  process.execPath,
  [toPath(new URL('scripts/generate.mjs', ROOT))],
  { stdio: 'inherit' },
);

/**
 * @param {string} words
 * @returns {never}
 */
function stop(words) {
  process.stderr.write(`${words}\n`);
  process.exit(2);
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
