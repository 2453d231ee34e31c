/**
 * A Python that holds the real loaders in the versions that the answers stand for.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const REQUIREMENTS = 'scripts/oracle/requirements.txt';
/** In this order; `ORACLE_PYTHON` names one elsewhere. */
const PYTHONS = [
  ...named(process.env['ORACLE_PYTHON']),
  'venv/bin/python',
  '.venv/bin/python',
  'venv/Scripts/python.exe',
  'python3',
  'python',
];

/**
 * Runs a Python program of this folder, its output being that of this process.
 *
 * @param {string} program its name
 * @param {readonly string[]} options
 * @param {string} script the npm script that the user started
 * @returns {number} its exit code; 2 where no such Python was found, which stderr says
 */
export function runPython(program, options, script) {
  const wanted = readFileSync(
    new URL('requirements.txt', import.meta.url),
    'utf8',
  )
    .trim()
    .split('\n');
  const tried = PYTHONS.map((python) => ({
    python,
    lacks: lacking(python, wanted),
  }));
  const found = tried.find(({ lacks }) => lacks !== null && lacks.length === 0);
  if (found === undefined) {
    process.stderr.write(missing(tried, script));
    return 2;
  }
  const place = fileURLToPath(new URL(program, import.meta.url));
  const { status } = spawnSync(found.python, [place, ...options], {
    stdio: 'inherit',
  });
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

/**
 * @param {readonly { python: string, lacks: string[] | null }[]} tried
 * @param {string} script
 */
function missing(tried, script) {
  const lines = tried.map(({ python, lacks }) =>
    lacks === null
      ? `  ${python}: no such Python`
      : `  ${python} lacks ${lacks.join(', ')}`,
  );
  return `The oracle was not run: no Python with the loaders was found.
${lines.join('\n')}

Install them into a virtual environment (CPU builds suffice), then run this again:
  python3 -m venv venv
  venv/bin/pip install -r ${REQUIREMENTS}
or name a Python that has them: ORACLE_PYTHON=/path/to/python npm run ${script}
`;
}
