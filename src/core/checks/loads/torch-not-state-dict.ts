import { NAMES_SHOWN } from '../../bytes/limits.ts';
import { defineCheck } from '../../define-check.ts';
import { formatCount } from '../../wording.ts';

interface Named {
  readonly [key: string]: string | number | readonly string[];
  readonly name: string;
  readonly count: number;
  /** The first of them, as the file names them. */
  readonly names: readonly string[];
}

const STATE_DICT_ALONE =
  'Save the state dict alone: torch.save(model.state_dict(), …), or save_pretrained, which writes safetensors.';

export const torchNotStateDict = defineCheck({
  altitude: 'weights',
  meta: {
    id: 'torch-not-state-dict',
    question: 'loads',
    severity: 'error',
    confidence: 'proven',
    title: 'Torch file that holds something else than a state dict',
    why: 'torch.load takes the file; PEFT and transformers then look for tensors by name in a dict, and for nothing below it.',
    fix: STATE_DICT_ALONE,
    since: '0.1.0',
  },
  messages: {
    notDict: {
      text: ({ name, type }: { name: string; type: string }) =>
        `${name} holds a Python object of type ${type} where a dict of tensors by name is due.`,
      loaderErrors: ({ type }) => [
        `AttributeError: '${type}' object has no attribute`,
        `TypeError: '${type}' object is not iterable`,
        'cannot convert dictionary update sequence element',
        'ValueError: dictionary update sequence element',
      ],
    },
    nested: {
      text: ({ name, count, names }: Named) =>
        `${name} holds ${formatCount(count, 'tensor')}, none of them by its own name: they lie deeper (${list(names, count)}).`,
      why: 'PEFT finds none of its keys and loads such a file with a warning at most, so the model answers as the base model does; transformers starts every weight at random.',
      fix: 'Save what lies under that key by itself: torch.save(checkpoint["state_dict"], …).',
      loaderErrors: () => [
        'UserWarning: Found missing adapter keys while loading the checkpoint',
      ],
    },
    keys: {
      text: ({ name, count }: { name: string; count: number }) =>
        `${name} holds a dict with ${formatCount(count, 'key')} that ${count === 1 ? 'is' : 'are'} no text; a state dict has names only.`,
      loaderErrors: () => [
        "AttributeError: 'int' object has no attribute 'endswith'",
        "AttributeError: 'int' object has no attribute 'split'",
      ],
    },
    noData: {
      text: ({ name, count, names }: Named) =>
        `${name} holds ${formatCount(count, 'tensor')} without any values (${list(names, count)}): they were on torch's meta device when they were saved.`,
      why: 'A tensor on the meta device has a shape and nothing else; what training made of it was not saved.',
      fix: 'Bring the weights to a real device before saving (gather or materialise them), and save again.',
      loaderErrors: () => [
        'RuntimeError: Error(s) in loading state_dict',
        'NotImplementedError: Cannot copy out of meta tensor; no data!',
      ],
    },
    sparse: {
      text: ({ name, count, names }: Named) =>
        `${name} holds ${formatCount(count, 'sparse tensor')} (${list(names, count)}), which no loader of adapters or models copies into a weight.`,
      why: 'PEFT and transformers copy dense tensors only, and refuse the file.',
      fix: 'Save dense tensors: tensor.to_dense().',
      loaderErrors: () => [
        'RuntimeError: Error(s) in loading state_dict',
        'NotImplementedError: Cannot access storage of SparseTensorImpl',
      ],
    },
  },
  async run({ subject: { file, format, role }, report }) {
    // Other producers load what they saved in their own way.
    if (format !== 'torch' || role === 'loose') return;
    const state = await file.torchState();
    if (!state?.ok || state.value.unknown !== null) return;
    const { root, tensors, inner, oddKeys } = state.value;
    const { name } = file;
    if (root !== 'dict') return report('notDict', { name, type: root });
    if (oddKeys > 0) return report('keys', { name, count: oddKeys });
    if (tensors.length === 0 && inner.length > 0)
      return report('nested', { name, ...countOf(inner) });
    const empty = tensors.filter(({ form }) => form === 'meta');
    if (empty.length > 0) report('noData', { name, ...countOf(empty) });
    const sparse = tensors.filter(({ form }) => form === 'sparse');
    if (sparse.length > 0) report('sparse', { name, ...countOf(sparse) });
  },
});

function countOf(tensors: readonly { readonly name: string }[]) {
  const names = tensors.slice(0, NAMES_SHOWN).map((tensor) => tensor.name);
  return { count: tensors.length, names };
}

function list(names: readonly string[], count: number): string {
  return names.join(', ') + (count > names.length ? ', …' : '');
}
