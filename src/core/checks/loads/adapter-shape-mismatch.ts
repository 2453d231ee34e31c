import { defineCheck } from '../../define-check.ts';
import { asArray, asUnsigned } from '../../formats/json/access.ts';
import type { JsonNode } from '../../formats/json/types.ts';
import { oncePer } from '../../formats/once-per.ts';
import type { AdapterMeaning } from '../../layout/peft/meaning.ts';
import { parentOf, withoutWrappers } from '../../layout/module-names.ts';
import { findMisshapen, isInBlocks } from '../../layout/peft/shapes.ts';
import type { Misshape } from '../../layout/peft/shapes.ts';
import { findOddShapes, shown } from '../../layout/peft/odd-shapes.ts';
import { scalarsIn, wrappedMisfits } from '../../layout/peft/saved-sizes.ts';
import {
  promptMisfits,
  taskMisfits,
  tokenMisfits,
} from '../../layout/peft/prompt-sizes.ts';
import { namesIn, rankIn, rankOf } from '../../layout/peft/targets.ts';
import { isFalse } from '../../layout/peft/whole.ts';
import { wholeNumbers } from '../../layout/peft/whole-numbers.ts';
import { joinRanks, RANKS_APART } from '../../layout/peft/wrong-ranks.ts';
import type { WrongRank, WrongRanks } from '../../layout/peft/wrong-ranks.ts';
import {
  formatCount,
  formatNumber,
  joinWords,
  listNames,
} from '../../wording.ts';

const RAISED = [
  'RuntimeError: Error(s) in loading state_dict',
  'size mismatch for …: copying a param with shape … from checkpoint, the shape in current model is …',
];

const judged = oncePer((meaning: AdapterMeaning) => ({
  ...misshapen(meaning),
  derived: underived(meaning),
  saved: [...wrappedMisfits(meaning), ...scalarsIn(meaning)],
  whole: wholeNumbers(meaning),
  prompts: [
    ...promptMisfits(meaning),
    ...taskMisfits(meaning),
    ...tokenMisfits(meaning),
  ],
  odd: findOddShapes(meaning),
}));

export const adapterShapeMismatch = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'adapter-shape-mismatch',
    question: 'loads',
    severity: 'error',
    confidence: 'proven',
    title: 'Shapes of an adapter that do not fit',
    why: 'PEFT builds the parameters as the configuration says and refuses a tensor of another shape.',
    fix: 'Put the configuration and the weights of one save together; where the weights were sharded, gather them before saving.',
    since: '0.1.0',
  },
  messages: {
    rank: {
      text: ({
        tensors,
        rank,
        found,
      }: {
        tensors: string[];
        rank: number;
        found: number[];
      }) =>
        `The configuration gives ${formatCount(tensors.length, 'module')} rank ${formatNumber(rank)}, the tensors have ${listNames(found.map(formatNumber))}: ${listNames(tensors)}.`,
      loaderErrors: () => RAISED,
    },
    ranks: {
      text: ({ tensors, ranks, found }: WrongRanks) =>
        `The configuration gives ${formatCount(tensors.length, 'module')} ${formatNumber(ranks.length)} different ranks (${listNames(ranks.map(formatNumber))}), the tensors have others (${listNames(found.map(formatNumber))}): ${listNames(tensors)}.`,
      loaderErrors: () => RAISED,
    },
    shape: {
      text: ({
        tensors,
        all,
        expected,
      }: {
        tensors: string[];
        all: number;
        expected: string;
      }) =>
        `In ${formatNumber(tensors.length)} of ${formatCount(all, 'module')} a tensor is of another shape than ${expected} and the others of its module allow: ${listNames(tensors)}.`,
      loaderErrors: () => RAISED,
    },
    derived: {
      text: ({
        tensors,
        all,
        expected,
      }: {
        tensors: string[];
        all: number;
        expected: string;
      }) =>
        `In ${formatNumber(tensors.length)} of ${formatCount(all, 'module')} a tensor is not as PEFT works it out of the configuration and the size of the module (${expected}): ${listNames(tensors)}.`,
      loaderErrors: () => RAISED,
    },
    saved: {
      text: ({ tensors, expected }: { tensors: string[]; expected: string }) =>
        `${formatCount(tensors.length, 'tensor')} of ${tensors.length === 1 ? 'a module that is' : 'modules that are'} saved whole ${tensors.length === 1 ? 'is' : 'are'} not ${expected}: ${listNames(tensors)}.`,
      loaderErrors: () => RAISED,
    },
    prompt: {
      text: ({
        name,
        shape,
        field,
        size,
      }: {
        name: string;
        shape: string;
        field: string;
        size: number;
      }) =>
        `${name} is ${shape}, and the configuration says ${field} ${formatNumber(size)}.`,
      loaderErrors: () => RAISED,
    },
    dtype: {
      text: ({
        tensors,
        dtypes,
        all,
      }: {
        tensors: string[];
        dtypes: string[];
        all: number;
      }) =>
        `${formatNumber(tensors.length)} of ${formatCount(all, 'tensor')} ${tensors.length === 1 ? 'is' : 'are'} stored as ${joinWords(dtypes)}: ${listNames(tensors)}.`,
      why: 'Parameters of an adapter are fractions. PEFT takes the file, and what is left of them as whole numbers is not what was trained.',
      fix: 'Save the adapter as the training held it, in a floating-point type. PEFT knows no quantised adapters.',
    },
    odd: {
      text: ({ tensors, expected }: { tensors: string[]; expected: string }) =>
        `One of its likes in other layers has another shape than the rest, which are ${expected}: ${listNames(tensors)}.`,
      severity: 'warning',
      confidence: 'inferred',
      why: 'Taken as: the layers of the base are alike. PEFT refuses a tensor whose shape is not that of its module.',
      loaderErrors: () => RAISED,
    },
  },
  async run({ subject, report }) {
    for (const adapter of subject.adapters) {
      const meaning = await adapter.meaning();
      if (meaning === null) continue;
      const path = { path: adapter.weights?.file.path ?? adapter.path };
      const { ranks, shapes, derived, saved, whole, prompts, odd } =
        judged(meaning);
      if (ranks.length > RANKS_APART) report('ranks', joinRanks(ranks), path);
      else for (const data of ranks) report('rank', data, path);
      for (const data of shapes)
        report('shape', { ...data, all: meaning.layers.length }, path);
      for (const data of derived)
        report('derived', { ...data, all: meaning.layers.length }, path);
      for (const data of saved) report('saved', data, path);
      if (whole.tensors.length > 0)
        report('dtype', { ...whole, all: meaning.tensors.length }, path);
      for (const data of prompts) report('prompt', data, path);
      if (ranks.length + shapes.length > 0) continue;
      for (const data of odd) report('odd', data, path);
    }
  },
});

function misshapen(meaning: AdapterMeaning) {
  const ranks = new Map<number, WrongRank>();
  const shapes = new Map<string, { tensors: string[]; expected: string }>();
  const lettersIn = lettersOf(meaning);
  const { rule, keys } = meaning;
  const whole = findMisshapen(rule.shared, keys.shared, lettersIn(''));
  for (const wrong of [
    ...(whole === null ? [] : [{ wrong: whole, rank: null }]),
    ...(isInBlocks(meaning.config.fields) ? [] : meaning.layers).flatMap(
      ({ module, set }) => {
        const known = lettersIn(module.path);
        const one = findMisshapen(set, module.tensors, known);
        // A tensor of nothing is another check's.
        return one === null || one.tensor.shape.includes(0)
          ? []
          : [{ wrong: one, rank: known.get('r') ?? null }];
      },
    ),
  ]) {
    const { wrong: one, rank } = wrong;
    if (one.letter === 'r' && rank !== null && one.size === rank) {
      const known = ranks.get(rank) ?? { tensors: [], rank, found: [] };
      known.tensors.push(shown(one.tensor));
      const size = rankFound(one);
      if (size !== null && !known.found.includes(size)) known.found.push(size);
      ranks.set(rank, known);
    } else {
      const { expected } = one;
      const known = shapes.get(expected) ?? { tensors: [], expected };
      known.tensors.push(shown(one.tensor));
      shapes.set(expected, known);
    }
  }
  return { ranks: [...ranks.values()], shapes: [...shapes.values()] };
}

/** What the rule of the type works out, by what it expected. */
function underived({ rule, layers, config }: AdapterMeaning) {
  const { sizes } = rule;
  const groups = new Map<string, string[]>();
  if (sizes === null) return [];
  for (const { module } of layers) {
    const odd = sizes(module, config.fields);
    if (odd === null || odd.tensor.shape.includes(0)) continue;
    const known = groups.get(odd.expected);
    if (known === undefined) groups.set(odd.expected, [shown(odd.tensor)]);
    else known.push(shown(odd.tensor));
  }
  return [...groups].map(([expected, tensors]) => ({ expected, tensors }));
}

/** Letters of the table that are fields of the configuration: numbers, or lengths of lists. */
function sizesIn({ rule, config }: AdapterMeaning): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const [letter, text] of Object.entries(rule.fields)) {
    const [field = '', byDefault] = text.split('=');
    const node = config.fields.get(field);
    const size =
      node === undefined && byDefault !== undefined
        ? Number(byDefault)
        : sizeIn(node);
    const pattern = config.fields.get(`${field}_pattern`);
    const hasPattern = pattern?.kind === 'object' && pattern.entries.length > 0;
    if (size !== null && !hasPattern) sizes.set(letter, size);
  }
  return sizes;
}

/** A list's length, or a number above 0: with 0 another field says the size. */
function sizeIn(node: JsonNode | undefined): number | null {
  const length = asArray(node)?.length;
  const number = Number(asUnsigned(node) ?? 0);
  return length ?? (number === 0 ? null : number);
}

/** What the letters of a module are: those of the configuration, and its rank. */
function lettersOf(
  meaning: AdapterMeaning,
): (path: string) => ReadonlyMap<string, number> {
  const fields = sizesIn(meaning);
  const expectedRank = expectedRanks(meaning);
  const byRank = new Map<number | null, ReadonlyMap<string, number>>([
    [null, fields],
  ]);
  return (path) => {
    const rank = expectedRank(path);
    const known = byRank.get(rank) ?? new Map(fields).set('r', rank ?? 0);
    byRank.set(rank, known);
    return known;
  };
}

/** The size that stands where `expected` has the rank. */
function rankFound({ tensor, expected }: Misshape): number | null {
  const at = expected.slice(1, -1).split(', ').indexOf('r');
  return tensor.shape[at] ?? null;
}

/** Fields with which LoRA's ranks are not those of the configuration alone. */
const OTHER_RANKS = [
  'use_bdlora',
  'monteclora_config',
  'arrow_config',
  'megatron_config',
];

function expectedRanks({
  rule: { defaultRank, hasRankPattern },
  config: { fields },
}: AdapterMeaning): (path: string) => number | null {
  const isSet = (field: string) => {
    const node = fields.get(field);
    return node !== undefined && node.kind !== 'null' && !isFalse(node);
  };
  if (defaultRank === null || OTHER_RANKS.some(isSet)) return () => null;
  const parents = (namesIn(fields.get('target_parameters')) ?? []).map(
    (name) => `.${parentOf(name)}`,
  );
  return (path) => {
    const own = withoutWrappers(path);
    // Of the parameters of all experts, r times their number.
    if (parents.some((parent) => `.${own}`.endsWith(parent))) return null;
    return hasRankPattern
      ? rankOf(fields, own, defaultRank)
      : rankIn(fields, defaultRank);
  };
}
