import { defineCheck } from '../../define-check.ts';
import { readLoggedRates } from '../../layout/learning-rates.ts';
import { withoutEffect } from '../../layout/peft/neutral.ts';
import type { Effect } from '../../layout/peft/neutral.ts';
import type { CheckpointSubject } from '../../layout/subjects.ts';
import { meaningOf } from '../../layout/file-meaning.ts';
import { formatNumber, joinWords, listNames } from '../../wording.ts';

type Idle = Readonly<{ modules: string[]; all: number; shown: string }>;

function noEffect({ length }: readonly string[]): string {
  return length === 1
    ? 'The one module has no effect'
    : `Not one of ${formatNumber(length)} modules has an effect`;
}

export const adapterUntrained = defineCheck({
  altitude: 'weights',
  meta: {
    id: 'adapter-untrained',
    question: 'trained',
    severity: 'error',
    confidence: 'proven',
    title: 'Adapter without effect: untrained, or its values lost',
    why: 'With these values the adapter adds nothing to the base model: it answers as if there were no adapter. PEFT loads it without a word.',
    fix: 'Look whether the optimizer held the adapter parameters and stepped (a learning rate above 0, requires_grad, no error swallowed in the loop), then train again.',
    since: '0.1.0',
  },
  messages: {
    all: {
      text: ({ modules, shown }: Idle) => `${noEffect(modules)}: ${shown}.`,
    },
    rateZero: {
      text: ({ modules, shown }: Idle) =>
        `${noEffect(modules)} yet: ${shown}. Every learning rate logged up to this step is 0.`,
      severity: 'notice',
      why: 'A warm-up starts at a learning rate of 0, so that its first step changes nothing.',
      fix: 'Nothing, if the run goes on. A smoke test needs a step after the first.',
    },
    firstStep: {
      text: ({ modules, shown }: Idle) =>
        `${noEffect(modules)}: ${shown}. It is of step 1 or before, and no learning rate is logged.`,
      severity: 'warning',
      confidence: 'inferred',
      why: 'With a warm-up the first step has a learning rate of 0 and changes nothing. Taken as: this may be so here.',
      fix: 'Look at a later step, or train a smoke test for two steps at least.',
    },
    some: {
      text: ({ modules, all, shown }: Idle) =>
        `${formatNumber(modules.length)} of ${formatNumber(all)} modules have no effect: ${shown}, e.g. ${listNames(modules)}.`,
      severity: 'warning',
      why: 'Those modules answer as the base does. Layers that were frozen and experts that no token reached stay so; so do modules that the optimizer was not given.',
      fix: 'If they were to be trained, look whether the optimizer holds their parameters.',
    },
  },
  async run({ subject, valuesOf, report }) {
    if (subject.role !== 'adapter' || subject.checkpoint.isInitial) return;
    const meaning = await meaningOf(subject);
    const values = meaning === null ? null : await valuesOf(subject);
    if (meaning === null || values === null) return;
    const shown = new Map(values.tensors.map((one) => [one.name, one]));
    const idle = withoutEffect(meaning, (name) => shown.get(name));
    const data = wordsOf(idle, meaning.keys.modules.size);
    if (data.modules.length === 0) return;
    if (data.modules.length < data.all) {
      report('some', data);
      return;
    }
    report(await occasion(subject.checkpoint), data);
  },
});

/** What of the run says why nothing was learned. */
async function occasion(
  checkpoint: CheckpointSubject,
): Promise<'all' | 'rateZero' | 'firstStep'> {
  const rates = await readLoggedRates(checkpoint);
  if (rates === 'all zero') return 'rateZero';
  const { step } = checkpoint;
  return rates === 'none' && step !== null && step <= 1 ? 'firstStep' : 'all';
}

function wordsOf({ modules, shownBy, pairs }: Effect, all: number): Idle {
  const shown =
    pairs === null
      ? shownBy.map(([suffix, value]) => `${suffix} is ${value} throughout`)
      : [`the columns of ${pairs} are equal in pairs`];
  return {
    modules: [...modules],
    all,
    shown: `${joinWords(shown)}${modules.length === 1 ? '' : ' in each'}`,
  };
}
