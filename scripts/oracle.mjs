/**
 * The oracle: whether Checkpoint Gate says of damaged adapters what the real
 * loaders do. Looks for a Python that holds them, and says what is missing where
 * there is none (exit code 2); see docs/loader-agreement.md.
 *
 *   npm run oracle [-- --help]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('oracle/', import.meta.url));
const REQUIREMENTS = 'scripts/oracle/requirements.txt';
const BUNDLE = fileURLToPath(new URL('../dist/cli/index.js', import.meta.url));
/** In this order; `ORACLE_PYTHON` names one elsewhere. */
const PYTHONS = [
  ...named(process.env['ORACLE_PYTHON']),
  'venv/bin/python',
  '.venv/bin/python',
  'venv/Scripts/python.exe',
  'python3',
  'python',
];
const HELP = `Install them into a virtual environment (CPU builds suffice), then run this again:
  python3 -m venv venv
  venv/bin/pip install -r ${REQUIREMENTS}
or name a Python that has them: ORACLE_PYTHON=/path/to/python npm run oracle
`;

// exitCode, not exit(): output to a pipe may still be on its way.
process.exitCode = main();

/** @returns {number} the exit code */
function main() {
  if (!existsSync(BUNDLE))
    return refuse(`${BUNDLE} is missing. Run: npm run build\n`);
  const wanted = readFileSync(join(HERE, 'requirements.txt'), 'utf8')
    .trim()
    .split('\n');
  const tried = PYTHONS.map((python) => ({
    python,
    lacks: lacking(python, wanted),
  }));
  const found = tried.find(({ lacks }) => lacks !== null && lacks.length === 0);
  if (found === undefined) return refuse(missing(tried));
  const { status } = spawnSync(
    found.python,
    [join(HERE, 'oracle.py'), ...process.argv.slice(2)],
    { stdio: 'inherit' },
  );
  return status ?? 2;
}

/** @param {string | undefined} value */
function named(value) {
  return value ? [value] : [];
}

/**
 * @param {string} python
 * @param {readonly string[]} wanted `name==version`
 * @returns {string[] | null} what this Python lacks or has in another version; `null` where there is no such Python
 */
function lacking(python, wanted) {
  const program = `
import importlib.metadata as m
for one in ${JSON.stringify(wanted)}:
    name, version = one.split("==")
    try:
        has = m.version(name).split("+")[0]
    except m.PackageNotFoundError:
        has = "nothing"
    if has != version:
        print(one, "(there is " + has + ")")
`;
  const { status, stdout } = spawnSync(python, ['-c', program], {
    encoding: 'utf8',
  });
  return status === 0 ? stdout.split(/\r?\n/).filter(Boolean) : null;
}

/** @param {readonly { python: string, lacks: string[] | null }[]} tried */
function missing(tried) {
  const lines = tried.map(({ python, lacks }) =>
    lacks === null
      ? `  ${python}: no such Python`
      : `  ${python} lacks ${lacks.join(', ')}`,
  );
  return `The oracle was not run: no Python with the loaders was found.\n${lines.join('\n')}\n\n${HELP}`;
}

/** @param {string} words */
function refuse(words) {
  process.stderr.write(words);
  return 2;
}
