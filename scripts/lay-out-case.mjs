/**
 * Lays a case of the corpus out in a folder.
 *
 *   node scripts/lay-out-case.mjs <case> <folder>
 */
import { resolve } from 'node:path';
import { materialize } from './corpus/materialize.mjs';
import { ROOT } from './check-catalogue.mjs';

const [id = '', folder = ''] = process.argv.slice(2);
if (!/^[a-z0-9-]+$/.test(id) || folder === '') {
  process.stderr.write(
    'Usage: node scripts/lay-out-case.mjs <case> <folder>\n',
  );
  process.exit(2);
}
await materialize(new URL(`__tests__/corpus/${id}/`, ROOT), resolve(folder));
