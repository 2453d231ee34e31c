import { defineCheck } from '../../define-check.ts';
import { torchLoaderErrors } from '../../formats/torch-zip-errors.ts';
import type { TorchZipDefect } from '../../formats/torch-zip.ts';
import { exactBytes } from '../wording.ts';

interface Data {
  readonly [key: string]: string | number | readonly string[];
  readonly name: string;
  readonly bytes: number;
  readonly loaderErrors: readonly string[];
}

const loaderErrors = (data: Data) => data.loaderErrors;

const SAVE_AGAIN =
  'Look for a full disk, a quota or a killed process in the training log ("unexpected pos", "file write failed", exit code 137), and save again.';

export const torchZipIncomplete = defineCheck({
  altitude: 'weights',
  meta: {
    id: 'torch-zip-incomplete',
    question: 'loads',
    severity: 'error',
    confidence: 'proven',
    title: 'Torch file without a complete directory',
    why: 'A torch file is a zip archive whose directory is written last. Where it is missing or damaged the save did not end, or the copy is not whole, and torch.load refuses the file.',
    fix: SAVE_AGAIN,
    since: '0.1.0',
  },
  messages: {
    cut: {
      text: ({ name, bytes }: Data) =>
        `${name} ends after ${exactBytes(bytes)} without the directory that closes a torch file: it was cut off.`,
      loaderErrors,
    },
    zeroTail: {
      text: ({ name, bytes, zeroBytes }: Data & { zeroBytes: number }) =>
        `${name} has ${exactBytes(bytes)}, of which the last ${exactBytes(zeroBytes)} or more are zero: its end was never written, or the file was cut inside zeros.`,
      loaderErrors,
    },
    damaged: {
      text: ({ name, code }: Data & { code: string }) =>
        `${name} has a directory that contradicts itself or the file (${code}).`,
      fix: 'Copy the file again from where it was saved and compare the sizes; if it is the same there, save again.',
      loaderErrors,
    },
    notTorch: {
      text: ({ name, code }: Data & { code: string }) =>
        `${name} is a zip archive but not one that torch.save wrote (${code}).`,
      fix: 'Save the weights with torch.save or save_pretrained.',
      loaderErrors,
    },
  },
  async run({ subject: { file, format }, report }) {
    if (format !== 'torch' || (await file.content()).kind !== 'zip') return;
    const zip = await file.torchZip();
    if (zip.ok) return;
    const { defect } = zip;
    const data = {
      name: file.name,
      bytes: file.sizeBytes,
      loaderErrors: torchLoaderErrors(defect),
    };
    if (defect.code === 'no-end-record') report('cut', data);
    else if (defect.code === 'zero-tail')
      report('zeroTail', { ...data, zeroBytes: defect.zeroBytes });
    else if (isArchiveDefect(defect))
      report('damaged', { ...data, code: defect.code });
    else if (!isOwnCap(defect))
      report('notTorch', { ...data, code: defect.code });
  },
});

function isArchiveDefect({ code }: TorchZipDefect): boolean {
  return (
    code.startsWith('directory-') ||
    code.startsWith('entry-') ||
    code === 'end-record-invalid' ||
    code === 'record-unreadable'
  );
}

/** Beyond what this tool reads, which says nothing about the file. */
function isOwnCap({ code }: TorchZipDefect): boolean {
  return code === 'too-many-entries' || code === 'directory-too-large';
}
