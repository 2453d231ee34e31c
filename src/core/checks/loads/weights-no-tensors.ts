import { defineCheck } from '../../define-check.ts';
import { exactBytes } from '../wording.ts';

export const weightsNoTensors = defineCheck({
  altitude: 'weights',
  meta: {
    id: 'weights-no-tensors',
    question: 'loads',
    severity: 'error',
    confidence: 'proven',
    title: 'Weights file without a tensor',
    why: 'PEFT loads such a file with a warning at most, and the model answers as the base model does.',
    fix: 'The state dict was empty when it was saved: remove an override of state_dict, do not take get_peft_model_state_dict of what it returned, and save from the process that holds the weights.',
    since: '0.1.0',
  },
  messages: {
    none: {
      text: ({ name, bytes }: { name: string; bytes: number }) =>
        `${name} (${exactBytes(bytes)}) is whole and holds no tensor at all.`,
      loaderErrors: () => [
        'UserWarning: Found missing adapter keys while loading the checkpoint',
      ],
    },
  },
  async run({ subject: { file, format }, report }) {
    const isEmpty =
      format === 'safetensors'
        ? await isEmptySafetensors()
        : await isEmptyTorchZip();
    if (isEmpty) report('none', { name: file.name, bytes: file.sizeBytes });

    async function isEmptySafetensors(): Promise<boolean> {
      const header = await file.safetensors();
      return header.ok && header.value.tensors.length === 0;
    }

    async function isEmptyTorchZip(): Promise<boolean> {
      if ((await file.content()).kind !== 'zip') return false;
      const zip = await file.torchZip();
      return zip.ok && zip.value.storages.count === 0;
    }
  },
});
