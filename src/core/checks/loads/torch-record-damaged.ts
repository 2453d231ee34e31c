import { NAMES_SHOWN } from '../../bytes/limits.ts';
import { defineCheck } from '../../define-check.ts';
import { formatCount } from '../../wording.ts';
import { exactBytes } from '../wording.ts';

export const torchRecordDamaged = defineCheck({
  altitude: 'weights',
  meta: {
    id: 'torch-record-damaged',
    question: 'loads',
    severity: 'error',
    confidence: 'proven',
    title: 'Torch file whose content its own checksums contradict',
    why: 'torch.save writes a CRC-32 of every record, and torch.load never looks at it: such a file loads without a word, with other values or names than were saved.',
    fix: 'Copy the file again from where it was saved; if it is the same there, save again and look for a failing disk or a process that writes to the file.',
    since: '0.1.0',
  },
  messages: {
    damaged: {
      text: ({ name, count, held, records, bytes }: Damaged) =>
        `In ${name}, ${formatCount(count, 'record')} of ${held} ${count === 1 ? 'does' : 'do'} not match ${count === 1 ? 'its' : 'their'} CRC-32: ${records.join(', ')}${count > records.length ? ', …' : ''} (${exactBytes(bytes)}).`,
    },
  },
  async run({ subject, valuesOf, report }) {
    const { file, format } = subject;
    // All of the file is read, so where its values are as well.
    if (format !== 'torch' || (await valuesOf(subject)) === null) return;
    const sums = await file.torchSums();
    if (sums === null || sums.damaged.length === 0) return;
    const { held, damaged } = sums;
    report('damaged', {
      name: file.name,
      count: damaged.length,
      held,
      records: damaged
        .slice(0, NAMES_SHOWN)
        .map(({ record }) => record.slice(0, RECORD_SHOWN)),
      bytes: damaged.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    });
  },
});

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
