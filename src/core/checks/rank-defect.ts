import { contentName } from '../formats/content.ts';
import { torchLoaderErrors } from '../formats/torch-zip-errors.ts';
import type { RankFileDefect } from '../layout/rank-file.ts';
import { exactBytes } from './wording.ts';

/** What is wrong with a torch file of a rank, in a sentence. */
export function rankDefectWords(
  name: string,
  sizeBytes: number,
  defect: RankFileDefect,
): string {
  switch (defect.code) {
    case 'placeholder':
      return `${name} is ${contentName(defect.content)}.`;
    case 'no-end-record':
      return `${name} ends after ${exactBytes(sizeBytes)} without the directory that closes a torch file: it was cut off.`;
    case 'zero-tail':
      return `${name} has ${exactBytes(sizeBytes)}, of which the last ${exactBytes(defect.zeroBytes)} or more are zero: its end was never written.`;
    case 'pickle-cut':
    case 'opcode-unknown':
    case 'stack-empty':
    case 'memo-empty':
      return `${name} holds a damaged list of its tensors: byte ${defect.at} of its pickle makes no sense (${defect.code}).`;
    case 'storage-missing':
      return `${name} names the values data/${defect.key.slice(0, KEY_SHOWN)} and does not hold them.`;
    default:
      return `${name} has a directory that contradicts itself or the file (${defect.code}).`;
  }
}

/** Keys are short numbers; a hostile one is a text of any length. */
const KEY_SHOWN = 40;

/** What torch.load says of it with `weights_only=False`, as DeepSpeed calls it. */
export function rankDefectErrors(defect: RankFileDefect): readonly string[] {
  switch (defect.code) {
    case 'placeholder':
      return defect.content === 'empty'
        ? ['EOFError: Ran out of input']
        : ['UnpicklingError: invalid load key'];
    case 'pickle-cut':
      return ['UnpicklingError: pickle data was truncated'];
    case 'opcode-unknown':
      return ['UnpicklingError: invalid load key'];
    case 'stack-empty':
      return ['UnpicklingError: unpickling stack underflow'];
    case 'memo-empty':
      return ['UnpicklingError: Memo value not found at index'];
    case 'storage-missing':
      return [
        `PytorchStreamReader failed locating file data/${defect.key.slice(0, KEY_SHOWN)}: file not found`,
      ];
    default:
      return torchLoaderErrors(defect);
  }
}
