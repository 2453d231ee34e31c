import type { Content } from './contents.ts';
import type { Fault } from './faults.ts';

/** A request, and what it was answered. */
export interface Logged {
  readonly method: string;
  readonly kind: Kind;
  /** The method of Twirp, the route of REST, `read` or `write` of the blob store. */
  readonly name: string;
  /** The artifact or blob, where the request names one. */
  readonly subject: string | null;
  /** The `Range` header as it came. */
  readonly range: string | null;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** 0 while there is no answer, and where the connection was cut before one. */
  readonly status: number;
  /** Bytes of body handed to the connection; what the client took may be less. */
  readonly bodyBytes: number;
  /** Bytes of body that came with the request. */
  readonly receivedBytes: number;
}

export type Kind = 'twirp' | 'rest' | 'blob';

/** What the service is like; may be changed at any time. */
export interface Options {
  /** Before every answer. */
  latencyMs: number;
  /** Answers every GET of a blob with 200 and the whole, as act does. */
  ignoresRanges: boolean;
  /** How long a signed URL is good for; below zero it has expired when it is made. */
  urlSeconds: number;
  /** `signedUrl` in place of `signed_url`: protobuf's JSON may be either. */
  camelCase: boolean;
  hasEtag: boolean;
  /** `false`: the token of REST lacks `actions: read`. */
  hasActionsRead: boolean;
  /** Requests to REST that are left; 0 answers 403 as the primary limit does. */
  restRemaining: number;
}

/** An artifact to put there without an upload. */
export interface Given {
  readonly name: string;
  readonly content: Content | string | Uint8Array;
  /** By default that of a zip. */
  readonly contentType?: string;
  /** In `Content-Disposition`; by default `<name>.zip` for a zip, else the name. */
  readonly fileName?: string;
  /** By default computed for contents of at most 64 MiB, and absent above. */
  readonly digest?: string | null;
  /** What lists say in place of the size. */
  readonly listedSizeBytes?: number;
  /** ISO 8601. */
  readonly createdAt?: string;
  readonly expired?: boolean;
  /** The run's number; by default the run of the service's own environment. */
  readonly runId?: string;
  /** Another job, or the same in another attempt; by default the only one of the run. */
  readonly jobId?: string;
}

/** An artifact as it is listed. */
export interface Stored {
  readonly id: number;
  readonly name: string;
  readonly runId: string;
  /** The run and the job as the results service names them. */
  readonly runBackendId: string;
  readonly jobBackendId: string;
  readonly content: Content;
  readonly contentType: string;
  readonly fileName: string;
  readonly digest: string | null;
  readonly listedSizeBytes: number;
  readonly createdAt: string;
  readonly expired: boolean;
  /** Where its blob is, from the root of the service. */
  readonly blobPath: string;
}

/** GitHub's results service, REST API and blob store, on the loopback. */
export interface FakeGitHub {
  readonly url: string;
  /** For a process: ACTIONS_RESULTS_URL, ACTIONS_RUNTIME_TOKEN, GITHUB_API_URL and so on. */
  readonly env: Readonly<Record<string, string>>;
  readonly options: Options;
  readonly log: () => readonly Logged[];
  readonly resetLog: () => void;
  readonly artifacts: () => readonly Stored[];
  readonly add: (given: Given) => Stored;
  /** All artifacts of that name, and their blobs. */
  readonly remove: (name: string) => void;
  /** In place of all former ones; their counts start anew. */
  readonly setFaults: (faults: readonly Fault[]) => void;
  readonly close: () => Promise<void>;
}
