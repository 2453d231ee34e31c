import { defineCheck } from '../../define-check.ts';
import type { CheckpointSubject } from '../../layout/subjects.ts';
import { isStateRead, stateFilesOf } from '../../layout/training-state.ts';
import { formatNumber } from '../../wording.ts';

export const schedulerStepMismatch = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'scheduler-step-mismatch',
    question: 'resumes',
    severity: 'warning',
    confidence: 'inferred',
    title: 'Learning rate schedule that is ahead of the training',
    why: 'A Trainer takes the schedule from the file and goes on where that says, so that the learning rate is that of a later step. Taken as: the schedule counts optimizer steps, in one process, as a Trainer has it do.',
    fix: 'Look whether scheduler.pt was copied from a later checkpoint, and take optimizer.pt and scheduler.pt of this step; or move both away, to go on with a fresh optimizer and its schedule from the start.',
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
  },
  async run({ subject, report }) {
    if (!isOfOneProcess(subject) || !isStateRead(subject)) return;
    const scheduler = stateFilesOf(subject).find(
      ({ file, need }) => file.name === 'scheduler.pt' && need === 'needed',
    );
    const read = await scheduler?.reading();
    if (scheduler === undefined || read?.kind !== 'read') return;
    const taken = read.training.lastEpoch;
    const step = await stepOf(subject);
    if (taken === null || step === null || !Number.isSafeInteger(taken)) return;
    // Stepped once a process, or once a micro-batch, it is ahead by a whole factor.
    if (taken <= step || (step > 0 && taken % step === 0)) return;
    report(
      'ahead',
      { name: scheduler.file.name, taken, step },
      { path: scheduler.file.path },
    );
  },
});

/** Schedules of several processes may take a step for each (accelerate scheduler.py). */
function isOfOneProcess({ folder }: CheckpointSubject): boolean {
  const names = [...(folder?.files.keys() ?? [])];
  return (
    names.includes('rng_state.pth') &&
    !names.some((name) => /^rng_state_\d+\.pth$/.test(name))
  );
}

async function stepOf({
  trainerState,
}: CheckpointSubject): Promise<number | null> {
  const state = await trainerState?.brief();
  const step = state?.ok ? state.value.globalStep : null;
  return step !== null && Number.isSafeInteger(step) && step >= 0 ? step : null;
}
