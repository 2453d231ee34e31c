import { defineCheck } from '../../define-check.ts';
import { formatNumber } from '../../wording.ts';
import {
  findSafetensorsDefect,
  loaderErrorsOf,
  safetensorsData,
} from '../safetensors-defect.ts';
import type { SafetensorsData } from '../safetensors-defect.ts';

interface Sizes extends SafetensorsData {
  readonly tensor: string;
  readonly dtype: string;
  readonly shape: readonly string[];
  readonly expected: string;
  readonly found: string;
}

export const safetensorsSizeMismatch = defineCheck({
  altitude: 'weights',
  meta: {
    id: 'safetensors-size-mismatch',
    question: 'loads',
    severity: 'error',
    confidence: 'proven',
    title: 'Size and shape of a tensor disagree',
    why: 'A tensor takes as many bytes as its shape and dtype say. The loader refuses a file in which one does not.',
    fix: 'A faulty or home-made writer made this file: save again with safetensors itself.',
    since: '0.1.0',
  },
  messages: {
    size: {
      text: ({ name, tensor, dtype, shape, expected, found }: Sizes) =>
        `In ${name}, tensor ${tensor} of dtype ${dtype} and shape [${shape.join(', ')}] takes ${formatNumber(Number(expected))} bytes, but ${formatNumber(Number(found))} are set aside for it.`,
      loaderErrors: loaderErrorsOf,
    },
    overflow: {
      text: ({ name, tensor }: SafetensorsData & { tensor: string }) =>
        `In ${name}, tensor ${tensor} has a shape whose size exceeds 64 bits.`,
      loaderErrors: loaderErrorsOf,
    },
    misaligned: {
      text: ({
        name,
        tensor,
        bits,
      }: SafetensorsData & { tensor: string; bits: string }) =>
        `In ${name}, tensor ${tensor} takes ${bits} bits, which is no whole number of bytes.`,
      loaderErrors: loaderErrorsOf,
    },
  },
  async run({ subject, report }) {
    const defect = await findSafetensorsDefect(subject);
    if (defect === null) return;
    const data = safetensorsData(subject, defect);
    switch (defect.code) {
      case 'size-mismatch': {
        const { tensor, dtype, shape, expectedBytes, foundBytes } = defect;
        const sizes = { expected: expectedBytes, found: foundBytes };
        report('size', { ...data, tensor, dtype, shape, ...sizes }, { tensor });
        break;
      }
      case 'overflow':
        report(
          'overflow',
          { ...data, tensor: defect.tensor },
          { tensor: defect.tensor },
        );
        break;
      case 'misaligned': {
        const { tensor, bits } = defect;
        report('misaligned', { ...data, tensor, bits }, { tensor });
        break;
      }
      default:
    }
  },
});
