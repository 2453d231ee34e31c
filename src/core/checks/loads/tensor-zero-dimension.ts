import { defineCheck } from '../../define-check.ts';
import { formatCount, listNames } from '../../wording.ts';

export const tensorZeroDimension = defineCheck({
  altitude: 'weights',
  meta: {
    id: 'tensor-zero-dimension',
    question: 'loads',
    severity: 'error',
    confidence: 'proven',
    title: 'Adapter tensors with a zero dimension',
    why: 'Such a tensor holds no value. DeepSpeed ZeRO-3 leaves them when one process saves what is spread over all; loading ends in a size mismatch.',
    fix: 'Gather the weights before saving: set stage3_gather_16bit_weights_on_model_save to true and let all ranks take part in the save.',
    since: '0.1.0',
  },
  messages: {
    zero: {
      text: ({
        name,
        tensors,
        all,
      }: {
        name: string;
        tensors: string[];
        all: number;
      }) =>
        `In ${name}, ${formatCount(tensors.length, 'tensor')} of ${all} ${tensors.length === 1 ? 'has' : 'have'} a dimension of 0: ${listNames(tensors)}.`,
      loaderErrors: () => [
        'RuntimeError: Error(s) in loading state_dict',
        'size mismatch for …: copying a param with shape torch.Size([0]) from checkpoint',
      ],
    },
  },
  async run({ subject: { file, format, role }, report }) {
    if (format !== 'safetensors' || role !== 'adapter') return;
    const header = await file.safetensors();
    if (!header.ok) return;
    const { tensors } = header.value;
    const empty = tensors
      .filter(({ shape }) => shape.includes(0))
      .map(({ name, shape }) => `${name} [${shape.join(', ')}]`);
    if (empty.length > 0)
      report('zero', { name: file.name, tensors: empty, all: tensors.length });
  },
});
