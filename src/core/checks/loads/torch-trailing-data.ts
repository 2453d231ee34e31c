import { defineCheck } from '../../define-check.ts';
import { formatCount } from '../../wording.ts';
import { exactBytes } from '../wording.ts';

export const torchTrailingData = defineCheck({
  altitude: 'weights',
  meta: {
    id: 'torch-trailing-data',
    question: 'loads',
    severity: 'warning',
    confidence: 'proven',
    title: 'Torch file with data that torch.load does not look at',
    why: 'torch.save writes nothing there. torch.load stops before it, so whatever it is, it is not loaded: the rest of another file, or something hidden.',
    fix: 'Save again with torch.save or save_pretrained, and find out what wrote to the file after it was saved.',
    since: '0.1.0',
  },
  messages: {
    pickle: {
      text: ({ name, bytes }: { name: string; bytes: number }) =>
        `In ${name}, ${exactBytes(bytes)} follow the end of the pickle in data.pkl.`,
    },
    legacy: {
      text: ({ name, bytes }: { name: string; bytes: number }) =>
        `In ${name}, ${exactBytes(bytes)} follow the last values.`,
    },
    twice: {
      text: ({ name, record, count }: Twice) =>
        `In ${name}, ${formatCount(count, 'name')} of records ${count === 1 ? 'stands' : 'stand'} twice, the first of them ${record}: torch.load takes one of each pair and does not look at the other.`,
    },
  },
  async run({ subject: { file, format }, report }) {
    if (format !== 'torch') return;
    const state = await file.torchState();
    if (!state?.ok) return;
    const zip = state.value.storagesAt === null ? await file.torchZip() : null;
    const notes = zip?.ok ? zip.value.directory.notes : [];
    for (const note of notes)
      if (note.code === 'duplicate-name')
        report('twice', {
          name: file.name,
          record: note.name.slice(0, RECORD_SHOWN),
          count: note.count,
        });
    if (state.value.trailingBytes === 0) return;
    const { trailingBytes: bytes, storagesAt } = state.value;
    const message = storagesAt === null ? 'pickle' : 'legacy';
    report(message, { name: file.name, bytes });
  },
});

/** A name of a record is a text from the file. */
const RECORD_SHOWN = 100;

interface Twice {
  readonly [key: string]: string | number;
  readonly name: string;
  readonly record: string;
  readonly count: number;
}
