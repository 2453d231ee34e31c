import { defineCheck } from '../../define-check.ts';
import type { TensorValues } from '../../values/read-values.ts';
import { formatCount, formatNumber, listNames } from '../../wording.ts';

type Bad = Readonly<{
  name: string;
  tensors: string[];
  all: number;
  nan: number;
  infinite: number;
}>;

export const tensorNotFinite = defineCheck({
  altitude: 'weights',
  meta: {
    id: 'tensor-not-finite',
    question: 'trained',
    severity: 'error',
    confidence: 'proven',
    title: 'Weights that are not numbers',
    why: 'NaN and infinity spread to all that is computed from them: the model answers with nothing but NaN. Every loader takes such weights without a word.',
    fix: 'Go back to the last step without them; look at the loss and grad_norm before this one, and at fp16 overflow, the learning rate and the data.',
    since: '0.1.0',
  },
  messages: {
    found: {
      text: ({ name, tensors, all, nan, infinite }: Bad) =>
        `In ${name}, ${formatNumber(tensors.length)} of ${formatCount(all, 'tensor')} ${tensors.length === 1 ? 'holds' : 'hold'} ${[
          ...(nan > 0 ? [`${formatNumber(nan)} NaN`] : []),
          ...(infinite > 0
            ? [formatCount(infinite, 'infinity', 'infinities')]
            : []),
        ].join(' and ')}: ${listNames(tensors)}.`,
    },
    masks: {
      text: ({ name, tensors, all, infinite }: Bad) =>
        `In ${name}, ${formatNumber(tensors.length)} of ${formatCount(all, 'tensor')} ${tensors.length === 1 ? 'holds' : 'hold'} ${formatCount(infinite, 'infinity', 'infinities')}: ${listNames(tensors)}.`,
      severity: 'warning',
      why: 'Some models keep masks of infinities among their weights; in any other tensor they turn all that is computed into NaN.',
    },
  },
  async run({ subject, valuesOf, report }) {
    const values = await valuesOf(subject);
    const bad = values?.tensors.filter(
      ({ nan, infinite }) => nan + infinite > 0,
    );
    if (values === null || bad === undefined || bad.length === 0) return;
    const data = {
      name: subject.file.name,
      tensors: bad.map(placed),
      all: values.tensors.length,
      nan: bad.reduce((sum, { nan }) => sum + nan, 0),
      infinite: bad.reduce((sum, { infinite }) => sum + infinite, 0),
    };
    const isMask = subject.role === 'model' && data.nan === 0;
    report(isMask ? 'masks' : 'found', data);
  },
});

/** With the place of the first: `lora_B.weight (first at [3, 0])`. */
function placed({ name, firstPlace }: TensorValues): string {
  return firstPlace === null || firstPlace.length === 0
    ? name
    : `${name} (first at [${firstPlace.join(', ')}])`;
}
