import { defineCheck } from '../../define-check.ts';
import { runLedger } from '../../layout/ledger/run-ledger.ts';
import { formatCount, formatSteps, joinWords } from '../../wording.ts';
import { keptSteps } from '../step-words.ts';
import type { Span } from '../step-words.ts';

export const runsMixed = defineCheck({
  altitude: 'judged',
  meta: {
    id: 'runs-mixed',
    question: 'progress',
    severity: 'warning',
    confidence: 'inferred',
    title: 'Checkpoints of several trainings in one folder',
    why: 'A Trainer that looks for the newest by itself resumes from the highest number, which may be of the older training, and a limit on the checkpoints that are kept deletes the lowest numbers, which may be of the newer. Taken as: a training that resumes goes on with the log that it finds, as the Trainer does.',
    fix: 'Give each training an output folder of its own. Move the checkpoints of the older one away, and name the checkpoint to resume from by its path.',
    since: '0.1.0',
  },
  messages: {
    mixed: {
      text: ({ trainings }: { trainings: { steps: Span[] }[] }) =>
        `The log_history of ${formatCount(trainings.length, 'training')} is in the states here: ${joinWords(
          trainings.map(
            ({ steps }, at) =>
              `${formatSteps(steps)} ${at === 0 ? 'log one' : 'another'}`,
          ),
        )}. The later states do not begin with what the earlier ones logged.`,
    },
  },
  async run({ subject, options: { declared }, report }) {
    const { trainings } = await runLedger(subject, declared);
    if (trainings.length < 2) return;
    report('mixed', {
      trainings: trainings.map(({ facts }) => ({
        steps: keptSteps(facts.map(({ step }) => step)),
      })),
    });
  },
});
