import { defineCheck } from '../../define-check.ts';
import type { WeightsFileSubject } from '../../layout/subjects.ts';
import { readTensorsIn } from '../../layout/tensors-in.ts';
import { formatCount, formatNumber, listNames } from '../../wording.ts';

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
        `In ${name}, ${formatCount(tensors.length, 'tensor')} of ${formatNumber(all)} ${tensors.length === 1 ? 'has' : 'have'} a dimension of 0: ${listNames(tensors)}.`,
      loaderErrors: () => [
        'RuntimeError: Error(s) in loading state_dict',
        'size mismatch for …: copying a param with shape torch.Size([0]) from checkpoint',
      ],
    },
  },
  async run({ subject, report }) {
    const { file, role } = subject;
    const tensors = role === 'adapter' ? await readTensorsIn(subject) : null;
    if (tensors === null) return;
    const isAllEmpty = tensors.every(({ shape }) => shape.includes(0));
    if (!isAllEmpty && (await isPruned(subject))) return;
    const empty = tensors
      .filter(({ shape }) => shape.includes(0))
      .map(({ name, shape }) => `${name} [${shape.join(', ')}]`);
    if (empty.length > 0)
      report('zero', { name: file.name, tensors: empty, all: tensors.length });
  },
});

/**
 * Whether AdaLoRA may have taken all ranks from a module: it saves such a module
 * with a dimension of 0, and PEFT loads it (tuners/adalora/model.py,
 * resize_state_dict_by_rank_pattern).
 */
async function isPruned({
  checkpoint,
  file,
}: WeightsFileSubject): Promise<boolean> {
  const own = checkpoint.adapters.find(({ weights }) => weights?.file === file);
  const config = await own?.config();
  if (!config?.ok) return false;
  const { peftType, hasRankPattern } = config.value;
  return peftType === 'ADALORA' && hasRankPattern;
}
