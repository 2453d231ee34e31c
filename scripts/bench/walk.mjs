/**
 * The baseline: a bare walk that asks the system for each name and its size, and
 * does nothing with them. Prints how many files there were.
 *
 *   node scripts/bench/walk.mjs FOLDER
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

let files = 0;

/** @param {string} folder */
function walk(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    statSync(path);
    if (entry.isDirectory()) walk(path);
    else files++;
  }
}

walk(process.argv[2] ?? '.');
process.stdout.write(`${files}\n`);
