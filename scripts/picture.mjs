/**
 * Draws a job summary as GitHub shows it, to look at it and to show it around.
 *
 *   node scripts/picture.mjs                       the founding case → docs/images/summary.png
 *   node scripts/picture.mjs summary.md page.png   any summary
 *
 * Needs Chromium: the one that the variable CHROMIUM names, or one on PATH.
 * Run by hand: fonts differ between machines, so no test compares pictures.
 * `pngquant` and `optipng` make a third of the bytes of what is committed.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { marked } from 'marked';
import { ROOT, toPath } from './check-catalogue.mjs';
import { compile } from './compile.mjs';
import { materialize } from './corpus/materialize.mjs';

const CASE = new URL('__tests__/corpus/founding-case/', ROOT);
const PATHS = ['expmt_v1', 'reference_run'];
const PICTURE = toPath(new URL('docs/images/summary.png', ROOT));
const CSS = new URL(
  import.meta.resolve('github-markdown-css/github-markdown-light.css'),
);
/** CSS pixels; about what a summary has in a wide window. */
const WIDTH = 1140;
/** A page that is higher is cut: nobody looks at more. */
const MAX_HEIGHT = 6000;
const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
];

const folder = await mkdtemp(join(tmpdir(), 'picture-'));
try {
  const [from, to = PICTURE] = process.argv.slice(2);
  const chromium = findChromium();
  const markdown =
    from === undefined ? await foundingCase() : readFileSync(from, 'utf8');
  await draw(chromium, markdown, resolve(to));
  process.stdout.write(`${resolve(to)}\n`);
} catch (error) {
  process.stderr.write(`${/** @type {Error} */ (error).message}\n`);
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

function findChromium() {
  const named = process.env['CHROMIUM'];
  const names = named === undefined ? NAMES : [named];
  const found = names.find(
    (name) => spawnSync(name, ['--version']).status === 0,
  );
  if (found !== undefined) return found;
  throw new Error(
    `No Chromium found (looked for ${names.join(', ')}). Install one, e.g. the package chromium of Debian, or name it in the variable CHROMIUM.`,
  );
}

/** What the command line writes as Markdown of the founding case. */
async function foundingCase() {
  compile();
  const tree = join(folder, 'case');
  await materialize(CASE, tree);
  const cli = toPath(new URL('lib/cli/main.js', ROOT));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [cli, ...PATHS, '--format', 'markdown'],
    { cwd: tree, encoding: 'utf8' },
  );
  if (status !== 1 || !stdout.startsWith('## '))
    throw new Error(`Not the expected fail: ${stderr}`);
  return stdout;
}

/**
 * @param {string} chromium
 * @param {string} markdown
 * @param {string} picture
 */
async function draw(chromium, markdown, picture) {
  const page = join(folder, 'page.html');
  await writeFile(page, await htmlOf(markdown));
  const url = pathToFileURL(page).href;
  const [, height] =
    /data-height="(\d+)"/.exec(
      browse(chromium, `--window-size=${WIDTH},800`, '--dump-dom', url),
    ) ?? [];
  if (height === undefined)
    throw new Error('Chromium did not lay out the page');
  await mkdir(dirname(picture), { recursive: true });
  browse(
    chromium,
    '--force-device-scale-factor=2',
    `--window-size=${WIDTH},${Math.min(Number(height), MAX_HEIGHT)}`,
    `--screenshot=${picture}`,
    url,
  );
}

/** @param {string} markdown */
async function htmlOf(markdown) {
  const css = readFileSync(fileURLToPath(CSS), 'utf8');
  const body = await marked.parse(markdown, { gfm: true });
  return `<!doctype html>
<meta charset="utf-8">
<style>${css}
body { margin: 0; background: #fff; }
main { box-sizing: border-box; padding: 32px; }
</style>
<main class="markdown-body">${body}</main>
<script>
document.documentElement.dataset.height =
  Math.ceil(document.querySelector('main').getBoundingClientRect().height);
</script>`;
}

/**
 * @param {string} chromium
 * @param {string[]} flags
 */
function browse(chromium, ...flags) {
  const { status, stdout, stderr } = spawnSync(
    chromium,
    [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--hide-scrollbars',
      `--user-data-dir=${join(folder, 'profile')}`,
      ...flags,
    ],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  if (status !== 0) throw new Error(`Chromium failed: ${stderr}`);
  return stdout;
}
