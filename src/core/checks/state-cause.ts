import { contentName } from '../formats/content.ts';
import type { ContentKind } from '../formats/content.ts';
import type { Misfit } from '../formats/torch-misfit.ts';
import type {
  TorchPickleDefect,
  TorchStateDefect,
} from '../formats/torch-state.ts';
import { torchLoaderErrors } from '../formats/torch-zip-errors.ts';
import type { TorchZipDefect } from '../formats/torch-zip.ts';
import { isOwnLimit } from '../layout/state-gap.ts';
import type { StateFile } from '../layout/training-state.ts';
import { TORCH_UNPICKLING_ERROR } from './weights-content.ts';
import { exactBytes, partOfBytes } from './wording.ts';

/** Why the loader of a file of the training's state refuses it. */
export interface StateCause {
  /** Behind the name of the file: `is an HTML page`. */
  readonly words: string;
  readonly loaderErrors: readonly string[];
  /** The class that the file names, where the loader may have been told to allow it. */
  readonly global: string | null;
}

/** A name from the file; what a report quotes of it need not be longer. */
const NAME_SHOWN = 100;

/**
 * The cause, or `null` where the loader takes the file or this tool cannot tell.
 *
 * @throws SourceError when the bytes cannot be had
 */
export async function findStateCause(
  one: StateFile,
): Promise<StateCause | null> {
  const read = await one.reading();
  switch (read.kind) {
    case 'foreign':
      return foreignCause(read.content);
    case 'zip-defect':
      return isOwnLimit(read.defect.code)
        ? null
        : zipCause(read.defect, one.file.sizeBytes);
    case 'pickle-defect':
      return isOwnLimit(read.defect.code) ? null : pickleCause(read.defect);
    case 'read':
      return read.training.unknown !== null || read.training.misfit === null
        ? null
        : misfitCause(read.training.misfit);
  }
}

function misfitCause({ where, found, wanted }: Misfit): StateCause {
  const place = short(where);
  // A KeyError names the last of the keys on the way.
  const key = /\[('[^']*'|\d+)\]$/.exec(place)?.[1] ?? place;
  if (found === null)
    return cause(`holds no \`${place}\`, where its loader takes ${wanted}`, [
      `KeyError: ${key}`,
    ]);
  if (where === '')
    return cause(`holds ${found}, where its loader takes ${wanted}`, []);
  return cause(
    `holds ${found} in \`${place}\`, where its loader takes ${wanted}`,
    [],
  );
}

function cause(
  words: string,
  loaderErrors: readonly string[],
  global: string | null = null,
): StateCause {
  return { words, loaderErrors, global };
}

function foreignCause(kind: ContentKind): StateCause {
  const words = `is ${contentName(kind)}`;
  if (kind === 'empty') return cause(words, ['EOFError']);
  if (kind === 'zero-filled')
    return cause(words, [
      'RuntimeError: Cannot use ``weights_only=True`` with files saved in the legacy .tar format.',
    ]);
  return cause(words, [TORCH_UNPICKLING_ERROR]);
}

function zipCause(defect: TorchZipDefect, bytes: number): StateCause {
  const errors = torchLoaderErrors(defect);
  switch (defect.code) {
    case 'no-end-record':
      return cause(
        `ends after ${exactBytes(bytes)} without the directory that closes a torch file: it was cut off`,
        errors,
      );
    case 'zero-tail':
      return cause(
        `has ${exactBytes(bytes)}, of which the last ${exactBytes(defect.zeroBytes)} or more are zero: its end was never written`,
        errors,
      );
    case 'record-unreadable':
      return cause(
        `has no sound local header before its record ${short(defect.record)}, by which torch.load finds its bytes`,
        errors,
      );
    default:
      return cause(`is no whole torch file (${defect.code})`, errors);
  }
}

function pickleCause(defect: TorchPickleDefect | TorchStateDefect): StateCause {
  switch (defect.code) {
    case 'refused':
      return refusedCause(defect.refusal);
    case 'pickle-cut':
      return cause(`has a pickle that ends at byte ${defect.at}`, ['EOFError']);
    case 'storage-missing':
      return cause(`lacks the values data/${short(defect.key)}`, [
        `PytorchStreamReader failed locating file data/${short(defect.key)}: file not found`,
      ]);
    case 'storage-size':
      return cause(
        `has ${exactBytes(defect.foundBytes)} in data/${short(defect.key)}, where its tensor takes ${defect.expectedBytes}`,
        ['RuntimeError: record size (… bytes) does not match expected size (…'],
      );
    case 'legacy-cut':
      return cause(
        `ends after ${partOfBytes(defect.fileBytes, defect.expectedBytes)}`,
        [
          `RuntimeError: unexpected EOF, expected ${defect.missingBytes} more bytes. The file might be corrupted.`,
        ],
      );
    default:
      return cause(`has a broken content (${defect.code})`, []);
  }
}

function refusedCause(
  refusal: Extract<TorchPickleDefect, { code: 'refused' }>['refusal'],
): StateCause {
  switch (refusal.kind) {
    case 'global': {
      const global = short(refusal.global);
      return cause(
        `refers to ${global}, which torch.load does not allow by default`,
        [
          TORCH_UNPICKLING_ERROR,
          `Unsupported global: GLOBAL ${global} was not an allowed global by default.`,
        ],
        global,
      );
    }
    case 'blocked-global': {
      const global = short(refusal.global);
      return cause(`refers to ${global}, which torch.load always refuses`, [
        TORCH_UNPICKLING_ERROR,
        `Trying to load unsupported GLOBAL ${global} whose module ${global.split('.')[0] ?? ''} is blocked.`,
      ]);
    }
    case 'opcode':
      return cause(
        `has the opcode ${refusal.code} at byte ${refusal.at} of its pickle, which torch.load does not take`,
        [TORCH_UNPICKLING_ERROR, `Unsupported operand ${refusal.code}`],
      );
    default:
      return cause(
        `asks at byte ${refusal.at} of its pickle for what torch.load does for no state`,
        [TORCH_UNPICKLING_ERROR],
      );
  }
}

function short(text: string): string {
  return text.slice(0, NAME_SHOWN);
}
