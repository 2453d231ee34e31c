import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SourceError } from '../core/bytes/reader.ts';
import type { Source } from '../core/bytes/reader.ts';
import type { Target } from '../core/survey.ts';
import { toSourceError } from '../sources/source-error.ts';
import { unreachableSource } from '../sources/directory.ts';
import type {
  Artifact,
  ArtifactList,
  ArtifactService,
} from './artifacts/artifact.ts';
import { expiredError } from './artifacts/artifact.ts';
import { temporaryFolder } from './artifacts/download.ts';
import { openArtifact } from './open-artifact.ts';
import type { OpenSettings } from './open-artifact.ts';
import { selectArtifacts } from './artifacts/select.ts';
import { artifactService } from './artifacts/service.ts';
import type { Wanted } from './artifacts/service.ts';

/** Which artifacts to look at. */
export interface ArtifactRequest extends Wanted {
  /** Names and patterns; none for every artifact of the run. */
  readonly patterns: readonly string[];
  readonly transferMaxBytes: number;
}

/** Artifacts as targets of an inspection. */
export interface ArtifactTargets {
  readonly targets: readonly Target[];
  /** Deletes what was downloaded; called when the sources are closed. */
  readonly close: () => Promise<void>;
}

/** What stands for the artifacts where it cannot be told which there are. */
const ALL = 'artifacts of the run';
/** Names of artifacts are shorter; what is not is hostile. */
const NAME_MAX_CHARACTERS = 200;
/** First answers that are waited for at once. */
const CONCURRENCY = 8;

/**
 * Finds and opens artifacts: the named ones, each of which has to hold a checkpoint, or
 * all of the run, which are only offered. What cannot be had becomes a target that says why.
 *
 * @throws SourceError `BAD_INPUT` for inputs that name no run
 */
export async function artifactTargets(
  request: ArtifactRequest,
): Promise<ArtifactTargets> {
  const { patterns, mask, transferMaxBytes } = request;
  const found = await findArtifacts(request);
  if (found instanceof SourceError)
    return {
      targets: (patterns.length > 0 ? patterns : [ALL]).map((named) =>
        unreadable(named, found),
      ),
      close: () => Promise.resolve(),
    };
  const { service, list } = found;
  const { artifacts, expired, unmatched } = selectArtifacts(
    list.artifacts,
    patterns,
  );
  const downloads = downloadFolder(request.env);
  const settings = { service, mask, transferMaxBytes, folder: downloads.make };
  const sources = await openAll(artifacts, settings);
  const isOffered = patterns.length === 0 ? { isOffered: true as const } : {};
  const names = [...new Set(list.artifacts.map(({ name }) => name))]
    .sort()
    .map((name) => name.slice(0, NAME_MAX_CHARACTERS));
  return {
    targets: [
      ...sources.map((source) => ({
        named: source.label,
        sources: [source],
        ...isOffered,
      })),
      ...expired.map((one) => unreadable(one.name, expiredError(one))),
      ...unmatched.map(({ pattern, error }) =>
        error.code === 'NOT_FOUND'
          ? { named: pattern, sources: [], there: names }
          : unreadable(pattern, error),
      ),
      ...(list.cut === null
        ? []
        : [unreadable(ALL, new SourceError('LIST_CUT', list.cut))]),
      ...(patterns.length === 0 && names.length === 0
        ? [unreadable(ALL, NO_ARTIFACTS)]
        : []),
    ],
    close: downloads.remove,
  };
}

const NO_ARTIFACTS = new SourceError(
  'NO_ARTIFACTS',
  'the run has no artifact: this step has to come after the upload, or name a `path`',
);

function unreadable(named: string, error: SourceError): Target {
  return { named, sources: [unreachableSource(named, error)] };
}

async function findArtifacts(
  wanted: Wanted,
): Promise<{ service: ArtifactService; list: ArtifactList } | SourceError> {
  try {
    const service = await artifactService(wanted);
    return { service, list: await service.list() };
  } catch (error) {
    const isVerdict =
      error instanceof SourceError && error.code !== 'BAD_INPUT';
    if (isVerdict) return error;
    throw error;
  }
}

/** In the order of the artifacts, some at a time. */
async function openAll(
  artifacts: readonly Artifact[],
  settings: OpenSettings,
): Promise<readonly Source[]> {
  const opened: Source[] = [];
  for (let at = 0; at < artifacts.length; at += CONCURRENCY)
    opened.push(
      ...(await Promise.all(
        artifacts
          .slice(at, at + CONCURRENCY)
          .map((artifact) => openArtifact(artifact, settings)),
      )),
    );
  return opened;
}

/**
 * A folder for what has to be downloaded whole, made when it is first needed. A signal
 * that ends the step deletes it, too.
 */
function downloadFolder(env: NodeJS.ProcessEnv) {
  let folder: Promise<string> | null = null;
  let path = '';
  const onSignal = (signal: NodeJS.Signals) => {
    rmSync(path, { recursive: true, force: true });
    stopListening();
    // With its own listener gone the signal ends the process as it would have.
    process.kill(process.pid, signal);
  };
  const stopListening = () => {
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
  const create = async () => {
    path = await makeFolder(temporaryFolder(env));
    for (const signal of SIGNALS) process.on(signal, onSignal);
    return path;
  };
  return {
    make: () => (folder ??= create()),
    remove: async () => {
      stopListening();
      if (folder !== null)
        await rm(await folder, { recursive: true, force: true });
    },
  };
}

async function makeFolder(parent: string): Promise<string> {
  try {
    await mkdir(parent, { recursive: true });
    return await mkdtemp(join(parent, 'checkpoint-gate-'));
  } catch (error) {
    throw toSourceError(error, parent);
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
