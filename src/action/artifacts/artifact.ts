import { SourceError } from '../../core/bytes/reader.ts';
import type { Downloaded } from './download.ts';

/** A GitHub artifact, of whichever service told of it. */
export interface Artifact {
  /** Digits. */
  readonly id: string;
  readonly name: string;
  /** Of its blob: of the zip, where the artifact is one. */
  readonly sizeBytes: number;
  /** `sha256:` and 64 hexadecimal digits, of the whole blob; `null` where none is stated. */
  readonly digest: string | null;
  readonly isExpired: boolean;
  /** ISO 8601 in UTC; `null` where none is stated. */
  readonly createdAt: string | null;
}

/** Why an artifact that has expired cannot be read. */
export function expiredError({ name }: Artifact): SourceError {
  return new SourceError(
    'GONE',
    `the artifact '${name}' has expired, and its content is gone; raise \`retention-days\` of its upload, or look at it sooner`,
  );
}

/** What the artifacts of one run are read through. */
export interface ArtifactService {
  /**
   * Every artifact of the run, newest first.
   *
   * @throws SourceError
   */
  list(): Promise<ArtifactList>;
  /**
   * A fresh signed URL of the artifact's blob. It is good for a minute by contract
   * and for ten as observed, so it is asked for right before it is used.
   *
   * @throws SourceError
   */
  sign(artifact: Artifact): Promise<string>;
  /**
   * The whole blob, as a file in a folder of its own below `folder`.
   *
   * @throws SourceError
   */
  download(artifact: Artifact, folder: string): Promise<Downloaded>;
}

export interface ArtifactList {
  readonly artifacts: readonly Artifact[];
  /** Why there may be more than these, or `null`. */
  readonly cut: string | null;
}

/** Waits; tests do not. */
export type Wait = (milliseconds: number) => Promise<void>;

/** Keeps a secret out of the log, from now on. */
export type Mask = (secret: string) => void;

/**
 * Orders by time of creation and then by id, the newest first: a run that was started
 * again may hold a name twice, and times are told in seconds.
 */
export function newestFirst(one: Artifact, other: Artifact): number {
  const times = timeOf(other) - timeOf(one);
  if (times !== 0) return times;
  const [a, b] = [BigInt(one.id), BigInt(other.id)];
  return a === b ? 0 : a < b ? 1 : -1;
}

/** Without a time, the oldest: nothing says that it is newer than another. */
function timeOf({ createdAt }: Artifact): number {
  return createdAt === null ? 0 : Date.parse(createdAt);
}
