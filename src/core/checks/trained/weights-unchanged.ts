import { NAMES_SHOWN } from '../../bytes/limits.ts';
import { defineCheck } from '../../define-check.ts';
import { digester, haveEqualValues } from '../../layout/equal-values.ts';
import { readLoggedRates } from '../../layout/learning-rates.ts';
import { oncePerRun } from '../../layout/once-per-run.ts';
import { weightsOf } from '../../layout/subjects.ts';
import type { WeightsFileSubject } from '../../layout/subjects.ts';
import type { FileValues } from '../../values/read-values.ts';
import { formatCount, joinWords, listNames } from '../../wording.ts';

type Same = Readonly<{ step: number; others: number[] }>;

/** Steps of one run with the same weights, and the file of the first. */
interface Seen {
  readonly steps: number[];
  readonly file: WeightsFileSubject;
}

/** By digest; weights that differ seldom share one. `null`: there is nothing to compare. */
const digestsOf = oncePerRun((checkpoints) =>
  checkpoints.length > 1
    ? { digestOf: digester(), seen: new Map<string, Seen[]>() }
    : null,
);

/** Steps by size and checksum of their weights, where values are not read. */
const sumsOf = oncePerRun(() => new Map<string, number[]>());

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
        `The weights of step ${step} are those of step ${stepWords(others)}, byte for byte.`,
    },
    sameSums: {
      text: ({ step, others, sum }: Same & { readonly sum: string }) =>
        `The weights of step ${step} have the size and the checksum (CRC-32 ${sum}) of those of step ${stepWords(others)}, as the archive states them; their values were not read.`,
      confidence: 'inferred',
    },
    still: {
      text: ({ step, others }: Same) =>
        `The weights of step ${step} are those of ${formatCount(others.length, 'step')} before it (${stepWords(others)}), byte for byte, and learning rates above 0 are logged.`,
      severity: 'error',
    },
  },
  async run({ subject, options, valuesOf, report }) {
    const { step, isInitial } = subject;
    const [file, ...more] = await weightsOf(subject);
    // Of several files each would have to be held against its like.
    if (step === null || isInitial || file === undefined || more.length > 0)
      return;
    const values = await valuesOf(file);
    if (values === null) {
      // Of models `auto` says nothing of values, wherever they lie.
      if (options.depth === 'auto' && file.role !== 'adapter') return;
      const sum = sumOf(file);
      if (sum === null) return;
      const steps = sumsOf(subject).get(sum.key) ?? [];
      sumsOf(subject).set(sum.key, [...steps, step]);
      const others = steps.filter((one) => one !== step);
      const where = { path: file.file.path };
      if (others.length > 0)
        report('sameSums', { step, others, sum: sum.hex }, where);
      return;
    }
    // Of NaN tensor-not-finite tells, and whatever it is added to stays NaN.
    if (
      values.tensors.length === 0 ||
      values.tensors.some(({ nan }) => nan > 0)
    )
      return;
    const known = digestsOf(subject);
    if (known === null) return;
    const key = known.digestOf(values);
    const seen = known.seen.get(key) ?? [];
    const same = await findSame(seen, file, values);
    const others = (same?.steps ?? []).filter((one) => one !== step);
    if (same === null) known.seen.set(key, [...seen, { steps: [step], file }]);
    else same.steps.push(step);
    if (others.length === 0) return;
    const isStill =
      others.length + 1 >= ERROR_FROM_STEPS &&
      (await readLoggedRates(subject, others[0])) === 'above zero';
    report(
      isStill ? 'still' : 'same',
      { step, others },
      { path: file.file.path },
    );
  },
});

/** What the directory of an archive states of a file, which costs no byte of it. */
function sumOf({ file }: WeightsFileSubject) {
  const { crc32, sizeBytes } = file;
  if (crc32 === null || sizeBytes === 0) return null;
  return {
    key: `${sizeBytes} ${crc32}`,
    hex: crc32.toString(16).padStart(8, '0'),
  };
}

/** Each is compared with the first of its like alone, however many there are. */
async function findSame(
  seen: readonly Seen[],
  file: WeightsFileSubject,
  values: FileValues,
): Promise<Seen | null> {
  for (const one of seen)
    if (await haveEqualValues(one.file, file, values)) return one;
  return null;
}

function stepWords(steps: readonly number[]): string {
  const words = steps.map(String);
  return words.length > NAMES_SHOWN ? listNames(words) : joinWords(words);
}
