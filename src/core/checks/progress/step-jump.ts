import { defineCheck } from '../../define-check.ts';
import { findJump } from '../../layout/ledger/jump.ts';
import { runLedger } from '../../layout/ledger/run-ledger.ts';
import { unitBetween } from '../../layout/ledger/unit.ts';
import { formatNumber } from '../../wording.ts';

export const stepJump = defineCheck({
  altitude: 'judged',
  meta: {
    id: 'step-jump',
    question: 'progress',
    severity: 'warning',
    confidence: 'inferred',
    title: 'Jump between the steps of a run',
    why: 'Either saves failed in between, or the step is of another training or counted by another counter; a Trainer that looks for the newest by itself resumes from the highest number, whatever lies in it. Taken as: the training saves at even distances.',
    fix: 'Look what wrote the step behind the jump. If a counter of micro-batches named it, declare `gradient-accumulation-steps` and `world-size` to have it said; if the run saves so on purpose, declare `expected-steps`.',
    since: '0.1.0',
  },
  messages: {
    jump: {
      text: (data: { from: number; to: number; usual: number }) =>
        `The steps jump from ${formatNumber(data.from)} to ${formatNumber(data.to)}, by ${formatNumber(data.to - data.from)}; the usual distance here is ${formatNumber(data.usual)}.`,
    },
  },
  async run({ subject, options: { declared }, report }) {
    // Declared steps say themselves what is amiss.
    if (declared.expectedSteps !== null) return;
    for (const training of (await runLedger(subject, declared)).trainings) {
      const jump = findJump(training);
      if (jump === null) continue;
      const [from, to] = [jump.from.step, jump.to.step];
      if (unitBetween(to, from, declared) === null)
        report('jump', { from, to, usual: jump.usual }, { path: jump.to.path });
    }
  },
});
