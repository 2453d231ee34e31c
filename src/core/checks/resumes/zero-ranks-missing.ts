import { defineCheck } from '../../define-check.ts';
import { oncePerRun } from '../../layout/once-per-run.ts';
import type { CheckpointSubject } from '../../layout/subjects.ts';
import type { ZeroTag } from '../../layout/sharded-state.ts';
import { zeroWorldOf } from '../../layout/world-size.ts';
import { findZeroRanks, leftOfZero } from '../../layout/zero-ranks.ts';
import { formatCount, formatNumber, listNames } from '../../wording.ts';

/** A file a process, of a Trainer and of accelerate. */
const RANDOM_STATES = /^(?:rng_state_\d+\.pth|random_states_\d+\.pkl)$/;

export const zeroRanksMissing = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'zero-ranks-missing',
    question: 'resumes',
    severity: 'error',
    confidence: 'proven',
    title: 'DeepSpeed state without the files of every rank',
    why: 'Each rank wrote a part of the state. With one part missing training cannot go on from here, and zero_to_fp32.py cannot put the weights together.',
    fix: 'Gather what every node wrote into one folder (each may have written to a disk of its own), or save again: all ranks have to call save_checkpoint.',
    since: '0.1.0',
  },
  messages: {
    missing: {
      text: ({
        tag,
        names,
        missing,
        found,
      }: {
        tag: string;
        names: string[];
        missing: number;
        found: number;
      }) =>
        `${tag} holds ${formatCount(found, 'file')} of ranks; ${formatNumber(missing)} more ${missing === 1 ? 'has' : 'have'} to be there by their numbers: ${listNames(names)}.`,
      loaderErrors: () => [
        "ValueError: Expected … of '*_optim_states.pt' under '…' but found … files. Possibly due to an overwrite of an old checkpoint, or a checkpoint didn't get saved by one or more processes.",
        "FileNotFoundError: can't find model states file at '…'",
        "FileNotFoundError: [Errno 2] No such file or directory: '…_optim_states.pt'",
      ],
    },
    otherNode: {
      text: ({ tag, first }: { tag: string; first: number }) =>
        `${tag} holds the files of rank ${first} and up, none of a lower rank.`,
      severity: 'warning',
      confidence: 'inferred',
      why: 'With use_node_local_storage each node keeps the files of its own ranks. Taken as: this is what one node kept, and training can go on on the same nodes only.',
    },
    fewerThanSibling: {
      text: ({
        tag,
        found,
        sibling,
        siblings,
      }: {
        tag: string;
        found: number;
        sibling: string;
        siblings: number;
      }) =>
        `${tag} holds the optimizer states of ${formatCount(found, 'rank')}, ${sibling} of ${formatNumber(siblings)}.`,
      severity: 'warning',
      confidence: 'inferred',
      why: 'Taken as: the run had the same number of processes at both steps, and some did not save here. A run that was resumed on fewer is no fault.',
    },
    fewerThanWorld: {
      text: ({
        tag,
        found,
        world,
      }: {
        tag: string;
        found: number;
        world: number;
      }) =>
        `${tag} holds the optimizer states of ${formatCount(found, 'rank')}; its model states say that there were ${formatNumber(world)} (dp_world_size).`,
      severity: 'warning',
      confidence: 'inferred',
      why: 'DeepSpeed looks for the optimizer states of as many ranks as the model states name, and goes on without any of them, or stops, where one is not there. Taken as: not each node keeps the files of its own ranks (use_node_local_storage).',
      loaderErrors: () => [
        'The following zero checkpoints paths are missing: …',
      ],
    },
    fewerThanProcesses: {
      text: ({
        tag,
        found,
        processes,
      }: {
        tag: string;
        found: number;
        processes: number;
      }) =>
        `${tag} holds the optimizer states of ${formatCount(found, 'rank')}; random states of ${formatNumber(processes)} processes lie beside it.`,
      severity: 'warning',
      confidence: 'inferred',
      why: 'Each process writes a file of random states and its part of the optimizer. Taken as: the optimizer is divided among all processes, as ZeRO does unless it is told otherwise.',
    },
    removed: {
      text: ({ names }: { names: string[] }) =>
        `${listNames(names)}, which DeepSpeed writes beside its state, ${names.length === 1 ? 'is' : 'are'} there; the state folder (global_step…) is not.`,
      loaderErrors: () => ["ValueError: Can't find a valid checkpoint at …"],
    },
    removedBesideWeights: {
      settles: true,
      text: ({ names }: { names: string[] }) =>
        `${listNames(names)}, which DeepSpeed writes beside its state, ${names.length === 1 ? 'is' : 'are'} there; the state folder (global_step…) is not.`,
      severity: 'warning',
      confidence: 'inferred',
      why: 'The weights are here, but training cannot go on from them. Taken as: the state may have been deleted on purpose, to save space.',
      fix: 'If training is to go on from here, restore the state folder; else nothing need be done.',
    },
  },
  async run({ subject, report }) {
    for (const tag of subject.sharded?.zero ?? []) {
      const { name, path } = tag;
      const { missing, missingFiles, firstRank } = findZeroRanks(tag);
      const found = tag.modelStates.length + tag.optimizerStates.length;
      const names = [...missing];
      if (missingFiles > 0)
        report(
          'missing',
          { tag: name, names, missing: missingFiles, found },
          { path },
        );
      else if (firstRank !== null)
        report('otherNode', { tag: name, first: firstRank }, { path });
      // A tag without optimizer files is of another kind: no ZeRO, or universal.
      else if (tag.optimizerStates.length > 0)
        await sayOfFewer(subject, tag, report);
    }
    const names = [...leftOfZero(subject)];
    if (names.length === 0) return;
    const hasWeights = subject.holds === 'adapter' || subject.holds === 'model';
    report(hasWeights ? 'removedBesideWeights' : 'removed', { names });
  },
});

type Report = Parameters<typeof zeroRanksMissing.run>[0]['report'];

/** Files of the first ranks without a gap: whether there were more shows elsewhere. */
async function sayOfFewer(
  subject: CheckpointSubject,
  tag: ZeroTag,
  report: Report,
): Promise<void> {
  const { name, path } = tag;
  const found = tag.optimizerStates.length;
  const world = await zeroWorldOf(tag);
  const processes = processesOf(subject);
  const more = findFullerSibling(subject, tag);
  if (world > found)
    report('fewerThanWorld', { tag: name, found, world }, { path });
  else if (processes > found)
    report('fewerThanProcesses', { tag: name, found, processes }, { path });
  else if (more !== null) report('fewerThanSibling', more, { path });
}

/** How many processes there were, by the random states that each wrote. */
function processesOf({ folder }: CheckpointSubject): number {
  const names = [...(folder?.files.keys() ?? [])];
  return names.filter((name) => RANDOM_STATES.test(name)).length;
}

function findFullerSibling(subject: CheckpointSubject, tag: ZeroTag) {
  const found = tag.optimizerStates.length;
  const fullest = fullestOf(subject);
  return fullest.siblings > found ? { tag: tag.name, found, ...fullest } : null;
}

const fullestOf = oncePerRun((checkpoints) => {
  let fullest = { sibling: '', siblings: 0 };
  for (const { sharded, path } of checkpoints)
    for (const { optimizerStates } of sharded?.zero ?? [])
      if (optimizerStates.length > fullest.siblings)
        fullest = { sibling: path, siblings: optimizerStates.length };
  return fullest;
});
