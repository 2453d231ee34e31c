import { execFileSync } from 'node:child_process';
import { ROOT, toPath } from './check-catalogue.mjs';

/** Compiles src to lib, for scripts that call what they derive texts from. */
export function compile() {
  execFileSync(
    process.execPath,
    [
      toPath(new URL('node_modules/@typescript/native/bin/tsc', ROOT)),
      '-p',
      'tsconfig.build.json',
    ],
    { cwd: toPath(ROOT), stdio: 'inherit' },
  );
}
