import { defineCheck } from '../../define-check.ts';
import { isStepTooLarge } from '../../layout/subjects.ts';
import type {
  JudgedCheckpoint,
  JudgedRunSubject,
} from '../../layout/subjects.ts';
import { formatCount, formatNumber } from '../../wording.ts';
import { UPLOAD_LOSSES } from '../wording.ts';

export const checkpointsTooFew = defineCheck({
  altitude: 'judged',
  meta: {
    id: 'checkpoints-too-few',
    question: 'progress',
    severity: 'error',
    confidence: 'proven',
    title: 'Fewer checkpoints than declared',
    why: 'The job was to leave so many, and with fewer there is nothing to go back to when the newest is bad.',
    fix: 'Search the log of the training for errors at save time, and compare `save_steps` with the steps that it ran. A limit such as save_total_limit has to leave as many as are declared.',
    since: '0.1.0',
  },
  messages: {
    few: {
      inUpload: UPLOAD_LOSSES,
      text: (data: { declared: number; there: number }) =>
        `At least ${formatCount(data.declared, 'checkpoint')} ${data.declared === 1 ? 'is' : 'are'} declared, ${formatNumber(data.there)} ${data.there === 1 ? 'is' : 'are'} there.`,
    },
    broken: {
      text: (data: { declared: number; there: number; broken: number }) =>
        `At least ${formatCount(data.declared, 'checkpoint')} ${data.declared === 1 ? 'is' : 'are'} declared; of ${formatNumber(data.there)} ${data.there === 1 ? 'that is' : 'that are'} there ${formatNumber(data.broken)} cannot be loaded.`,
      fix: 'See what was found of those that cannot be loaded: they do not count.',
    },
  },
  run({ subject, options, report }) {
    const declared = options.declared.minCheckpoints;
    // Older ones than were looked at are there too, and many.
    if (declared === null || subject.run.omitted > 0) return;
    const counted = countedOf(subject);
    const there = counted.length;
    const broken = counted.filter((same) => same.every(isBroken)).length;
    if (there < declared) report('few', { declared, there });
    else if (there - broken < declared)
      report('broken', { declared, there, broken });
  },
});

/** By step, each once; what carries no step counts only where nothing does. */
function countedOf({
  judged,
}: JudgedRunSubject): readonly (readonly JudgedCheckpoint[])[] {
  const bySteps = new Map<number | string, JudgedCheckpoint[]>();
  for (const one of judged) {
    const { step, path } = one.checkpoint;
    // One that is too large to be told from others counts for itself.
    const key = step ?? (isStepTooLarge(one.checkpoint) ? path : null);
    if (key === null) continue;
    bySteps.set(key, [...(bySteps.get(key) ?? []), one]);
  }
  return bySteps.size > 0 ? [...bySteps.values()] : judged.map((one) => [one]);
}

function isBroken({ answers, checkpoint }: JudgedCheckpoint): boolean {
  return answers.loads.value === 'no' || checkpoint.holds === 'nothing';
}
