import { defineCheck } from '../../define-check.ts';
import {
  findSafetensorsDefect,
  loaderErrorsOf,
  safetensorsData,
} from '../safetensors-defect.ts';
import type { SafetensorsData } from '../safetensors-defect.ts';
import { exactBytes, partOfBytes } from '../wording.ts';

export const safetensorsTruncated = defineCheck({
  altitude: 'weights',
  meta: {
    id: 'safetensors-truncated',
    question: 'loads',
    severity: 'error',
    confidence: 'proven',
    title: 'safetensors file cut off',
    why: 'The file is shorter than its own header says. The disk was full, the process was killed, or the copy is not whole; the loader refuses such a file.',
    fix: 'Compare its size with the original and copy it again; if it is the same there, save again with enough free disk.',
    since: '0.1.0',
  },
  messages: {
    data: {
      text: ({
        name,
        bytes,
        expected,
      }: SafetensorsData & { bytes: number; expected: string }) =>
        `${name} has ${partOfBytes(bytes, Number(expected))}: ${exactBytes(Number(expected) - bytes)} ${Number(expected) - bytes === 1 ? 'is' : 'are'} missing at its end.`,
      loaderErrors: loaderErrorsOf,
    },
    header: {
      text: ({
        name,
        bytes,
        header,
      }: SafetensorsData & { bytes: number; header: number }) =>
        `${name} has ${exactBytes(bytes)}, its header alone takes ${exactBytes(header + 8)}: it ends before the first tensor.`,
      loaderErrors: loaderErrorsOf,
    },
    start: {
      text: ({ name, bytes }: SafetensorsData & { bytes: number }) =>
        `${name} has ${exactBytes(bytes)}; a safetensors file takes 8 for the length of its header alone.`,
      loaderErrors: loaderErrorsOf,
    },
  },
  async run({ subject, report }) {
    const defect = await findSafetensorsDefect(subject);
    if (defect === null) return;
    const data = safetensorsData(subject, defect);
    const bytes = subject.file.sizeBytes;
    if (defect.code === 'truncated')
      report('data', { ...data, bytes, expected: defect.expectedBytes });
    else if (defect.code === 'header-beyond-file')
      report('header', { ...data, bytes, header: defect.headerBytes });
    else if (defect.code === 'header-too-small')
      report('start', { ...data, bytes });
  },
});
