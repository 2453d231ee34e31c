import { defineCheck } from '../../define-check.ts';
import { digestOf, haveEqualValues } from '../../layout/equal-values.ts';
import { readLoggedRates } from '../../layout/learning-rates.ts';
import { oncePerRun } from '../../layout/once-per-run.ts';
import { weightsOf } from '../../layout/subjects.ts';
import type { WeightsFileSubject } from '../../layout/subjects.ts';
import { formatCount, joinWords } from '../../wording.ts';

type Same = Readonly<{ step: number; others: number[] }>;

/** Steps of one run whose weights have one digest, in their order. */
interface Seen {
  readonly step: number;
  readonly file: WeightsFileSubject;
}

const digestsOf = oncePerRun(() => new Map<string, Seen[]>());

/** Of two equal steps a rare optimizer may be the cause; of three none. */
const ERROR_FROM_STEPS = 3;

export const weightsUnchanged = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'weights-unchanged',
    question: 'trained',
    severity: 'warning',
    confidence: 'proven',
    title: 'The same weights at another step',
    why: 'Between two steps training changes the weights. Where it does not, nothing was learned in between, or an old file was saved again.',
    fix: 'Look whether the optimizer steps (learning rate, requires_grad, gradient accumulation, skipped fp16 steps) and whether the saved model is the one that is trained.',
    since: '0.1.0',
  },
  messages: {
    same: {
      text: ({ step, others }: Same) =>
        `The weights of step ${step} are those of step ${joinWords(others.map(String))}, byte for byte.`,
    },
    still: {
      text: ({ step, others }: Same) =>
        `The weights of step ${step} are those of ${formatCount(others.length, 'step')} before it (${joinWords(others.map(String))}), byte for byte, and learning rates above 0 are logged.`,
      severity: 'error',
    },
  },
  async run({ subject, valuesOf, report }) {
    const { step, isInitial } = subject;
    const [file, ...more] = await weightsOf(subject);
    // Of several files each would have to be held against its like.
    if (step === null || isInitial || file === undefined || more.length > 0)
      return;
    const values = await valuesOf(file);
    if (values === null || values.tensors.length === 0) return;
    const known = digestsOf(subject);
    const key = digestOf(values);
    const seen = known.get(key) ?? [];
    const others: number[] = [];
    for (const one of seen)
      if (one.step !== step && (await haveEqualValues(one.file, file, values)))
        others.push(one.step);
    known.set(key, [...seen, { step, file }]);
    if (others.length === 0) return;
    const isStill =
      others.length + 1 >= ERROR_FROM_STEPS &&
      (await readLoggedRates(subject)) === 'above zero';
    report(
      isStill ? 'still' : 'same',
      { step, others },
      { path: file.file.path },
    );
  },
});
