import { defineCheck } from '../../define-check.ts';
import { listNames } from '../../wording.ts';

interface Named {
  readonly [key: string]: string | string[];
  readonly name: string;
  readonly tensors: string[];
}

export const safetensorsNotCanonical = defineCheck({
  altitude: 'weights',
  meta: {
    id: 'safetensors-not-canonical',
    question: 'loads',
    severity: 'warning',
    confidence: 'proven',
    title: 'safetensors header against the format text',
    why: 'safetensors 0.8.0 reads this file, but the text of the format rules it out, and other readers refuse it or read it differently.',
    fix: 'Load the file and save it again with safetensors itself.',
    since: '0.1.0',
  },
  messages: {
    duplicateTensor: {
      text: ({ name, tensors }: Named) =>
        `The header of ${name} describes a tensor twice: ${listNames(tensors)}. The loader keeps the last.`,
    },
    duplicateMetadata: {
      text: ({ name, keys }: { name: string; keys: string[] }) =>
        `The __metadata__ of ${name} has a key twice: ${listNames(keys)}. The loader keeps the last.`,
    },
    leadingSpace: {
      text: ({ name }: { name: string }) =>
        `The header of ${name} begins with white space; the format wants a "{".`,
    },
    otherNotation: {
      text: ({ name, tensors }: Named) =>
        `The header of ${name} describes tensors in a notation that only the Rust reader takes: ${listNames(tensors)}.`,
    },
    unknownField: {
      text: ({ name, tensors }: Named) =>
        `The header of ${name} has fields besides dtype, shape and data_offsets: ${listNames(tensors)}.`,
    },
  },
  async run({ subject: { file, format }, report }) {
    if (format !== 'safetensors') return;
    const header = await file.safetensors();
    if (!header.ok) return;
    const { notes } = header.value;
    const { name } = file;
    const tensorsOf = (code: string) =>
      notes.flatMap((note) =>
        note.code === code && 'tensor' in note ? [note.tensor] : [],
      );
    const say = (
      message: 'duplicateTensor' | 'otherNotation' | 'unknownField',
      code: string,
    ) => {
      const tensors = [...new Set(tensorsOf(code))];
      if (tensors.length > 0) report(message, { name, tensors });
    };
    say('duplicateTensor', 'duplicate-tensor');
    say('otherNotation', 'other-notation');
    say('unknownField', 'unknown-field');
    const keys = notes.flatMap((note) =>
      note.code === 'duplicate-metadata' ? [note.key] : [],
    );
    if (keys.length > 0) report('duplicateMetadata', { name, keys });
    if (notes.some(({ code }) => code === 'leading-space'))
      report('leadingSpace', { name });
  },
});
