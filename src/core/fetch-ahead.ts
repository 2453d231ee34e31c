import {
  AHEAD_CHECKPOINTS,
  AHEAD_HEADER_BYTES,
  AHEAD_HEADER_SLACK_BYTES,
  AHEAD_STATE_BYTES,
  AHEAD_STATE_END_BYTES,
  AHEAD_TORCH_END_BYTES,
  AHEAD_WHOLE_MAX_BYTES,
} from './bytes/ahead-limits.ts';
import {
  TRAINER_STATE_EDGE_BYTES,
  TRAINER_STATE_WHOLE_BYTES,
} from './bytes/trainer-state-limits.ts';
import type { Want } from './bytes/reader.ts';
import type { FileFacts } from './layout/file-facts.ts';
import { configFilesOf, weightsOf } from './layout/subjects.ts';
import type {
  CheckpointSubject,
  Medium,
  RunSubject,
  WeightsFile,
} from './layout/subjects.ts';
import { isStateRead, stateFilesOf } from './layout/training-state.ts';
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
    if (turn === 0) await this.#first();
    const end = turn + AHEAD_CHECKPOINTS;
    this.#next = end;
    // In an archive the state lies at the end of a checkpoint, and comes with the
    // beginning of the next: that was fetched before.
    await this.#fetch(
      this.#order.slice(turn + 1, end + 1),
      this.#order.slice(turn, end),
    );
  }

  /** Called while the headers of a checkpoint's weights are still at hand. */
  async learn({ medium }: CheckpointSubject, weights: readonly WeightsFile[]) {
    if (medium.ahead === undefined) return;
    for (const { file, format } of weights) {
      const header = format === 'safetensors' ? await headerOf(file) : null;
      if (header !== null) this.#learned.set(file.name, header);
    }
  }

  /** Alone, for its header says how much of the others to ask for. */
  async #first(): Promise<void> {
    const [first] = this.#order;
    if (first === undefined) return;
    await this.#fetch([first], []);
    await this.learn(first, (await orNull(() => weightsOf(first))) ?? []);
  }

  async #fetch(
    checkpoints: readonly CheckpointSubject[],
    withStates: readonly CheckpointSubject[],
  ): Promise<void> {
    const wanted = new Map<Medium, Want[]>();
    const want = ({ medium }: CheckpointSubject, wants: readonly Want[]) => {
      const own = wanted.get(medium) ?? [];
      own.push(...wants);
      wanted.set(medium, own);
    };
    for (const one of checkpoints)
      if (one.medium.ahead !== undefined) want(one, await this.#wantsOf(one));
    for (const one of withStates)
      if (one.medium.ahead !== undefined) want(one, wantsOfState(one));
    const fetch = async ([medium, wants]: readonly [Medium, Want[]]) =>
      medium.ahead?.(wants);
    await Promise.all([...wanted].map(fetch));
  }

  async #wantsOf(checkpoint: CheckpointSubject): Promise<readonly Want[]> {
    const weights = (await orNull(() => weightsOf(checkpoint))) ?? [];
    return [
      ...configFilesOf(checkpoint).map(wantWhole),
      ...weights.map((one) => this.#wantWeights(one)),
      ...wantState(checkpoint),
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

/** Pickle and directory of each file of the training's state, where it will be read. */
function wantState(checkpoint: CheckpointSubject): readonly Want[] {
  if (!isStateRead(checkpoint)) return [];
  return stateFilesOf(checkpoint).map(({ file }) =>
    file.sizeBytes <= AHEAD_WHOLE_MAX_BYTES
      ? wantWhole(file)
      : {
          path: file.entryPath,
          bytes: Math.min(AHEAD_STATE_BYTES, file.sizeBytes),
          endBytes: AHEAD_STATE_END_BYTES,
        },
  );
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
