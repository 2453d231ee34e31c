import { NAMES_SHOWN } from '../../bytes/limits.ts';
import { defineCheck } from '../../define-check.ts';
import type { TorchSums } from '../../formats/torch-sums.ts';
import { torchLoaderErrors } from '../../formats/torch-zip-errors.ts';
import {
  areHeadersRead,
  findLostRecords,
} from '../../layout/training-state.ts';
import { formatCount } from '../../wording.ts';
import { exactBytes } from '../wording.ts';

export const torchRecordDamaged = defineCheck({
  altitude: 'weights',
  meta: {
    id: 'torch-record-damaged',
    question: 'loads',
    severity: 'error',
    confidence: 'proven',
    title: 'Torch file whose content its own directory contradicts',
    why: 'torch.save writes a CRC-32 of every record, and torch.load never looks at it: such a file loads without a word, with other values or names than were saved.',
    fix: 'Copy the file again from where it was saved; if it is the same there, save again and look for a failing disk or a process that writes to the file.',
    since: '0.1.0',
  },
  messages: {
    damaged: {
      text: ({ name, count, held, records, bytes }: Damaged) =>
        `In ${name}, ${formatCount(count, 'record')} of ${held} ${count === 1 ? 'does' : 'do'} not match ${count === 1 ? 'its' : 'their'} CRC-32: ${listed(records, count)} (${exactBytes(bytes)}).`,
    },
    headless: {
      text: ({ name, count, records }: Headless) =>
        `In ${name}, ${formatCount(count, 'record')} ${count === 1 ? 'has' : 'have'} no sound local header: ${listed(records, count)}.`,
      why: 'torch.load finds the bytes of a record by the local header before it, and refuses a file in which it is not one. Mapped into memory (mmap=True, as transformers opens the weights of a model), it looks less closely and takes other bytes for the values, without a word.',
      loaderErrors: ({ loaderErrors }) => loaderErrors,
    },
  },
  async run({ subject, valuesOf, report }) {
    const { file, format, checkpoint } = subject;
    if (format !== 'torch') return;
    // All of the file is read, so where its values are as well.
    const isAllRead = (await valuesOf(subject)) !== null;
    const sums = isAllRead ? await file.torchSums() : null;
    if (sums !== null && sums.damaged.length > 0)
      report('damaged', damagedIn(file.name, sums));
    const lost =
      sums === null && areHeadersRead(checkpoint)
        ? await findLostRecords(file)
        : (sums?.lost ?? []);
    if (lost.length > 0) report('headless', headlessIn(file.name, lost));
  },
});

function damagedIn(name: string, { held, damaged }: TorchSums): Damaged {
  return {
    name,
    count: damaged.length,
    held,
    records: shown(damaged.map(({ record }) => record)),
    bytes: damaged.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  };
}

function headlessIn(name: string, lost: readonly string[]): Headless {
  const records = shown(lost);
  const errors = records
    .slice(0, 1)
    .flatMap((record) =>
      torchLoaderErrors({ code: 'record-unreadable', record }),
    );
  return { name, count: lost.length, records, loaderErrors: errors };
}

function shown(records: readonly string[]): readonly string[] {
  return records
    .slice(0, NAMES_SHOWN)
    .map((record) => record.slice(0, RECORD_SHOWN));
}

function listed(records: readonly string[], count: number): string {
  return `${records.join(', ')}${count > records.length ? ', …' : ''}`;
}

/** A name of a record is a text from the file. */
const RECORD_SHOWN = 100;

interface Damaged {
  readonly [key: string]: string | number | readonly string[];
  readonly name: string;
  readonly count: number;
  readonly held: number;
  readonly records: readonly string[];
  readonly bytes: number;
}

interface Headless {
  readonly [key: string]: string | number | readonly string[];
  readonly name: string;
  readonly count: number;
  readonly records: readonly string[];
  readonly loaderErrors: readonly string[];
}
