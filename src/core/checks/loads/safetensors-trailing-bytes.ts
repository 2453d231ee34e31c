import { defineCheck } from '../../define-check.ts';
import {
  findSafetensorsDefect,
  loaderErrorsOf,
  safetensorsData,
} from '../safetensors-defect.ts';
import type { SafetensorsData } from '../safetensors-defect.ts';
import { formatNumber } from '../../wording.ts';
import { exactBytes } from '../wording.ts';

export const safetensorsTrailingBytes = defineCheck({
  altitude: 'weights',
  meta: {
    id: 'safetensors-trailing-bytes',
    question: 'loads',
    severity: 'error',
    confidence: 'proven',
    title: 'safetensors file longer than its header says',
    why: 'The loader refuses a file with bytes that belong to no tensor. Two writers on one file, or an append to an older one, leave such files.',
    fix: 'Let one process write the file (gate the save on the main process), delete it and save again.',
    since: '0.1.0',
  },
  messages: {
    trailing: {
      text: ({
        name,
        bytes,
        expected,
      }: SafetensorsData & { bytes: number; expected: number }) =>
        `${name} should end at byte ${formatNumber(expected)} and goes on for ${exactBytes(bytes - expected)}.`,
      loaderErrors: loaderErrorsOf,
    },
  },
  async run({ subject, report }) {
    const defect = await findSafetensorsDefect(subject);
    if (defect?.code !== 'trailing') return;
    report('trailing', {
      ...safetensorsData(subject, defect),
      bytes: defect.sizeBytes,
      expected: defect.expectedBytes,
    });
  },
});
