import { defineCheck } from '../../define-check.ts';
import { TRAINER_FOLDER } from '../../layout/names.ts';
import { folderOfStep } from '../../layout/log-continuation.ts';
import { stepCountsOf } from '../../layout/step-counts.ts';
import type { CheckpointSubject } from '../../layout/subjects.ts';
import { formatNumber } from '../../wording.ts';

type Steps = Readonly<{ named: number; said: number }>;

const stepWords = (step: number) =>
  Number.isSafeInteger(step) ? formatNumber(step) : String(step);

const bothWords = ({ named, said }: Steps) =>
  `The folder is named after step ${stepWords(named)}, its trainer_state.json says ${stepWords(said)}`;

const ASSUMED =
  'Taken as: a Trainer names the folder after the step that it writes into the file, so that one of the two was renamed, copied or edited.';

export const trainerStateStepMismatch = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'trainer-state-step-mismatch',
    question: 'resumes',
    severity: 'warning',
    confidence: 'inferred',
    title: 'Trainer state of another step than its folder',
    why: `A Trainer picks the folder by its name and goes on from the step in the file, without comparing them. ${ASSUMED}`,
    fix: 'Rename the folder after the step of its file if all of it is of that step, or put the trainer_state.json that belongs to these weights back.',
    since: '0.1.0',
  },
  messages: {
    lower: {
      text: (steps: Steps) => `${bothWords(steps)}, which is lower.`,
      why: `A Trainer picks the folder by its name and goes on from the step in the file: if the weights are those of the name, it trains on the batches between once more, and saves over the folders of those steps. ${ASSUMED}`,
    },
    higher: {
      text: (steps: Steps) => `${bothWords(steps)}, which is higher.`,
      why: `A Trainer picks the folder by its name and goes on from the step in the file: if the weights are those of the name, the batches between are left out, and where it reaches max_steps training ends within a step. ${ASSUMED}`,
    },
    sibling: {
      text: ({ sibling, ...steps }: Steps & { readonly sibling: string }) =>
        `${bothWords(steps)}, which is the step of ${sibling}.`,
      fix: 'If the folder was copied from that one, rename or delete it: weights, optimizer and step are those of the other. If the file alone was, put back the one that belongs here.',
    },
    alone: {
      text: (steps: Steps) =>
        `Training cannot go on from here as it was: the folder and the schedule in scheduler.pt are of step ${stepWords(steps.named)}, its trainer_state.json says ${stepWords(steps.said)}.`,
      settles: true,
      why: 'A Trainer picks the folder by its name and goes on from the step in the file: it trains on batches once more, or leaves some out, with the optimizer and the learning rate of another step. Taken as: the file was copied from elsewhere, or edited; a folder that was renamed has a schedule that agrees with the file.',
      fix: 'Put the trainer_state.json that belongs to these weights back, or resume from another checkpoint.',
    },
  },
  async run({ subject, report }) {
    const { trainerState, name, step: named } = subject;
    if (trainerState === null || named === null || !TRAINER_FOLDER.test(name))
      return;
    const state = await trainerState.brief();
    if (!state.ok) return;
    const { globalStep: said, refused } = state.value;
    // What is no number is said by another check.
    if (said === null || !Number.isFinite(said) || refused.length > 0) return;
    if (said === named) return;
    const steps = { named, said };
    const where = { path: trainerState.file.path };
    if (await isFileAlone(subject)) return report('alone', steps, where);
    const sibling = folderOfStep(subject, said);
    if (sibling !== undefined)
      report('sibling', { ...steps, sibling: sibling.name }, where);
    else report(said < named ? 'lower' : 'higher', steps, where);
  },
});

/** Whether all that counts the steps of the training agrees with the folder's name. */
async function isFileAlone(subject: CheckpointSubject): Promise<boolean> {
  const counts = await stepCountsOf(subject);
  if (counts === null) return false;
  const { named, scheduler, optimizer } = counts;
  return scheduler === named && (optimizer === null || optimizer === named);
}
