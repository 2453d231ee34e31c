import { spread } from './measure.mjs';

/** @typedef {import('./measure.mjs').Sample} Sample */
/** @typedef {{ goal: string, baseline: string, values: number[], limit: number, unit: string, ours: Sample[], isMet: boolean }} Goal */

const MAX_RSS_BYTES = 150e6;

/**
 * @param {string} goal
 * @param {string} baseline
 * @param {Sample[]} ours
 * @param {number} baselineMs
 * @param {number} limit
 * @returns {Goal}
 */
export function ratio(goal, baseline, ours, baselineMs, limit) {
  const values = ours.map(({ wallMs }) => wallMs / baselineMs);
  const isMet = spread(values).median <= limit;
  return { goal, baseline, values, limit, unit: 'x', ours, isMet };
}

/** @param {string} name @param {Sample[]} ours @returns {Goal} */
export function memory(name, ours) {
  const values = ours.map(({ rssBytes }) => (rssBytes ?? NaN) / 1e6);
  const limit = MAX_RSS_BYTES / 1e6;
  return {
    goal: `peak memory, ${name}`,
    baseline: `${limit} MB`,
    values,
    limit,
    unit: ' MB',
    ours,
    isMet: Math.max(...values) <= limit,
  };
}

/**
 * @param {string} goal
 * @param {readonly number[]} bytes
 * @param {number} maxBytes
 * @returns {Goal}
 */
export function kilobytes(goal, bytes, maxBytes) {
  const values = bytes.map((count) => count / 1000);
  const limit = maxBytes / 1000;
  return {
    goal,
    baseline: `${limit} KB`,
    values,
    limit,
    unit: ' KB',
    ours: [],
    isMet: Math.max(...values) <= limit,
  };
}

/** @param {readonly Goal[]} goals */
export function table(goals) {
  const rows = goals.map(
    ({ goal, baseline, values, limit, unit, ours, isMet }) => {
      const { median, min, max, n } = spread(values);
      const show = (/** @type {number} */ value) =>
        `${value.toFixed(unit === 'x' ? 2 : 0)}${unit}`;
      const wall = spread(ours.map(({ wallMs }) => wallMs)).median;
      const rss =
        Math.max(...ours.map(({ rssBytes }) => rssBytes ?? NaN)) / 1e6;
      return [
        goal,
        baseline,
        show(median),
        show(min),
        show(max),
        String(n),
        show(limit),
        Number.isNaN(wall) ? '' : `${wall.toFixed(0)} ms`,
        !Number.isFinite(rss) ? '' : `${rss.toFixed(0)} MB`,
        isMet ? 'met' : '**missed**',
      ];
    },
  );
  const heads = [
    'what',
    'against',
    'median',
    'min',
    'max',
    'n',
    'at most',
    'wall',
    'max RSS',
    'goal',
  ];
  return [heads, heads.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |\n`)
    .join('');
}
