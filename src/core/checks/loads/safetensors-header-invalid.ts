import { defineCheck } from '../../define-check.ts';
import type { EntryFault } from '../../formats/safetensors/types.ts';
import { formatNumber } from '../../wording.ts';
import { jsonDefectWords } from '../json-words.ts';
import {
  findSafetensorsDefect,
  loaderErrorsOf,
  safetensorsData,
} from '../safetensors-defect.ts';
import type { SafetensorsData } from '../safetensors-defect.ts';

const FAULTS: Readonly<Record<EntryFault, string>> = {
  'not-an-object': 'is not described by an object',
  'missing-field': 'lacks one of dtype, shape and data_offsets',
  'duplicate-field': 'has one of dtype, shape and data_offsets twice',
  dtype: 'has a dtype that is not a text',
  shape: 'has a shape that is not a list of whole numbers',
  data_offsets: 'has data_offsets that are not two whole numbers',
};

export const safetensorsHeaderInvalid = defineCheck({
  altitude: 'weights',
  meta: {
    id: 'safetensors-header-invalid',
    question: 'loads',
    severity: 'error',
    confidence: 'proven',
    title: 'safetensors header invalid',
    why: 'The header says which tensor is where. The loader refuses a file whose header it cannot read.',
    fix: 'The file was overwritten, damaged in transfer or written by a faulty tool: fetch it again and compare checksums, or save again.',
    since: '0.1.0',
  },
  messages: {
    length: {
      text: ({ name, header }: SafetensorsData & { header: string }) =>
        `${name} begins with a header length of ${formatNumber(BigInt(header))} bytes; the loader takes at most 100,000,000.`,
      why: 'Either the first 8 bytes are not the start of a safetensors file, or it holds more tensors than the loader reads.',
      loaderErrors: loaderErrorsOf,
    },
    encoding: {
      text: ({ name, at }: SafetensorsData & { at: number }) =>
        `The header of ${name} is not UTF-8 at its byte ${at}.`,
      loaderErrors: loaderErrorsOf,
    },
    json: {
      text: ({ name, words }: SafetensorsData & { words: string }) =>
        `The header of ${name} ${words}.`,
      loaderErrors: loaderErrorsOf,
    },
    metadata: {
      text: ({ name, words }: SafetensorsData & { words: string }) =>
        `The header of ${name} has a __metadata__ ${words}.`,
      fix: 'Metadata holds texts only: save it as {"key": "text"}. A tensor cannot be named __metadata__.',
      loaderErrors: loaderErrorsOf,
    },
    entry: {
      text: ({
        name,
        tensor,
        words,
      }: SafetensorsData & { tensor: string; words: string }) =>
        `In the header of ${name}, tensor ${tensor} ${words}.`,
      loaderErrors: loaderErrorsOf,
    },
    dtype: {
      text: ({
        name,
        tensor,
        dtype,
      }: SafetensorsData & { tensor: string; dtype: string }) =>
        `In the header of ${name}, tensor ${tensor} has the dtype ${dtype}, which safetensors 0.8.0 does not have.`,
      fix: 'If a newer safetensors wrote the file, load it with that version; else save again.',
      loaderErrors: loaderErrorsOf,
    },
  },
  async run({ subject, report }) {
    const defect = await findSafetensorsDefect(subject);
    if (defect === null) return;
    const data = safetensorsData(subject, defect);
    switch (defect.code) {
      case 'header-too-large':
        return report('length', { ...data, header: defect.headerBytes });
      case 'invalid-utf8':
        return report('encoding', { ...data, at: defect.at });
      case 'invalid-json':
        return report('json', { ...data, words: jsonDefectWords(defect.json) });
      case 'header-not-an-object':
        return report('json', { ...data, words: 'is not a JSON object' });
      case 'metadata-invalid':
        return report('metadata', {
          ...data,
          words: metadataWords(defect.key),
        });
      case 'entry-invalid': {
        const { tensor, fault } = defect;
        return report(
          'entry',
          { ...data, tensor, words: FAULTS[fault] },
          { tensor },
        );
      }
      case 'dtype-unknown': {
        const { tensor, dtype } = defect;
        return report('dtype', { ...data, tensor, dtype }, { tensor });
      }
      default:
    }
  },
});

function metadataWords(key: string | null): string {
  return key === null
    ? 'that is no object, or a second one'
    : `whose ${key} is not a text`;
}
