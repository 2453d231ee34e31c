import { defineCheck } from '../../define-check.ts';
import {
  isTrainerSave,
  optimizersOf,
  rngRanksOf,
} from '../../layout/trainer-saves.ts';
import { zeroWorldOf } from '../../layout/world-size.ts';
import { formatCount, joinWords, listNames } from '../../wording.ts';

/** DeepSpeed's own name of a save (engine.py, save_checkpoint: `global_step<n>`). */
const ENGINE_TAG = /^global_step\d+$/;

export const saveFilesMixed = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'save-files-mixed',
    question: 'resumes',
    severity: 'warning',
    confidence: 'proven',
    title: 'Files of several saves in one checkpoint',
    why: 'One save writes one of these only, so the others are from an earlier run into the same folder. A resume takes what it finds under the name that it looks for, and so perhaps the state of another training.',
    fix: 'Find out which files are of the save that you mean (by the launch command: how many processes, FSDP, DeepSpeed), and move the others away; train into a folder of its own the next time.',
    since: '0.1.0',
  },
  messages: {
    rng: {
      text: ({ ranks }: { ranks: number }) =>
        `rng_state.pth, which a single process writes, lies beside the random states of ${formatCount(ranks, 'process', 'processes')} (rng_state_0.pth and on).`,
    },
    optimizers: {
      text: ({ kinds }: { kinds: string[] }) =>
        `The optimizer is there in more than one form: ${joinWords(kinds)}.`,
    },
    tags: {
      text: ({ tags }: { tags: string[] }) =>
        `${formatCount(tags.length, 'state')} of DeepSpeed are in one checkpoint: ${listNames(tags)}.`,
      why: 'A Trainer saves one state into each checkpoint, so the others are from an earlier run into the same folder. The file latest says which a resume takes.',
    },
    ranks: {
      text: ({
        tag,
        found,
        processes,
      }: {
        tag: string;
        found: number;
        processes: number;
      }) =>
        `${tag} holds the optimizer states of ${formatCount(found, 'rank')}; random states of ${formatCount(processes, 'process', 'processes')} lie beside it.`,
      confidence: 'inferred',
      why: 'DeepSpeed divides the optimizer among no more than all processes. Taken as: what is too many is from an earlier run on more of them, unless random states of some processes are missing.',
    },
  },
  async run({ subject, report }) {
    const { sharded, folder } = subject;
    if (!isTrainerSave(subject) || folder === null) return;
    const known = rngRanksOf(subject);
    const ranks = known.size;
    // Where one is missing, that is another matter: rng-state-missing.
    const isGapless = [...known].every((rank) => rank < ranks);
    if (ranks > 0 && folder.files.has('rng_state.pth'))
      report('rng', { ranks });
    const kinds = optimizersOf(subject);
    if (kinds.length > 1) report('optimizers', { kinds: [...kinds] });
    const tags = (sharded?.zero ?? []).filter(({ name }) =>
      ENGINE_TAG.test(name),
    );
    if (tags.length > 1) report('tags', { tags: tags.map(({ name }) => name) });
    for (const tag of tags) {
      const { name, path, optimizerStates } = tag;
      const found = optimizerStates.length;
      const isMore = ranks > 0 && isGapless && found > ranks;
      // Where so many wrote it, random states are missing: rng-state-missing.
      if (isMore && (await zeroWorldOf(tag)) < found)
        report('ranks', { tag: name, found, processes: ranks }, { path });
    }
  },
});
