import type { CaseFiles } from '../helpers/memory-source.ts';
import { optimizerFile, rngFile, schedulerFile } from './state.ts';
import { trainerStateJson } from './trainer-save.ts';

/** What a Trainer writes last beside the state of an engine, of so many processes. */
export const besideEngine = (folder: string, processes = 1): CaseFiles => ({
  ...Object.fromEntries(
    Array.from({ length: processes }, (_, rank) => [
      `${folder}/rng_state_${rank}.pth`,
      rngFile(),
    ]),
  ),
  [`${folder}/trainer_state.json`]: trainerStateJson(stepOf(folder), {
    save_steps: 4,
  }),
});
const stepOf = (folder: string) => Number(folder.replace(/^\D*/, ''));

/** What it writes beside the model of FSDP. */
export const besideFsdp = (folder: string): CaseFiles => ({
  [`${folder}/optimizer.bin`]: optimizerFile(),
  [`${folder}/scheduler.pt`]: schedulerFile(),
  ...besideEngine(folder),
});
