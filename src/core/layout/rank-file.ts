import { contentName, isPlaceholder } from '../formats/content.ts';
import type { ContentKind } from '../formats/content.ts';
import type { Defect } from '../formats/parsed.ts';
import { readTorchRoot } from '../formats/torch-root.ts';
import type { TorchRoot, TorchRootDefect } from '../formats/torch-root.ts';
import type { FileFacts } from './file-facts.ts';

/** What a torch file of one rank is, as far as its directory and its pickle say. */
export type RankFileState =
  | { readonly kind: 'whole'; readonly root: TorchRoot }
  | { readonly kind: 'damaged'; readonly defect: RankFileDefect }
  /** Nothing is known against it, and not all that is due for it. */
  | { readonly kind: 'unread'; readonly reason: string };

/** What torch refuses it for. */
export type RankFileDefect =
  | Exclude<TorchRootDefect, Defect<'not-read'>>
  | (Defect<'placeholder'> & { readonly content: ContentKind });

/** Beyond what this tool reads, which says nothing about the file. */
const OWN_CAPS: readonly string[] = ['too-many-entries', 'directory-too-large'];

/**
 * Opens a file that a trainer wrote with `torch.save` and loads with
 * `weights_only=False`. Its storages are not read.
 *
 * @throws SourceError when the bytes cannot be had
 */
async function readRankFile(file: FileFacts): Promise<RankFileState> {
  const { kind } = await file.content();
  // One of hundreds, of which the rest is not asked for again.
  file.forget();
  if (isPlaceholder(kind))
    return {
      kind: 'damaged',
      defect: { code: 'placeholder', content: kind },
    };
  if (kind !== 'zip')
    return { kind: 'unread', reason: `it is ${contentName(kind)}` };
  const read = await file.read(readTorchRoot);
  if (read.ok) return { kind: 'whole', root: read.value };
  const { defect } = read;
  if (defect.code === 'not-read')
    return { kind: 'unread', reason: defect.reason };
  return OWN_CAPS.includes(defect.code)
    ? { kind: 'unread', reason: 'its directory is larger than is read' }
    : { kind: 'damaged', defect };
}

/** A folder of files of ranks. */
export interface RankFolder {
  /** A file that lies in it, or `null` if there is none of the name. */
  readonly fileNamed: (name: string) => FileFacts | null;
  /** What a file of it is inside, read once. */
  readonly stateOf: (file: FileFacts) => Promise<RankFileState>;
  /** Lets go of what was read: asked for again, it is read again. */
  readonly forgetStates: () => void;
}

/** A folder of files of ranks, of which each is opened when it is asked for. */
export function rankFolder(fileNamed: RankFolder['fileNamed']): RankFolder {
  const known = new Map<FileFacts, Promise<RankFileState>>();
  return {
    fileNamed,
    stateOf: (file) => {
      const state = known.get(file) ?? readRankFile(file);
      known.set(file, state);
      return state;
    },
    forgetStates: () => {
      known.clear();
    },
  };
}
