import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The scripts of a tiny action, as ES modules; `fs`, `env` and `say` are at hand. */
export interface Scripts {
  readonly main: string;
  readonly pre?: string;
  readonly post?: string;
  /** Lines below `inputs:` of its action.yml. */
  readonly inputs?: string;
}

const PRELUDE = `import fs from 'node:fs';
const { env } = process;
const say = (text) => fs.writeSync(1, text + '\\n');
const put = (file, text) => fs.appendFileSync(env[file], text);
`;

/** Makes actions in a temporary folder; `clear` removes them and the workspace. */
export function fixtureActions() {
  const root = mkdtempSync(join(tmpdir(), 'actions-'));
  const workspace = join(root, 'workspace');
  mkdirSync(workspace);
  let count = 0;
  return {
    workspace,
    /** The folder of a new action. */
    make: (scripts: Scripts): string => {
      const folder = join(root, `action-${count++}`);
      mkdirSync(folder);
      const { inputs, ...stages } = scripts;
      const runs = Object.keys(stages).map(
        (stage) => `  ${stage}: ${stage}.mjs`,
      );
      writeFileSync(
        join(folder, 'action.yml'),
        `name: fixture\n${inputs === undefined ? '' : `inputs:\n${inputs}`}runs:\n  using: node24\n${runs.join('\n')}\n`,
      );
      for (const [stage, text] of Object.entries(stages))
        writeFileSync(join(folder, `${stage}.mjs`), PRELUDE + text);
      return folder;
    },
    clear: () => rmSync(root, { recursive: true, force: true }),
  };
}
