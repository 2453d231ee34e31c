/**
 * What the folders of checks hold: the one place that knows how a check's id,
 * its source, its test and its page belong together.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const ROOT = new URL('../', import.meta.url);

/** The questions that checks answer, each a folder. */
export const QUESTIONS = ['loads', 'trained', 'resumes', 'progress'];

/** Headings of a check's page, in this order and no others. */
export const PAGE_HEADINGS = [
  'What it means',
  'Why it matters',
  'How to fix',
  'Example',
  'What it cannot see',
];

/** @typedef {{ question: string, id: string, name: string }} Entry */

/** @param {string} id kebab-case → camelCase */
export function constantName(id) {
  return id.replace(/-(\w)/g, (_, letter) => String(letter).toUpperCase());
}

/**
 * @param {URL} root the repository
 * @returns {Entry[]} every check's source file, sorted by id
 */
export function listChecks(root = ROOT) {
  return QUESTIONS.flatMap((question) =>
    namesIn(new URL(`src/core/checks/${question}/`, root), '.ts').map((id) => ({
      question,
      id,
      name: constantName(id),
    })),
  ).sort((left, right) => (left.id < right.id ? -1 : 1));
}

/**
 * @param {URL} folder
 * @param {string} ending
 */
export function namesIn(folder, ending) {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(ending))
      .map((name) => name.slice(0, -ending.length));
  } catch (error) {
    if (/** @type {{ code?: string }} */ (error).code === 'ENOENT') return [];
    throw error;
  }
}

/** @param {string} path relative to the repository */
export function readText(path, root = ROOT) {
  return readFileSync(new URL(path, root), 'utf8');
}

/** @param {URL} url */
export function toPath(url) {
  return fileURLToPath(url);
}
