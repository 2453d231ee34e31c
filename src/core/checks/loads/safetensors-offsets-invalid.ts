import { defineCheck } from '../../define-check.ts';
import {
  findSafetensorsDefect,
  loaderErrorsOf,
  safetensorsData,
} from '../safetensors-defect.ts';
import type { SafetensorsData } from '../safetensors-defect.ts';

interface Offsets extends SafetensorsData {
  readonly tensor: string;
  readonly begin: string;
  readonly end: string;
  readonly expected: string;
}

export const safetensorsOffsetsInvalid = defineCheck({
  altitude: 'weights',
  meta: {
    id: 'safetensors-offsets-invalid',
    question: 'loads',
    severity: 'error',
    confidence: 'proven',
    title: 'Holes or overlaps between tensors',
    why: 'Tensors have to follow each other without a gap from the first byte of the data on. The loader refuses anything else, since holes can hide data and overlaps share it.',
    fix: 'A faulty or home-made writer made this file: save again with safetensors itself.',
    since: '0.1.0',
  },
  messages: {
    hole: {
      text: ({ name, tensor, begin, expected }: Offsets) =>
        `In ${name}, tensor ${tensor} begins at byte ${begin} of the data where ${expected} was due: bytes in between belong to no tensor.`,
      loaderErrors: loaderErrorsOf,
    },
    overlap: {
      text: ({ name, tensor, begin, expected }: Offsets) =>
        `In ${name}, tensor ${tensor} begins at byte ${begin} of the data where ${expected} was due: it overlaps the tensor before it.`,
      loaderErrors: loaderErrorsOf,
    },
    reversed: {
      text: ({ name, tensor, begin, end }: Offsets) =>
        `In ${name}, tensor ${tensor} ends at byte ${end} of the data, before it begins at ${begin}.`,
      loaderErrors: loaderErrorsOf,
    },
  },
  async run({ subject, report }) {
    const defect = await findSafetensorsDefect(subject);
    if (defect?.code !== 'offsets') return;
    const { tensor, begin, end, expectedBegin, fault } = defect;
    const data = safetensorsData(subject, defect);
    report(
      fault,
      { ...data, tensor, begin, end, expected: expectedBegin },
      { tensor },
    );
  },
});
