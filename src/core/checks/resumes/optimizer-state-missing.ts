import { defineCheck } from '../../define-check.ts';
import type { NoData } from '../../define-check.ts';
import { lightningSavesOf } from '../../layout/lightning-run.ts';
import type { LightningSave } from '../../layout/lightning-run.ts';
import type { CheckpointSubject } from '../../layout/subjects.ts';
import { isTrainerSave, statePairOf } from '../../layout/trainer-saves.ts';
import type { StatePair } from '../../layout/trainer-saves.ts';
import { formatCount } from '../../wording.ts';

const OPTIMIZER = 'optimizer.pt';

export const optimizerStateMissing = defineCheck({
  // Of the run, since what is missing shows in the siblings.
  altitude: 'run',
  meta: {
    id: 'optimizer-state-missing',
    question: 'resumes',
    severity: 'warning',
    confidence: 'proven',
    title: 'Optimizer or scheduler state missing',
    why: 'A Trainer loads optimizer and scheduler only where both are there. Else it starts both anew and says nothing: the learning rate begins again as at the first step, and what the optimizer had gathered is lost.',
    fix: 'Resume from a checkpoint that has both, or bring the missing file back. The weights can be loaded from here all the same.',
    since: '0.1.0',
  },
  messages: {
    half: {
      text: ({ there, missing }: { there: string; missing: string }) =>
        `Training cannot go on from here as it was: ${there} is there, ${missing} is not.`,
      settles: true,
    },
    folder: {
      text: ({ name }: { name: string }) =>
        `Training cannot go on from here: ${name} is a folder, where a Trainer reads a file.`,
      settles: true,
      why: 'A Trainer takes a folder with `optimizer` in its name for the state of FSDP, and ends where it opens it as a file.',
      fix: 'Resume from a checkpoint that has the file, or move the folder away: a Trainer then goes on with a fresh optimizer and its schedule from the start, and says nothing of it.',
      loaderErrors: ({ name }) => [
        `IsADirectoryError: [Errno 21] Is a directory: '…${name}'`,
      ],
    },
    both: {
      text: ({ sibling }: { sibling: string }) =>
        `Training cannot go on from here as it was: the states of optimizer and scheduler are not there, though ${sibling} has them.`,
      settles: true,
    },
    lightning: {
      text: ({
        name,
        missing,
        sibling,
      }: {
        name: string;
        missing: string[];
        sibling: string;
      }) =>
        `Training cannot go on from ${name}: it holds no ${missing.join(' and no ')}, though ${sibling} ${missing.length === 1 ? 'does' : 'has both'}.`,
      settles: true,
      confidence: 'inferred',
      why: 'A resume of Lightning restores them and ends where they are not there. Taken as: all files of the run were meant to be resumed from; one that saves the best weights alone (save_weights_only=True) is whole as it is.',
      fix: ({ sibling }) =>
        `Resume from ${sibling}, or save without save_weights_only. The weights can be loaded from here all the same.`,
      loaderErrors: ({ missing }) => [
        `KeyError: 'Trying to restore ${missing[0] === 'lr_schedulers' ? 'learning rate scheduler' : 'optimizer'} state but checkpoint contains only the model. This is probably due to \`ModelCheckpoint.save_weights_only\` being set to \`True\`.'`,
      ],
    },
    'lightning-none': {
      text: ({ files }: { files: number }) =>
        `No file of Lightning's in this run (${formatCount(files, 'file')}) has the state of an optimizer, as with save_weights_only=True.`,
      severity: 'notice',
      why: 'The weights can be used, but training can only begin anew from them: a resume (ckpt_path) ends where it looks for that state.',
      fix: 'If training is to go on from a checkpoint one day, save without save_weights_only.',
    },
    'none-kept': {
      text: (_: NoData) =>
        'No checkpoint of this run has the state of an optimizer or scheduler, as with save_only_model=True.',
      severity: 'notice',
      why: 'The weights can be used, but training can only begin anew from them: with a new optimizer, and a learning rate that begins as at the first step.',
      fix: 'If training is to go on from a checkpoint one day, save without save_only_model.',
    },
  },
  async run({ subject: { path: run, checkpoints }, report }) {
    await sayOfLightning({ run, checkpoints }, report);
    const saves = checkpoints
      .filter(isTrainerSave)
      .map((one) => ({ ...one, ...statePairOf(one) }));
    if (saves.length > 0 && saves.every(isBare)) {
      report('none-kept', {}, { path: run });
      return;
    }
    const whole = saves.findLast(({ isWhole }) => isWhole);
    for (const { path, producer, ...pair } of saves) {
      // state-file-missing compares the shards of FSDP.
      if (pair.isWhole || (producer === 'FSDP' && whole !== undefined))
        continue;
      const where = { path, checkpoint: path };
      if (pair.folder?.folders.has(OPTIMIZER) === true)
        report('folder', { name: OPTIMIZER }, where);
      else if (!isBare(pair)) report('half', halfOf(pair), where);
      else if (whole !== undefined)
        report('both', { sibling: whole.path }, where);
    }
  },
});

type Report = Parameters<typeof optimizerStateMissing.run>[0]['report'];

async function sayOfLightning(
  {
    run,
    checkpoints,
  }: {
    readonly run: string;
    readonly checkpoints: readonly CheckpointSubject[];
  },
  report: Report,
): Promise<void> {
  const saves = await lightningSavesOf(checkpoints[0]?.ofRun ?? []);
  const whole = saves.findLast(({ missing }) => missing.length === 0);
  if (whole === undefined) {
    if (saves.length > 0 && saves.every((one) => one.isBare))
      report('lightning-none', { files: saves.length }, { path: run });
    return;
  }
  const sibling = whole.checkpoint.path;
  for (const { checkpoint, name, missing } of saves.filter(isIncomplete))
    report(
      'lightning',
      { name, missing: [...missing], sibling },
      { path: checkpoint.path, checkpoint: checkpoint.path },
    );
}

function isIncomplete({ missing }: LightningSave): boolean {
  return missing.length > 0;
}

function isBare({ isWhole, optimizer, scheduler }: StatePair): boolean {
  return !isWhole && optimizer === null && scheduler === null;
}

function halfOf({ optimizer, scheduler }: StatePair) {
  return optimizer === null
    ? { there: scheduler ?? '', missing: OPTIMIZER }
    : { there: optimizer, missing: 'scheduler.pt' };
}
