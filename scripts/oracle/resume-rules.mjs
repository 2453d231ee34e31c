/**
 * Where a report contradicts the real Trainer about resuming: the rules, in the words
 * of docs/loader-agreement.md ("Runs that are resumed").
 */

/**
 * What Trainer did with a folder. `restart`: it went on, with the learning rate or
 * the optimizer as at the start; `altered`: it went on with what no training had at
 * that step.
 *
 * @typedef {'raises' | 'restart' | 'altered' | 'faithful'} Outcome
 * @typedef {{ readonly outcome: Outcome, readonly error?: string, readonly random?: 'other' }} Resumed
 * @typedef {{ readonly outcome: 'raises' | 'altered' | 'loads', readonly error?: string }} Loaded
 * @typedef {object} Truth
 * @property {Resumed & { readonly folder: string | null }} automatic
 * @property {Readonly<Record<string, { readonly resumes?: Resumed, readonly loads: Loaded }>>} folders
 * @property {string | null} newestResumable
 * @property {string | null} blocking
 */

/**
 * @typedef {object} Case
 * @property {string} id two names, its folder
 * @property {string} run
 * @property {string} group
 * @property {string} damage
 * @property {boolean} is_healthy
 * @property {Truth} truth
 */

/** @typedef {import('../../src/core/types.ts').Report} Report */
/** @typedef {import('../../src/core/types.ts').CheckpointSummary['answers']} Answers */
/** @typedef {{ readonly kind: Kind, readonly folder: string | null, readonly words: string }} Disagreement */

/**
 * What a report says of one case: folders by their names below it, `.` being the case
 * itself.
 *
 * @typedef {object} Said
 * @property {string | null} newestResumable
 * @property {readonly string[]} blockedBy newest first
 * @property {ReadonlyMap<string, Answers>} answers
 * @property {readonly { readonly severity: string, readonly check: string, readonly question: string, readonly folder: string }[]} findings
 */

/** @typedef {(typeof KINDS)[number]} Kind */

/** Worst first. */
export const KINDS = /** @type {const} */ ([
  // The first thing that a user asks: from where, and what is in the way.
  'other newest',
  'other blocking',
  // Trainer cannot or does not go on, and we say that it does; and the reverse.
  'false green',
  'false red',
  // We do not say either; a `yes` of it would have been right, or a `no`.
  'not said',
  'loads false green',
  'loads false red',
  'error on a healthy run',
  'warning on a healthy run',
]);

const GREEN = ['yes', 'doubtful'];

/**
 * @param {Case} one
 * @param {Said} said
 * @returns {Disagreement[]}
 */
export function disagreementsOf({ run, truth, is_healthy: isHealthy }, said) {
  return [
    ...disagreeOnRun(truth, said),
    ...Object.entries(truth.folders).flatMap(([folder, of]) =>
      disagreeOnFolder(folder, of, said.answers.get(folder)),
    ),
    ...(isHealthy ? alarmsOf(run, said) : []),
  ];
}

/**
 * @param {Truth} truth
 * @param {Said} said
 * @returns {Disagreement[]}
 */
function disagreeOnRun(truth, { newestResumable, blockedBy }) {
  /** @type {Disagreement[]} */
  const found = [];
  const tell = (/** @type {Kind} */ kind, /** @type {string} */ words) =>
    found.push({ kind, folder: null, words });
  if (newestResumable !== truth.newestResumable)
    tell(
      'other newest',
      `Trainer ${truth.newestResumable ?? 'none'}, we ${newestResumable ?? 'none'}`,
    );
  const blocking = blockedBy[0] ?? null;
  // With nothing to resume from it is no matter whether the newest is named.
  const isFree = truth.newestResumable === null && blocking === null;
  if (blocking !== truth.blocking && !isFree)
    tell(
      'other blocking',
      `Trainer ${truth.blocking ?? 'none'}, we ${blocking ?? 'none'}`,
    );
  return found;
}

/**
 * @param {string} folder
 * @param {Truth['folders'][string]} truth
 * @param {Answers | undefined} answers
 * @returns {Disagreement[]}
 */
function disagreeOnFolder(folder, { resumes, loads }, answers) {
  /** @type {Disagreement[]} */
  const found = [];
  const tell = (/** @type {Kind} */ kind, /** @type {string} */ words) =>
    found.push({ kind, folder, words });
  const said = answers?.resumes.value ?? 'no row';
  const words = `Trainer ${wordsOf(resumes)}, we ${said}`;
  // What Trainer would never take by itself nobody has to be told of.
  if (resumes !== undefined && isNumbered(folder)) {
    const isFaithful = resumes.outcome === 'faithful';
    // A checkpoint that kept no state: nothing goes on from it, and nothing was to.
    const isNone = !isFaithful && said === 'not applicable';
    if (!isFaithful && GREEN.includes(said)) tell('false green', words);
    else if (isFaithful && said === 'no') tell('false red', words);
    else if (said !== 'no' && !GREEN.includes(said) && !isNone)
      tell('not said', words);
  }
  const ours = answers?.loads.value ?? 'no row';
  const loaded = `the loader ${wordsOf(loads)}, we ${ours}`;
  if (loads.outcome === 'raises' && GREEN.includes(ours))
    tell('loads false green', loaded);
  if (loads.outcome === 'loads' && ours === 'no')
    tell('loads false red', loaded);
  return found;
}

/** @param {string} folder */
function isNumbered(folder) {
  return /^checkpoint-\d+$/.test(folder);
}

/** @param {{ readonly outcome: string, readonly error?: string } | undefined} truth */
function wordsOf(truth) {
  const error = truth?.error === undefined ? '' : ` (${truth.error})`;
  return `${truth?.outcome ?? 'was not asked'}${error}`;
}

/** Into whose folder two trainings saved: a warning says so, and is right. */
const MIXED = new Set(['lora-two-runs', 'lora-overwritten']);

/**
 * @param {string} run
 * @param {Said} said
 * @returns {Disagreement[]}
 */
function alarmsOf(run, { findings }) {
  return findings.flatMap(({ severity, check, folder }) =>
    severity === 'notice' ||
    (severity === 'warning' && check === 'runs-mixed' && MIXED.has(run))
      ? []
      : [
          {
            kind:
              severity === 'error'
                ? 'error on a healthy run'
                : 'warning on a healthy run',
            folder,
            words: check,
          },
        ],
  );
}

/**
 * @param {Report} report
 * @param {string} place the case, as the report names it
 * @returns {Said}
 */
export function saidOf({ runs, checkpoints, findings }, place) {
  const name = (/** @type {string} */ path) =>
    path === place ? '.' : path.slice(place.length + 1);
  const isOf = (/** @type {string} */ path) =>
    path === place || path.startsWith(`${place}/`);
  const run = runs.find(({ path }) => path === place);
  const newest = run?.newestResumable ?? null;
  return {
    newestResumable: newest === null ? null : name(newest),
    blockedBy: (run?.resume?.blockedBy ?? []).map(name),
    answers: new Map(
      checkpoints
        .filter(({ path }) => isOf(path))
        .map(({ path, answers }) => [name(path), answers]),
    ),
    findings: findings
      .filter(({ where }) => isOf(where.path))
      .map(({ severity, check, question, where }) => ({
        severity,
        check,
        question,
        folder: name(where.checkpoint ?? place),
      })),
  };
}

/**
 * An entry of the closed list: what files cannot show, or what we say with reason
 * though Trainer does otherwise. Names may end in `*`.
 *
 * @typedef {object} Entry
 * @property {Kind} kind
 * @property {readonly string[]} damages
 * @property {readonly string[]} [runs] all where there are none
 * @property {string} reason
 */

/**
 * @param {readonly Entry[]} entries
 * @param {Pick<Case, 'run' | 'damage'>} one
 * @param {Disagreement} found
 * @returns {Entry | undefined} the first that excuses it
 */
export function entryFor(entries, { run, damage }, { kind }) {
  return entries.find(
    (entry) =>
      entry.kind === kind &&
      entry.damages.some((pattern) => isLike(damage, pattern)) &&
      (entry.runs ?? ['*']).some((pattern) => isLike(run, pattern)),
  );
}

/**
 * @param {string} name
 * @param {string} pattern
 */
export function isLike(name, pattern) {
  const parts = pattern
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(name);
}
