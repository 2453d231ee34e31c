import { defineCheck } from '../../define-check.ts';
import { torchLoaderErrors } from '../../formats/torch-zip-errors.ts';
import type { TorchZipDefect } from '../../formats/torch-zip.ts';
import type { TorchSalvage } from '../../formats/torch-salvage.ts';
import type { Json } from '../../types.ts';
import { formatCount, formatNumber } from '../../wording.ts';
import { exactBytes } from '../wording.ts';

interface Data {
  readonly [key: string]: Json;
  readonly name: string;
  readonly bytes: number;
  readonly loaderErrors: readonly string[];
}

interface Salvaged extends Data {
  readonly salvage: Survivors | null;
}

/** Of its storages how many are whole, and the first tensor that is not. */
interface Survivors {
  readonly [key: string]: Json;
  readonly storages: number;
  readonly complete: number;
  readonly percent: number;
  readonly firstLost: string | null;
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
      text: ({ name, bytes, salvage }: Salvaged) =>
        `${name} ends after ${exactBytes(bytes)} without the directory that closes a torch file: it was cut off.${survivorWords(salvage)}`,
      loaderErrors,
    },
    zeroTail: {
      text: ({
        name,
        bytes,
        zeroBytes,
        salvage,
      }: Salvaged & { zeroBytes: number }) =>
        `${name} has ${exactBytes(bytes)}, of which the last ${exactBytes(zeroBytes)} or more are zero: its end was never written, or the file was cut inside zeros.${survivorWords(salvage)}`,
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
    if (defect.code === 'no-end-record')
      report('cut', {
        ...data,
        salvage: survivorsOf(await file.torchSalvage()),
      });
    else if (defect.code === 'zero-tail')
      report('zeroTail', {
        ...data,
        zeroBytes: defect.zeroBytes,
        salvage: survivorsOf(await file.torchSalvage()),
      });
    else if (isArchiveDefect(defect))
      report('damaged', { ...data, code: defect.code });
    else if (!isOwnCap(defect))
      report('notTorch', { ...data, code: defect.code });
  },
});

function survivorsOf(salvage: TorchSalvage | null): Survivors | null {
  if (salvage === null || salvage.storages === 0) return null;
  const { storages, complete, storageBytes, completeBytes } = salvage;
  const percent =
    storageBytes === 0 ? 100 : Math.floor((100 * completeBytes) / storageBytes);
  return { storages, complete, percent, firstLost: salvage.firstLost };
}

/** A name of a tensor is a text from the file. */
const NAME_SHOWN = 200;

function survivorWords(salvage: Survivors | null): string {
  if (salvage === null) return '';
  const { storages, complete, percent, firstLost } = salvage;
  const words = ` The values of ${formatNumber(complete)} of ${formatCount(storages, 'storage')} are complete (${percent} % of their bytes)`;
  return firstLost === null
    ? `${words}: no tensor is lost.`
    : `${words}; the first tensor that is lost is ${firstLost.slice(0, NAME_SHOWN)}.`;
}

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
