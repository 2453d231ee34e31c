import { defineCheck } from '../../define-check.ts';
import type { NoData } from '../../define-check.ts';
import type { CheckpointSubject } from '../../layout/subjects.ts';
import {
  isTrainerSave,
  rngRanksOf,
  statePairOf,
} from '../../layout/trainer-saves.ts';
import { provenWorldOf } from '../../layout/world-size.ts';
import { formatCount, formatNumber, listNames } from '../../wording.ts';

/** Ranks that are named one by one; a name may claim any rank. */
const MAX_RANKS = 10_000;
/** What a report lists of them. */
const MAX_NAMES = 100;

export const rngStateMissing = defineCheck({
  altitude: 'run',
  meta: {
    id: 'rng-state-missing',
    question: 'resumes',
    severity: 'warning',
    confidence: 'inferred',
    title: 'Random states missing',
    why: 'A process that does not find its file goes on with other random numbers: dropout and the order of the data are not what they would have been. Taken as: all processes of the run were to save theirs.',
    fix: 'If the very same continuation matters, gather what every node wrote, or resume from a checkpoint that has all; else nothing need be done.',
    since: '0.1.0',
  },
  messages: {
    absent: {
      text: (_: NoData) =>
        'The states of optimizer and scheduler are there, rng_state.pth is not.',
      why: 'A Trainer saves them together. Without the random states training goes on, though dropout and the order of the data are not what they would have been. Taken as: they were to be kept.',
    },
    gap: {
      text: ({
        names,
        missing,
        found,
      }: {
        names: string[];
        missing: number;
        found: number;
      }) =>
        `${formatCount(found, 'file')} of random states ${found === 1 ? 'is' : 'are'} there; by their numbers ${formatNumber(missing)} more ${missing === 1 ? 'has' : 'have'} to be: ${listNames(names)}.`,
    },
    world: {
      text: ({
        names,
        missing,
        found,
        processes,
        by,
      }: {
        names: string[];
        missing: number;
        found: number;
        processes: number;
        by: string;
      }) =>
        `${formatCount(found, 'file')} of random states ${found === 1 ? 'is' : 'are'} there; by what ${by} holds, at least ${formatNumber(processes)} processes wrote this checkpoint, and ${formatNumber(missing)} more ${missing === 1 ? 'has' : 'have'} to be: ${listNames(names)}.`,
    },
    declared: {
      text: ({ found, declared }: { found: number; declared: number }) =>
        `The random states of ${formatCount(found, 'process', 'processes')} are there; ${formatNumber(declared)} are declared (world-size).`,
      confidence: 'proven',
      why: 'Each process of a Trainer saves its own. One that does not find its file goes on with other random numbers: dropout and the order of the data are not what they would have been.',
      fix: 'Gather what every node wrote, or correct `world-size` where the run had as many processes as there are files.',
    },
    fewer: {
      text: ({
        found,
        before,
        after,
      }: {
        found: number;
        before: string;
        after: string;
      }) =>
        `The random states of ${formatCount(found, 'process', 'processes')} are there, of fewer than in ${before} and in ${after}.`,
    },
  },
  async run({ subject: { checkpoints }, options, report }) {
    const declared = options.declared.worldSize;
    const saves = checkpoints
      .filter(isTrainerSave)
      .map((one) => ({ one, ranks: rngRanksOf(one) }));
    for (const [at, { one, ranks }] of saves.entries()) {
      const where = { path: one.path, checkpoint: one.path };
      const found = ranks.size;
      const highest = [...ranks].reduce(
        (most, rank) => Math.max(most, rank),
        -1,
      );
      const [before, after] = [saves[at - 1], saves[at + 1]];
      if (found === 0) {
        const isSingle = one.folder?.files.has('rng_state.pth') === true;
        if (!isSingle && statePairOf(one).isWhole) report('absent', {}, where);
      } else if (highest + 1 > found) {
        if (highest < MAX_RANKS)
          report('gap', { ...lacking(ranks, highest + 1), found }, where);
      } else if (await isShortOfWorld(one, ranks, report)) continue;
      else if (declared !== null && found !== declared)
        report('declared', { found, declared }, where);
      else if (
        before !== undefined &&
        after !== undefined &&
        found < before.ranks.size &&
        found < after.ranks.size
      )
        report(
          'fewer',
          { found, before: before.one.path, after: after.one.path },
          where,
        );
    }
  },
});

type Report = Parameters<typeof rngStateMissing.run>[0]['report'];

/** Whether there are fewer than the checkpoint itself proves, which is told. */
async function isShortOfWorld(
  checkpoint: CheckpointSubject,
  ranks: ReadonlySet<number>,
  report: Report,
): Promise<boolean> {
  const { path } = checkpoint;
  const found = ranks.size;
  const world = await provenWorldOf(checkpoint);
  if (world === null || world.processes <= found) return false;
  const { processes, by } = world;
  report(
    'world',
    { ...lacking(ranks, processes), found, processes, by },
    { path, checkpoint: path },
  );
  return true;
}

/** The files that are not there of so many processes. */
function lacking(ranks: ReadonlySet<number>, processes: number) {
  const names = Array.from({ length: processes }, (_, rank) => rank)
    .filter((rank) => !ranks.has(rank))
    .slice(0, MAX_NAMES)
    .map((rank) => `rng_state_${rank}.pth`);
  return { names, missing: processes - ranks.size };
}
