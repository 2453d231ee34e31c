import { defineCheck } from '../../define-check.ts';
import type { NoData } from '../../define-check.ts';
import {
  isTrainerSave,
  rngRanksOf,
  statePairOf,
} from '../../layout/trainer-saves.ts';
import { formatCount, formatNumber, listNames } from '../../wording.ts';

/** Ranks that are named one by one; a name may claim any rank. */
const MAX_RANKS = 10_000;

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
  run({ subject: { checkpoints }, options, report }) {
    const declared = options.declared.worldSize;
    const saves = checkpoints
      .filter(isTrainerSave)
      .map((one) => ({ ...one, ranks: rngRanksOf(one) }));
    saves.forEach(({ path, ranks, ...one }, at) => {
      const where = { path, checkpoint: path };
      const found = ranks.size;
      const highest = [...ranks].reduce(
        (most, rank) => Math.max(most, rank),
        -1,
      );
      const [before, after] = [saves[at - 1], saves[at + 1]];
      const { isWhole } = statePairOf({ ...one, path });
      if (found === 0 && one.folder?.files.has('rng_state.pth') !== true) {
        if (isWhole) report('absent', {}, where);
      } else if (found > 0 && highest + 1 > found && highest < MAX_RANKS)
        report(
          'gap',
          {
            names: lacking(ranks, highest).map(
              (rank) => `rng_state_${rank}.pth`,
            ),
            missing: highest + 1 - found,
            found,
          },
          where,
        );
      else if (found > 0 && declared !== null && found !== declared)
        report('declared', { found, declared }, where);
      else if (
        before !== undefined &&
        after !== undefined &&
        found < before.ranks.size &&
        found < after.ranks.size
      )
        report(
          'fewer',
          { found, before: before.path, after: after.path },
          where,
        );
    });
  },
});

function lacking(ranks: ReadonlySet<number>, highest: number): number[] {
  return Array.from({ length: highest }, (_, rank) => rank).filter(
    (rank) => !ranks.has(rank),
  );
}
