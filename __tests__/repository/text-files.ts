import { readdirSync } from 'node:fs';
import { ROOT } from '../../scripts/check-catalogue.mjs';

/**
 * The project's own files of one ending, sorted, relative to the repository: those
 * below `folders`; without any, those of the root and of docs.
 */
export function textFiles(ending: string, ...folders: string[]): string[] {
  const deep = (folders.length > 0 ? folders : ['docs']).flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, ROOT), {
      recursive: true,
      encoding: 'utf8',
    }).map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
  );
  const flat = folders.length > 0 ? [] : readdirSync(ROOT);
  return [...flat, ...deep].filter((name) => name.endsWith(ending)).sort();
}
