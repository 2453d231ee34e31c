/**
 * The oracle of resumes: whether Checkpoint Gate names the folder to resume from, and
 * the one that is in the way, as the real Trainer does. See docs/loader-agreement.md.
 *
 *   npm run oracle:resume                            trains, damages, resumes and compares
 *   npm run oracle:resume -- --keep DIR              keeps all that in DIR; where it is there, compares alone
 *   npm run oracle:resume -- --truth DIR/truth.json  compares alone, without Python
 *   npm run oracle:resume -- --runs lora-steps,full* some runs; --make compares nothing
 *   npm run oracle:resume -- --sample                writes the sample of __tests__/oracle/resume, too
 *
 * Exit code 0: agreement outside the closed list; 1: disagreement; 2: something that it
 * needs is absent.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runPython } from './oracle/find-python.mjs';
import { CLI, compare } from './oracle/resume-agreement.mjs';

// exitCode, not exit(): output to a pipe may still be on its way.
process.exitCode = main();

/** @returns {number} the exit code */
function main() {
  const { values } = parseArgs({
    options: {
      keep: { type: 'string' },
      truth: { type: 'string' },
      runs: { type: 'string', default: '*' },
      make: { type: 'boolean', default: false },
      sample: { type: 'boolean', default: false },
    },
  });
  if (!values.make && !existsSync(CLI)) {
    process.stderr.write(`${CLI} is missing. Run: npm run build\n`);
    return 2;
  }
  if (values.truth !== undefined)
    return compareIn(dirname(resolve(values.truth)), values.runs);
  if (values.keep !== undefined) return runIn(resolve(values.keep), values);
  const temporary = mkdtempSync(join(tmpdir(), 'oracle-resume-'));
  try {
    return runIn(temporary, values);
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

/**
 * @param {string} folder
 * @param {{ readonly runs: string, readonly make: boolean, readonly sample: boolean }} chosen
 */
function runIn(folder, { runs, make, sample }) {
  if (sample || !existsSync(join(folder, 'truth.json'))) {
    const options = ['--keep', folder, '--runs', runs];
    const status = runPython(
      'resume.py',
      [...options, ...(sample ? ['--sample'] : [])],
      'oracle:resume',
    );
    if (status !== 0) return status;
  }
  return make ? 0 : compareIn(folder, runs);
}

/**
 * @param {string} folder
 * @param {string} runs
 */
function compareIn(folder, runs) {
  const chosen = { runs: runs.split(','), isWhole: runs === '*' };
  return compare(folder, chosen) > 0 ? 1 : 0;
}
