import { defineCheck } from '../../define-check.ts';
import type { FileFacts } from '../../layout/file-facts.ts';
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
    noneModel: {
      text: ({ name, bytes }: { name: string; bytes: number }) =>
        `${name} (${exactBytes(bytes)}) is whole and holds no tensor at all.`,
      why: 'transformers loads such a file and starts every weight of the model at random.',
      fix: 'The state dict was empty when it was saved: save from the process that holds the weights, and gather them first if they are sharded.',
    },
  },
  async run({ subject: { file, format, role }, report }) {
    const isEmpty =
      format === 'safetensors'
        ? await isEmptySafetensors(file)
        : await isEmptyTorch(file);
    if (!isEmpty) return;
    const message = role === 'model' ? 'noneModel' : 'none';
    report(message, { name: file.name, bytes: file.sizeBytes });
  },
});

async function isEmptySafetensors(file: FileFacts): Promise<boolean> {
  const header = await file.safetensors();
  return header.ok && header.value.tensors.length === 0;
}

/** A dict without a tensor in it or below; a refused pickle is another check. */
async function isEmptyTorch(file: FileFacts): Promise<boolean> {
  const state = await file.torchState();
  if (!state?.ok || state.value.unknown !== null) return false;
  const { root, tensors, inner, oddKeys } = state.value;
  return (
    root === 'dict' &&
    tensors.length === 0 &&
    inner.length === 0 &&
    oddKeys === 0
  );
}
