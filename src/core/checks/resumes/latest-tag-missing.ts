import { defineCheck } from '../../define-check.ts';
import type { NoData } from '../../define-check.ts';
import { oncePerRun } from '../../layout/once-per-run.ts';
import type { CheckpointSubject } from '../../layout/subjects.ts';
import { formatNumber, listNames } from '../../wording.ts';

/** A tag is a folder's name; what a report quotes of it need not be longer. */
const TAG_SHOWN = 100;

/** accelerate names the tag itself when it loads (accelerator.py, load_state). */
const ACCELERATE_TAG = /^pytorch_model(?:_\d+)?$/;

export const latestTagMissing = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'latest-tag-missing',
    question: 'resumes',
    severity: 'error',
    confidence: 'proven',
    title:
      "DeepSpeed's `latest` is missing or names a folder that is not there",
    why: 'DeepSpeed reads the name of the state folder from the file `latest`, which it writes last. A Trainer passes no name of its own, so it cannot resume.',
    fix: 'If the state folder is complete, write its name into a file `latest` beside it; else resume from an older checkpoint.',
    since: '0.1.0',
  },
  messages: {
    absent: {
      text: ({ tags }: { tags: string[] }) =>
        `The state folder ${listNames(tags)} is there, the file latest that names it is not.`,
      loaderErrors: () => [
        'Unable to find latest file at …, if trying to load latest checkpoint please ensure this file exists or pass an explicit checkpoint tag when loading a checkpoint.',
        'ValueError: [deepspeed] failed to resume from checkpoint …',
        'MisconfigurationException: DeepSpeed was unable to load the checkpoint.',
      ],
    },
    absentOfEngine: {
      text: ({ tags }: { tags: string[] }) =>
        `The state folder ${listNames(tags)} is there, the file latest beside it is not.`,
      severity: 'warning',
      confidence: 'inferred',
      why: 'load_checkpoint without a tag finds nothing and returns None. Taken as: your code may pass the tag itself.',
      loaderErrors: () => [
        'Unable to find latest file at …, if trying to load latest checkpoint please ensure this file exists or pass an explicit checkpoint tag when loading a checkpoint.',
      ],
    },
    other: {
      text: ({ tag, tags }: { tag: string; tags: string[] }) =>
        `The file latest names '${tag}', and no folder of that name is there, only ${listNames(tags)}.`,
      loaderErrors: () => [
        "FileNotFoundError: Directory '…' doesn't exist",
        'AssertionError',
      ],
    },
    overtaken: {
      text: ({ tag, newest }: { tag: string; newest: string }) =>
        `The file latest names '${tag}', and ${newest} is newer.`,
      severity: 'warning',
      confidence: 'inferred',
      why: 'DeepSpeed writes latest when the files of all ranks are there. Taken as: the newer save did not end; it may also have been made with save_latest=False.',
      fix: 'If the newer folder is whole, write its name into latest or pass it as the tag; else training goes on from the older one.',
    },
    otherStep: {
      text: ({ tag, step }: { tag: string; step: number }) =>
        `The file latest names '${tag}' in a checkpoint of step ${formatNumber(step)}.`,
      severity: 'notice',
      confidence: 'inferred',
      why: 'DeepSpeed counts a step when all its micro-batches are there, a Trainer also the rest at the end of an epoch, so that the two may differ by some steps. Taken as: they count alike; then the state was copied here from another checkpoint.',
      fix: 'If the run was resumed or its epochs do not divide into whole steps, nothing need be done; else compare the state with that of the checkpoint which has its step.',
    },
    empty: {
      text: (_: NoData) => 'The file latest is empty.',
    },
  },
  async run({ subject, report }) {
    const { sharded } = subject;
    const tags = (sharded?.zero ?? [])
      .map(({ name }) => name)
      .filter((name) => !ACCELERATE_TAG.test(name));
    if (!sharded || tags.length === 0 || !isNewestTag(subject)) return;
    const { latest } = sharded;
    if (latest === null) {
      const isTrainers =
        subject.isStepFolder || subject.producer === 'Lightning';
      report(isTrainers ? 'absent' : 'absentOfEngine', { tags });
      return;
    }
    const tag = (await latest.headText()).trim();
    const where = { path: latest.path };
    if (tag === '') report('empty', {}, where);
    else if (!sharded.hasTag(tag))
      report('other', { tag: tag.slice(0, TAG_SHOWN), tags }, where);
    else if (differsFrom(tag, subject))
      report('otherStep', { tag, step: subject.step ?? 0 }, where);
    else if (isEngineStep(subject) && !tags.includes(tag))
      report('overtaken', { tag, newest: listNames(tags) }, where);
  },
});

/** Whether DeepSpeed's own tag in a Trainer's checkpoint is of another step. */
function differsFrom(
  tag: string,
  { step, isStepFolder }: CheckpointSubject,
): boolean {
  const [, own] = /^global_step(\d{1,15})$/.exec(tag) ?? [];
  if (!isStepFolder || step === null) return false;
  return own !== undefined && Number(own) !== step;
}

/** Whether it is a tag that DeepSpeed itself named after its step. */
function isEngineStep({ step, isStepFolder }: CheckpointSubject): boolean {
  return step !== null && !isStepFolder;
}

const newestStep = oncePerRun((checkpoints) =>
  checkpoints.reduce((newest, { step }) => Math.max(newest, step ?? -1), -1),
);

/** Tags of DeepSpeed itself share one `latest`: the newest of them speaks of it. */
function isNewestTag(subject: CheckpointSubject): boolean {
  const step = subject.step ?? -1;
  return !isEngineStep(subject) || newestStep(subject) <= step;
}
