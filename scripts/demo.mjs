/**
 * The founding case, inspected by the committed bundle: a run whose checkpoint
 * folders hold nothing, beside one that PEFT wrote. Needs Node alone.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { materialize } from './corpus/materialize.mjs';

const CASE = new URL('../__tests__/corpus/founding-case/', import.meta.url);
const BUNDLE = fileURLToPath(new URL('../dist/cli/index.js', import.meta.url));
const PATHS = ['expmt_v1', 'reference_run'];
const EXPECTED_EXIT = 1;
/** The Node that started npm, which is not the first in the PATH of its scripts. */
const NODE = process.env['npm_node_execpath'] ?? process.execPath;

// exitCode, not exit(): output to a pipe may still be on its way.
if (existsSync(BUNDLE)) process.exitCode = (await demo()) ? 0 : 1;
else {
  process.stderr.write(`${BUNDLE} is missing. Run: npm run build\n`);
  process.exitCode = 2;
}

/** @returns {Promise<boolean>} whether the verdict was the expected one */
async function demo() {
  const folder = await mkdtemp(join(tmpdir(), 'checkpoint-gate-'));
  try {
    await materialize(CASE, folder);
    process.stdout.write(`$ node dist/cli/index.js ${PATHS.join(' ')}\n\n`);
    const { status, stdout, stderr } = spawnSync(NODE, [BUNDLE, ...PATHS], {
      cwd: folder,
      encoding: 'utf8',
    });
    // Node, too, exits with 1 when a script breaks: the verdict has to be said.
    const isExpected = status === EXPECTED_EXIT && /^FAIL\b/.test(stdout);
    process.stdout.write(
      `${stdout}${stderr}\nExit code ${status}: ${isExpected ? 'the expected verdict, fail' : 'not the expected verdict, fail (exit code 1)'}.\n`,
    );
    if (isExpected)
      process.stdout.write('Your own folder: node dist/cli/index.js FOLDER\n');
    return isExpected;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
