import { defineCheck } from '../../define-check.ts';
import { isCheckpointFolderName } from '../../layout/names.ts';
import type { CheckpointSubject } from '../../layout/subjects.ts';
import { isTrainerSave } from '../../layout/trainer-saves.ts';
import { nameOf } from '../../layout/tree.ts';

/** Enough for any path; what a report quotes need not be longer. */
const NAME_SHOWN = 100;

export const bestCheckpointMissing = defineCheck({
  altitude: 'run',
  meta: {
    id: 'best-checkpoint-missing',
    question: 'resumes',
    severity: 'warning',
    confidence: 'inferred',
    title: 'Best checkpoint not there',
    why: 'With load_best_model_at_end=True the Trainer loads it when training ends: where it is gone, the last weights stay in place and only a line in the log says so; with DeepSpeed it raises. Taken as: the folder was in this run and was deleted.',
    fix: 'Raise save_total_limit, and save at the steps that are evaluated (save_steps a multiple of eval_steps), so that the best one is there and stays. If you deleted it or left it out on purpose, nothing need be done.',
    since: '0.1.0',
  },
  messages: {
    missing: {
      inUpload: 'Or it was not among what was uploaded.',
      text: ({ best, state }: { best: string; state: string }) =>
        `${state} names ${best} as the best checkpoint, and no folder of that name is there.`,
      loaderErrors: () => [
        'Could not locate the best model at …, if you are running a distributed training on multiple nodes, you should activate `--save_on_each_node`.',
      ],
    },
    ended: {
      inUpload: 'Or it was not among what was uploaded.',
      text: ({ best, state }: { best: string; state: string }) =>
        `${state} names ${best} as the best checkpoint, and no folder of that name is there; training has ended.`,
      severity: 'notice',
      why: 'Whatever training was to do with it is done. To deploy the best weights you need that folder, or the output folder if load_best_model_at_end=True was set.',
      fix: 'If you need it, bring it back; else nothing need be done.',
    },
  },
  async run({ subject: { checkpoints, omitted }, report }) {
    const newest = checkpoints.findLast(isTrainerSave);
    if (!newest?.trainerState || omitted > 0 || !isSeenWhole(newest)) return;
    const state = await newest.trainerState.brief();
    const path = state.ok ? state.value.bestModelCheckpoint : null;
    if (path === null || isElsewhere(path, newest)) return;
    const best = lastName(path);
    const isThere = checkpoints.some(({ name }) => name === best);
    if (isThere || !isCheckpointFolderName(best)) return;
    report(
      state.ok && state.value.hasEnded === true ? 'ended' : 'missing',
      { best: best.slice(0, NAME_SHOWN), state: newest.trainerState.file.path },
      { path: newest.run },
    );
  },
});

/** Whether the folders beside it were listed: what is named itself has none. */
function isSeenWhole({ folder }: CheckpointSubject): boolean {
  return folder !== null && folder.path !== '';
}

/**
 * Whether it was saved into another run, from which this one goes on. Paths are those of
 * the machine that trained, so that the names of the folders are all there is to compare.
 */
function isElsewhere(path: string, { run, medium }: CheckpointSubject) {
  const above = lastName(path.slice(0, path.length - lastName(path).length));
  const own = nameOf(run);
  const isNameless = own === '' || own === '.' || medium.mark !== undefined;
  return above !== '' && above !== '.' && !isNameless && above !== own;
}

/** The last part of a path of any system. */
function lastName(path: string): string {
  return nameOf(path.replaceAll('\\', '/'));
}
