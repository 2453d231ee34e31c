import { defineCheck } from '../../define-check.ts';
import { folderOfStep } from '../../layout/log-continuation.ts';
import { stateFileOf } from '../../layout/role-files.ts';
import { stepCountsOf } from '../../layout/step-counts.ts';
import { formatNumber } from '../../wording.ts';

export const schedulerStepMismatch = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'scheduler-step-mismatch',
    question: 'resumes',
    severity: 'warning',
    confidence: 'inferred',
    title: 'Learning rate schedule of another step than the training',
    why: 'A Trainer takes the schedule from the file and goes on where that says, so that the learning rate is that of another step. Taken as: the schedule counts optimizer steps, in one process, as a Trainer has it do.',
    fix: 'Look whether scheduler.pt was copied from another checkpoint, and take optimizer.pt and scheduler.pt of this step; or move both away, to go on with a fresh optimizer and its schedule from the start.',
    since: '0.1.0',
  },
  messages: {
    ahead: {
      text: ({
        name,
        taken,
        step,
      }: {
        name: string;
        taken: number;
        step: number;
      }) =>
        `${name} has taken ${formatNumber(taken)} steps, the training ${formatNumber(step)}.`,
    },
    ofAnother: {
      text: ({
        name,
        taken,
        step,
        sibling,
      }: {
        name: string;
        taken: number;
        step: number;
        sibling: string;
      }) =>
        `Training cannot go on from here as it was: ${name} has taken ${formatNumber(taken)} steps, as that of ${sibling}; the training and its optimizer have taken ${formatNumber(step)}.`,
      settles: true,
      why: 'A Trainer takes the schedule from the file and goes on where that says, with the learning rate of another step. Taken as: a schedule takes a step whenever the optimizer does, as a Trainer has it.',
    },
  },
  async run({ subject, report }) {
    const file = stateFileOf(subject, 'scheduler')?.file;
    const counts = await stepCountsOf(subject);
    if (file === undefined || counts?.scheduler == null) return;
    const { scheduler: taken, said: step, named, optimizer } = counts;
    // With the folder against trainer_state.json, that is what is of another step.
    if (taken === step || taken === named) return;
    const where = { path: file.path };
    const data = { name: file.name, taken, step };
    const sibling = folderOfStep(subject, taken);
    if (optimizer === step && sibling !== undefined)
      report('ofAnother', { ...data, sibling: sibling.name }, where);
    // Stepped once a process, or once a micro-batch, it is ahead by a whole factor.
    else if (step >= 0 && taken > step && (step === 0 || taken % step !== 0))
      report('ahead', data, where);
  },
});
