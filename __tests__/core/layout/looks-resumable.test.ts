import { describe, expect, test } from '@jest/globals';
import { TRAINER_STATE_EDGE_BYTES } from '../../../src/core/bytes/trainer-state-limits.ts';
import { CHECKS } from '../../../src/core/checks/index.ts';
import { inspect } from '../../../src/core/inspect.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { besideEngine } from '../../builders/engine-save.ts';
import {
  DCP_PIECE,
  dcpFiles,
  dcpMetadata,
  rankStates,
  zeroFiles,
} from '../../builders/sharded.ts';
import { schedulerFile } from '../../builders/state.ts';
import { loggedSteps, trainerState } from '../../builders/trainer-state.ts';
import { countingSource } from '../../helpers/counting-source.ts';
import { memorySource } from '../../helpers/memory-source.ts';
import type { CaseFiles } from '../../helpers/memory-source.ts';

const EDGES = 2 * TRAINER_STATE_EDGE_BYTES;
const OLD = 'checkpoint-3000';
const NEW = 'checkpoint-4000';
const log = loggedSteps(4000);

/** So large that of all but one the two ends are read. */
const stateOf = (folder: string): CaseFiles => ({
  [`${folder}/trainer_state.json`]: trainerState(
    Number(folder.replace(/^\D*/, '')),
    { log_history: log.slice(0, Number(folder.replace(/^\D*/, ''))) },
  ),
});

const zero = (folder: string): CaseFiles => ({
  ...adapterFiles(folder),
  ...Object.fromEntries(
    Object.entries(
      zeroFiles(folder, {
        ranks: [0, 1, 2],
        tag: folder.replace('checkpoint-', 'global_step'),
      }),
    ).map(([path, content]) => [
      path,
      path.endsWith('.pt') ? rankStates({ dp_world_size: 3 }) : content,
    ]),
  ),
  ...besideEngine(folder, 3),
  ...stateOf(folder),
});

const fsdp = (folder: string): CaseFiles => ({
  ...dcpFiles(`${folder}/pytorch_model_fsdp_0`),
  ...dcpFiles(`${folder}/optimizer_0`),
  [`${folder}/scheduler.pt`]: schedulerFile(),
  ...besideEngine(folder, 2),
  ...stateOf(folder),
});

/** Of two steps with large states, the newer changed; `null` takes a file away. */
async function resumeOf(
  saved: (folder: string) => CaseFiles,
  changed: Readonly<Record<string, Uint8Array | string | null>>,
  transferMaxBytes?: number,
) {
  const newer = Object.fromEntries(
    Object.entries(changed).map(([name, content]) => [
      `${NEW}/${name}`,
      content,
    ]),
  );
  const files = Object.fromEntries(
    Object.entries({ ...saved(OLD), ...saved(NEW), ...newer }).filter(
      ([, content]) => content !== null,
    ),
  );
  const { source, counts } = countingSource(memorySource('run', files));
  const { checkpoints, runs } = await inspect({
    targets: [
      {
        named: 'run',
        sources: [
          transferMaxBytes === undefined
            ? source
            : { ...source, transferMaxBytes },
        ],
      },
    ],
    options: { expect: 'auto', require: 'all', depth: 'headers' },
    checks: CHECKS,
  });
  const bytes = counts.get(`${OLD}/trainer_state.json`)?.bytes ?? 0;
  return {
    answers: checkpoints.map(({ answers }) => answers.resumes.value),
    isOlderWhole: bytes > EDGES,
    from: runs[0]?.newestResumable,
  };
}

const TAG = 'global_step4000';
const LAST = `${TAG}/bf16_zero_pp_rank_2_mp_rank_00_optim_states.pt`;
const MIDDLE = `${TAG}/bf16_zero_pp_rank_1_mp_rank_00_optim_states.pt`;
const MODEL = 'pytorch_model_fsdp_0';
const ZEROS = new Uint8Array(DCP_PIECE.length);
const ALL_OF_TAG = Object.fromEntries(
  Object.keys(zero(NEW))
    .filter((path) => path.startsWith(`${NEW}/${TAG}/`))
    .map((path) => [path.slice(NEW.length + 1), null]),
);

type Changed = Readonly<Record<string, Uint8Array | string | null>>;
const OF_ZERO: readonly [string, Changed][] = [
  ['the file of a rank is missing', { [MIDDLE]: null }],
  ['the file of a rank is empty', { [LAST]: '' }],
  ['the state folder is gone', ALL_OF_TAG],
];
const OF_FSDP: readonly [string, Changed][] = [
  ['.metadata is missing', { [`${MODEL}/.metadata`]: null }],
  [
    'no file of a rank is there',
    { [`${MODEL}/__0_0.distcp`]: null, [`${MODEL}/__1_0.distcp`]: null },
  ],
];

describe('of a newest step that several processes wrote', () => {
  test.each([
    ['DeepSpeed', zero],
    ['FSDP', fsdp],
  ])('a whole one is gone on from: %s', async (_, saved) => {
    expect(await resumeOf(saved, {})).toEqual({
      answers: ['not checked', 'yes'],
      isOlderWhole: false,
      from: `run/${NEW}`,
    });
  });

  const OLDER = {
    answers: ['yes', 'no'],
    isOlderWhole: true,
    from: `run/${OLD}`,
  };
  test.each<[string, Changed]>([
    ...OF_ZERO,
    ['the file of a rank is cut', { [LAST]: 'PK\x03\x04' }],
    ['latest names no folder', { latest: 'global_step5000' }],
  ])('since %s, the one before it is: DeepSpeed', async (_, changed) => {
    expect(await resumeOf(zero, changed)).toEqual(OLDER);
  });

  test.each<[string, Changed]>([
    ...OF_FSDP,
    ['.metadata is cut', { [`${MODEL}/.metadata`]: 'x' }],
    ['the file of a rank is cut', { [`${MODEL}/__1_0.distcp`]: 'PK' }],
    ['the end was never written', { [`${MODEL}/__1_0.distcp`]: ZEROS }],
    [
      '.metadata places values elsewhere',
      {
        'optimizer_0/.metadata': dcpMetadata([
          { name: '__7_0.distcp', length: 10 },
        ]),
      },
    ],
  ])('since %s, the one before it is: FSDP', async (_, changed) => {
    expect(await resumeOf(fsdp, changed)).toEqual(OLDER);
  });

  test.each([
    ...OF_ZERO.map(([name, changed]) => [name, zero, changed] as const),
    ...OF_FSDP.map(([name, changed]) => [name, fsdp, changed] as const),
  ])('over a network, names and sizes tell that %s', async (_, saved, one) => {
    const { isOlderWhole } = await resumeOf(saved, one, 1 << 20);
    expect(isOlderWhole).toBe(true);
  });
});
