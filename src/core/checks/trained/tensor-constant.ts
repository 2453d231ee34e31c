import { VALUE_DIGEST, ZERO_TAIL_BYTES } from '../../bytes/limits.ts';
import { defineCheck } from '../../define-check.ts';
import { withoutEffect, zeroAtStart } from '../../layout/peft/neutral.ts';
import type { AdapterMeaning } from '../../layout/peft/meaning.ts';
import { tiedIn } from '../../layout/peft/tied.ts';
import type { FileValues, TensorValues } from '../../values/read-values.ts';
import { meaningOf } from '../../layout/file-meaning.ts';
import {
  formatBytes,
  formatCount,
  formatNumber,
  listNames,
} from '../../wording.ts';

type Zero = Readonly<{ name: string; tensors: string[]; all: number }>;

export const tensorConstant = defineCheck({
  altitude: 'weights',
  meta: {
    id: 'tensor-constant',
    question: 'trained',
    severity: 'error',
    confidence: 'proven',
    title: 'Weights that are zero, or all one number',
    why: 'No training leaves all weights at exactly zero. A file that was overwritten while it was mapped into memory looks so, with a perfect header (safetensors issue 762), and one that a crash cut off from its data.',
    fix: 'Save again, to a new name, with safetensors 0.8 or later; if the weights are zero in memory, look where they were made.',
    since: '0.1.0',
  },
  messages: {
    all: {
      text: ({ name, tensors }: Zero) =>
        tensors.length === 1
          ? `The one tensor of ${name} is zero throughout.`
          : `All ${formatCount(tensors.length, 'tensor')} of ${name} are zero throughout.`,
    },
    some: {
      text: ({ name, tensors, all }: Zero) =>
        `In ${name}, ${formatNumber(tensors.length)} of ${formatCount(all, 'tensor')} ${tensors.length === 1 ? 'is' : 'are'} zero throughout, which they are neither before training nor after it: ${listNames(tensors)}.`,
      severity: 'warning',
      confidence: 'inferred',
      why: 'Such parameters start at other values, and training moves them by little. Taken as: nobody set them to zero.',
    },
    divided: {
      text: ({ name, tensors, all }: Zero) =>
        `In ${name}, ${formatNumber(tensors.length)} of ${formatCount(all, 'tensor')} ${tensors.length === 1 ? 'is' : 'are'} zero throughout: ${listNames(tensors)}.`,
      why: 'HRA divides these vectors by their length. With a length of 0 the model answers NaN.',
    },
    constant: {
      text: ({ name, tensors, all }: Zero) =>
        `In ${name}, ${formatNumber(tensors.length)} of ${formatCount(all, 'tensor')} ${tensors.length === 1 ? 'is' : 'are'} one and the same number throughout: ${listNames(tensors)}.`,
      severity: 'warning',
      confidence: 'inferred',
      why: 'Neither the start of such parameters nor training makes all numbers of a tensor equal. Taken as: nobody set them so.',
      fix: 'Compare with the checkpoint before this one, and look for code that fills or resets parameters.',
    },
    copies: {
      text: ({ name, tensors, all }: Zero) =>
        `In ${name}, ${formatNumber(tensors.length)} of ${formatCount(all, 'tensor')} ${tensors.length === 1 ? 'is' : 'are'} a copy of another one in the file: ${listNames(tensors)}.`,
      severity: 'warning',
      confidence: 'inferred',
      why: 'Parameters of different modules start at different numbers and are trained apart. Taken as: they are not tied.',
      fix: 'Compare with the checkpoint before this one, and look for code that writes one tensor under several names.',
    },
    apart: {
      text: ({ name, tensors, all }: Zero) =>
        `In ${name}, ${formatNumber(tensors.length)} of ${formatCount(all, 'tensor')} ${tensors.length === 1 ? 'is a copy' : 'are copies'} of a parameter that modules share, and ${tensors.length === 1 ? 'holds' : 'hold'} other numbers than the last copy: ${listNames(tensors)}.`,
      severity: 'warning',
      why: 'PEFT saves such a parameter with every module that shares it, and takes the last copy for all of them: what the others hold is lost.',
      fix: 'Save again through model.save_pretrained(folder), and look for code that changes single tensors of the file.',
    },
    pages: {
      text: ({
        name,
        tensors,
        pages,
      }: {
        name: string;
        tensors: string[];
        pages: number;
      }) =>
        `In ${name}, ${formatCount(pages, 'page')} of 4 KiB ${pages === 1 ? 'repeats' : 'repeat'} the page before: ${listNames(tensors)}.`,
      severity: 'warning',
      confidence: 'inferred',
      why: 'A file that was overwritten while it was mapped into memory looks so; trained numbers do not repeat. Taken as: nobody made them equal.',
    },
    tail: {
      text: ({
        name,
        bytes,
        tensors,
      }: {
        name: string;
        bytes: number;
        tensors: string[];
      }) =>
        `The last ${formatBytes(bytes)} of ${name} are zero, from within ${listNames(tensors)} on.`,
      severity: 'warning',
      confidence: 'inferred',
      why: 'Pages that were never written read as zeros, behind a header that is whole. Taken as: the numbers there were to be others.',
    },
  },
  async run({ subject, valuesOf, report }) {
    const values = await valuesOf(subject);
    if (values === null) return;
    const { name } = subject.file;
    const floats = values.tensors.filter(
      ({ isFloat, elements }) => isFloat && elements > 0,
    );
    const zero = floats.filter(({ constant }) => constant === 0);
    const meaning = await meaningOf(subject);
    if (zero.length > 0 && zero.length === floats.length) {
      if (!isIdle(meaning, values))
        report('all', { name, tensors: namesOf(zero), all: floats.length });
      return;
    }
    if (meaning === null) return;
    const starts = zeroAtStart(meaning);
    const whole = new Set(meaning.keys.whole.map(({ name: own }) => own));
    const odd = zero.filter(
      // A bias may stay at zero.
      ({ name: own }) => !own.endsWith('.bias') && !starts.has(own),
    );
    const isDivided = odd.some(({ name: own }) => own.endsWith('.hra_u'));
    if (odd.length > 0)
      report(isDivided ? 'divided' : 'some', {
        name,
        tensors: namesOf(odd),
        all: floats.length,
      });
    const constant = floats.filter((one) => isOddConstant(whole, one));
    if (constant.length > 0)
      report('constant', {
        name,
        tensors: namesOf(constant),
        all: floats.length,
      });
    const copies = copiesIn(whole, floats);
    if (copies.length > 0)
      report('copies', { name, tensors: namesOf(copies), all: floats.length });
    const apart = apartIn(meaning, floats);
    if (apart.length > 0)
      report('apart', { name, tensors: namesOf(apart), all: floats.length });
    const repeated = floats.filter((one) => isRepeated(whole, one));
    if (repeated.length > 0)
      report('pages', {
        name,
        tensors: namesOf(repeated),
        pages: repeated.reduce((sum, one) => sum + one.repeatedPages, 0),
      });
    const tail = zeroTail(values);
    if (tail !== null && !tail.tensor.includes('embed'))
      report('tail', { name, bytes: tail.bytes, tensors: [tail.tensor] });
  },
});

/** Whether `adapter-untrained` says it of the whole adapter. */
function isIdle(meaning: AdapterMeaning | null, { tensors }: FileValues) {
  if (meaning === null || meaning.keys.modules.size === 0) return false;
  const shown = new Map(tensors.map((one) => [one.name, one]));
  const { modules } = withoutEffect(meaning, (name) => shown.get(name));
  return modules.length === meaning.keys.modules.size;
}

/** Rows of embeddings that were added together are often equal. */
function isRepeated(
  whole: ReadonlySet<string>,
  { name, constant, repeatedPages }: TensorValues,
): boolean {
  return repeatedPages > 0 && constant === null && !whole.has(name);
}

/** Fewer numbers may be equal by chance, or be one number by their shape. */
const CONSTANT_MIN_ELEMENTS = 4;

/** Parameters that start at one number, and modules that are saved whole. */
function isOddConstant(
  whole: ReadonlySet<string>,
  { name, constant, elements }: TensorValues,
): boolean {
  if (constant === null || constant === 0 || elements < CONSTANT_MIN_ELEMENTS)
    return false;
  const isStart =
    CONSTANT_STARTS.test(name) || (constant === 1 && ONE_STARTS.test(name));
  return !isStart && !whole.has(name);
}

/** Seen in adapters that PEFT wrote before the first step, and in frozen tables. */
const CONSTANT_STARTS =
  /(?:vera_lambda_d|randlora_gamma|ln_tuning_layers\.weight|norm\.weight|frod_s_size\.[^.]*|delora_lambda)$/;
const ONE_STARTS = /(?:boft_s|ia3_l|road_alpha|psoft_R\.vector_[ab])$/;

/** Tables that are the same in all modules, or saved with each of them. */
const SHARED_BY_MODULES =
  /(?:randlora_[AB]|tinylora_[ABP]|lily_[AB]\.weight|shadow_backbone\.)/;

/** Of tensors with the same bytes all but the first. */
function copiesIn(
  whole: ReadonlySet<string>,
  floats: readonly TensorValues[],
): readonly TensorValues[] {
  const first = new Map<number, TensorValues>();
  return floats.filter((one) => {
    const isDigestOfAll =
      one.constant === null &&
      // What is not a number tensor-not-finite tells.
      one.nan < one.elements &&
      one.elements >= CONSTANT_MIN_ELEMENTS &&
      one.elements * 2 <= VALUE_DIGEST.wholeBytes;
    if (!isDigestOfAll) return false;
    const known = first.get(one.digest);
    if (known === undefined) first.set(one.digest, one);
    return (
      known?.dtype === one.dtype &&
      known.shape.join() === one.shape.join() &&
      !whole.has(one.name) &&
      !SHARED_BY_MODULES.test(one.name)
    );
  });
}

/** Copies of a parameter that modules share, of other numbers than the last one. */
function apartIn(
  meaning: AdapterMeaning,
  floats: readonly TensorValues[],
): readonly TensorValues[] {
  const { lastOf } = tiedIn(meaning);
  if (lastOf.size === 0) return [];
  const values = new Map(floats.map((one) => [one.name, one]));
  return floats.filter((one) => {
    const last = values.get(lastOf.get(one.name) ?? one.name);
    return last !== undefined && last.digest !== one.digest;
  });
}

function namesOf(tensors: readonly TensorValues[]): string[] {
  return tensors.map(({ name }) => name);
}

/** Zeros up to the end of the file that begin within a tensor; `null` for few. */
function zeroTail({ tensors }: FileValues) {
  let bytes = 0;
  for (const one of tensors.toReversed()) {
    const whole = one.end - one.begin;
    bytes += Math.min(one.zeroTailBytes, whole);
    if (one.zeroTailBytes >= whole) continue;
    return one.zeroTailBytes >= ZERO_TAIL_BYTES
      ? { bytes, tensor: one.name }
      : null;
  }
  return null;
}
