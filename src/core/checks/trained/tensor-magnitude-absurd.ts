import {
  MAGNITUDE_ALL_VANISHING,
  MAGNITUDE_DOUBTFUL,
  MAGNITUDE_OVERFLOWING,
  MAGNITUDE_VANISHING,
} from '../../bytes/limits.ts';
import { defineCheck } from '../../define-check.ts';
import { isFrozen } from '../../layout/peft/frozen.ts';
import { tiedIn } from '../../layout/peft/tied.ts';
import type { TensorValues } from '../../values/read-values.ts';
import { meaningOf } from '../../layout/file-meaning.ts';
import { formatCount, formatNumber, listNames } from '../../wording.ts';

type Large = Readonly<{
  name: string;
  tensors: string[];
  all: number;
  largest: string;
}>;

const text = ({ name, tensors, all, largest }: Large) =>
  `In ${name}, ${formatNumber(tensors.length)} of ${formatCount(all, 'tensor')} ${tensors.length === 1 ? 'has' : 'have'} numbers up to ${largest}: ${listNames(tensors)}.`;

const small = ({ name, tensors, all, largest }: Large) =>
  `In ${name}, ${formatNumber(tensors.length)} of ${formatCount(all, 'tensor')} ${tensors.length === 1 ? 'has' : 'have'} no number above ${largest}: ${listNames(tensors)}.`;

export const tensorMagnitudeAbsurd = defineCheck({
  altitude: 'weights',
  meta: {
    id: 'tensor-magnitude-absurd',
    question: 'trained',
    severity: 'warning',
    confidence: 'inferred',
    title: 'Adapter weights of a size that training does not give',
    why: 'Trained parameters of adapters are seldom above 10. Such numbers come from a training that diverged, or from bytes that are no weights (a file overwritten while it was mapped). Taken as: this adapter is no exception.',
    fix: 'Look at the loss and grad_norm of the steps before, and compare with the checkpoint before this one.',
    since: '0.1.0',
  },
  messages: {
    large: { text },
    vanishing: {
      text: small,
      severity: 'error',
      confidence: 'proven',
      why: 'Beside the weights of the base, which are near 0.01, such numbers are lost in rounding: those modules answer as the base does.',
      fix: 'Look whether the learning rate, a scheduler or a decay took the parameters to nothing.',
    },
    faint: {
      text: small,
      why: 'Beside other parameters such numbers are lost in rounding: that part of the adapter may as well be zero. Taken as: training does not end there.',
    },
    divided: {
      text: small,
      severity: 'error',
      confidence: 'proven',
      why: 'HRA divides these vectors by their length, whose square is 0 in 32 bits: the model answers NaN.',
    },
    overflowing: {
      text,
      severity: 'error',
      confidence: 'proven',
      why: 'The square of such a number is beyond what 32 bits hold, so that norms and products with it become infinite and the answers NaN.',
    },
  },
  async run({ subject, valuesOf, report }) {
    if (subject.role !== 'adapter') return;
    const values = await valuesOf(subject);
    if (values === null) return;
    const floats = values.tensors.filter(({ isFloat }) => isFloat);
    const some = floats.filter(
      ({ name, largest }) => largest > 0 && !isScaleFree(name),
    );
    // One number that is of use makes the others so that are multiplied with it.
    const areAll = some.every(
      ({ largest }) => largest < MAGNITUDE_ALL_VANISHING,
    );
    const vanishing = areAll
      ? some
      : some.filter(({ largest }) => largest < MAGNITUDE_VANISHING);
    const said = (found: readonly TensorValues[]) => ({
      name: subject.file.name,
      tensors: found.map(({ name }) => name),
      all: values.tensors.length,
      largest: found
        .reduce((most, { largest }) => Math.max(most, largest), 0)
        .toExponential(1),
    });
    if (vanishing.length > 0)
      report(areAll ? 'vanishing' : 'faint', said(vanishing));
    const meaning = await meaningOf(subject);
    const lastOf = meaning && tiedIn(meaning).lastOf;
    // Of copies of one parameter the last counts.
    const isUnused = (name: string) =>
      isFrozen(name) || (lastOf?.get(name) ?? name) !== name;
    for (const message of ['divided', 'overflowing', 'large'] as const) {
      const found = floats.filter((one) => sizeOf(one, isUnused) === message);
      if (found.length > 0) report(message, said(found));
    }
  },
});

/** HRA divides its vectors by their length (tuners/hra/layer.py). */
function isScaleFree(name: string): boolean {
  return name.endsWith('.hra_u');
}

/** What a table that is not trained holds may be of any use, or of none. */
function sizeOf(
  { name, largest }: TensorValues,
  isUnused: (name: string) => boolean,
) {
  if (isScaleFree(name) && largest > 0 && largest * MAGNITUDE_OVERFLOWING < 1)
    return 'divided';
  if (largest < MAGNITUDE_DOUBTFUL) return null;
  return largest >= MAGNITUDE_OVERFLOWING && !isUnused(name)
    ? 'overflowing'
    : 'large';
}
