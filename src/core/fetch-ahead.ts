import {
  AHEAD_CHECKPOINTS,
  AHEAD_HEADER_BYTES,
  AHEAD_HEADER_SLACK_BYTES,
  AHEAD_TORCH_END_BYTES,
  AHEAD_WHOLE_MAX_BYTES,
  TRAINER_STATE_EDGE_BYTES,
  TRAINER_STATE_WHOLE_BYTES,
} from './bytes/limits.ts';
import type { Want } from './bytes/reader.ts';
import type { FileFacts } from './layout/file-facts.ts';
import { configFilesOf, weightsOf } from './layout/subjects.ts';
import type {
  CheckpointSubject,
  Medium,
  RunSubject,
  WeightsFile,
} from './layout/subjects.ts';
import { orNull } from './or-null.ts';

/**
 * Asks media that are far away for what the checks will read next, many checkpoints
 * at once. What a run's weights take for their header is learned from the first.
 */
export class FetchAhead {
  readonly #order: readonly CheckpointSubject[];
  /** Bytes that the headers of weights took, by the name of the file. */
  readonly #learned = new Map<string, number>();
  #next = 0;
  #turn = 0;

  constructor(runs: readonly RunSubject[]) {
    this.#order = runs.some(({ checkpoints }) =>
      checkpoints.some(({ medium }) => medium.ahead !== undefined),
    )
      ? runs.flatMap(({ checkpoints }) => checkpoints)
      : [];
  }

  /** Called as the turn of each checkpoint comes, in the order of the runs. */
  async before(): Promise<void> {
    const turn = this.#turn++;
    if (turn < this.#next || turn >= this.#order.length) return;
    // Alone the first time: its header says how much of the others to ask for.
    const count = turn === 0 ? 1 : AHEAD_CHECKPOINTS;
    this.#next = turn + count;
    await this.#fetch(this.#order.slice(turn, turn + count));
  }

  /** Called while the headers of a checkpoint's weights are still at hand. */
  async learn({ medium }: CheckpointSubject, weights: readonly WeightsFile[]) {
    if (medium.ahead === undefined) return;
    for (const { file, format } of weights) {
      const header = format === 'safetensors' ? await headerOf(file) : null;
      if (header !== null) this.#learned.set(file.name, header);
    }
  }

  async #fetch(checkpoints: readonly CheckpointSubject[]): Promise<void> {
    const wanted = new Map<Medium, Want[]>();
    for (const one of checkpoints) {
      if (one.medium.ahead === undefined) continue;
      const own = wanted.get(one.medium) ?? [];
      own.push(...(await this.#wantsOf(one)));
      wanted.set(one.medium, own);
    }
    const fetch = async ([medium, wants]: readonly [Medium, Want[]]) =>
      medium.ahead?.(wants);
    await Promise.all([...wanted].map(fetch));
  }

  async #wantsOf(checkpoint: CheckpointSubject): Promise<readonly Want[]> {
    const weights = (await orNull(() => weightsOf(checkpoint))) ?? [];
    return [
      ...configFilesOf(checkpoint).map(wantWhole),
      ...wantsOfState(checkpoint),
      ...weights.map((one) => this.#wantWeights(one)),
    ];
  }

  #wantWeights({ file, format }: WeightsFile): Want {
    const { entryPath: path, name, sizeBytes } = file;
    const header = this.#learned.get(name) ?? AHEAD_HEADER_BYTES;
    return {
      path,
      bytes: Math.min(header, sizeBytes),
      ...(format === 'torch' ? { endBytes: AHEAD_TORCH_END_BYTES } : {}),
    };
  }
}

function wantWhole({ entryPath: path, sizeBytes }: FileFacts): Want {
  return { path, bytes: Math.min(sizeBytes, AHEAD_WHOLE_MAX_BYTES) };
}

/** As it is read of all but the newest checkpoint of a run. */
function wantsOfState({ trainerState }: CheckpointSubject): readonly Want[] {
  if (trainerState === null) return [];
  const { entryPath: path, sizeBytes } = trainerState.file;
  const edge = TRAINER_STATE_EDGE_BYTES;
  return sizeBytes <= TRAINER_STATE_WHOLE_BYTES
    ? [{ path, bytes: sizeBytes }]
    : [{ path, bytes: edge, endBytes: edge }];
}

/** Its length stands in 8 bytes before it. */
async function headerOf(file: FileFacts): Promise<number | null> {
  const header = await orNull(() => file.safetensors());
  return header?.ok
    ? 8 + header.value.headerBytes + AHEAD_HEADER_SLACK_BYTES
    : null;
}
