import { defineCheck } from '../../define-check.ts';
import type { TorchStateDefect } from '../../formats/torch-state.ts';
import type { CheckpointSubject } from '../../layout/subjects.ts';
import { exactBytes } from '../wording.ts';

const WEIGHTS_ONLY = 'UnpicklingError: Weights only load failed.';
/** A global is a name from the file; what a report quotes of it need not be longer. */
const NAME_SHOWN = 100;

/** Whatever classes a loader takes, these end it. */
const BREAKS_ANY_LOADER: ReadonlySet<string> = new Set([
  'pickle-cut',
  'storage-missing',
  'storage-size',
]);

export const torchPickleRefused = defineCheck({
  altitude: 'weights',
  meta: {
    id: 'torch-pickle-refused',
    question: 'loads',
    severity: 'error',
    confidence: 'proven',
    title: 'Torch file that torch.load refuses for what its pickle says',
    why: 'Since torch 2.6 torch.load takes tensors and plain containers only (weights_only=True); PEFT, transformers and accelerate load so.',
    fix: 'Save the state dict alone: torch.save(model.state_dict(), …), or save_pretrained, which writes safetensors.',
    since: '0.1.0',
  },
  messages: {
    global: {
      text: ({ name, global }: { name: string; global: string }) =>
        `The pickle of ${name} refers to ${global}, which is none of what torch.load allows.`,
      loaderErrors: ({ global }) => [
        WEIGHTS_ONLY,
        `Unsupported global: GLOBAL ${global} was not an allowed global by default.`,
      ],
    },
    blockedGlobal: {
      text: ({ name, global }: { name: string; global: string }) =>
        `The pickle of ${name} refers to ${global}; torch.load refuses every name of that module. A state dict refers to nothing of the kind.`,
      fix: 'Find out who wrote this file before anything loads it with weights_only=False, and save the state dict alone.',
      loaderErrors: ({ global }) => [
        WEIGHTS_ONLY,
        `Trying to load unsupported GLOBAL ${global} whose module ${global.split('.')[0] ?? ''} is blocked.`,
      ],
    },
    opcode: {
      text: ({ name, code, at }: { name: string; code: number; at: number }) =>
        `The pickle of ${name} has the opcode ${code} at byte ${at}, which torch.load does not take. torch.save writes pickle protocol 2; another protocol has such opcodes.`,
      loaderErrors: ({ code }) => [WEIGHTS_ONLY, `Unsupported operand ${code}`],
    },
    structure: {
      text: ({ name, at }: { name: string; at: number }) =>
        `The pickle of ${name} asks at byte ${at} for what torch.load does for no state dict.`,
      loaderErrors: () => [WEIGHTS_ONLY],
    },
    broken: {
      text: ({ name, at }: { name: string; at: number }) =>
        `The pickle of ${name} is broken at byte ${at}: it goes on as no pickle can.`,
      why: 'The pickle says which tensors there are; with it broken nothing of the file can be loaded.',
      fix: 'Save again, and copy the file anew if it was copied.',
    },
    cut: {
      text: ({ name, at }: { name: string; at: number }) =>
        `The pickle of ${name} ends at byte ${at} before it is complete.`,
      why: 'The pickle says which tensors there are; with it cut nothing of the file can be loaded.',
      fix: 'Save again, and copy the file anew if it was copied.',
      loaderErrors: () => [
        'EOFError',
        'IndexError: index out of range',
        'struct.error: unpack requires a buffer of 4 bytes',
      ],
    },
    storageMissing: {
      text: ({ name, key }: { name: string; key: string }) =>
        `${name} lacks the values of a tensor: data/${key} is not in the archive.`,
      why: 'The pickle names the record that holds the values, and it is not there.',
      fix: 'Save again, and copy the file anew if it was copied.',
      loaderErrors: ({ key }) => [
        `PytorchStreamReader failed locating file data/${key}: file not found`,
      ],
    },
    storageSize: {
      text: ({
        name,
        key,
        expected,
        found,
      }: {
        name: string;
        key: string;
        expected: string;
        found: number;
      }) =>
        `In ${name}, data/${key} has ${exactBytes(found)}, its tensor takes ${expected} bytes.`,
      why: 'The values do not fill the tensor that the pickle describes, or are too many.',
      fix: 'Save again, and copy the file anew if it was copied.',
      loaderErrors: () => [
        'RuntimeError: record size (… bytes) does not match expected size (…',
      ],
    },
    outOfBounds: {
      text: ({
        name,
        key,
        shape,
      }: {
        name: string;
        key: string;
        shape: string;
      }) =>
        `In ${name}, a tensor of shape [${shape}] reaches beyond its values in data/${key}.`,
      why: 'torch puts tensors together from their values by offset, size and stride, and these do not fit.',
      fix: 'Save again, and copy the file anew if it was copied.',
      loaderErrors: () => [
        'RuntimeError: Trying to resize storage that is not resizable',
      ],
    },
    untyped: {
      text: ({ name }: { name: string }) =>
        `${name} holds a tensor of a type that torch writes to its legacy format and cannot read from there (float8, uint16 and others without a storage class).`,
      why: 'torch 2.13 saves such a file without a word and refuses it when it is loaded.',
      fix: 'Save again without _use_new_zipfile_serialization=False, or with save_pretrained, which writes safetensors.',
      loaderErrors: () => [
        "AttributeError: type object 'torch.storage.UntypedStorage' has no attribute 'dtype'",
      ],
    },
    gradient: {
      text: ({ name, key }: { name: string; key: string }) =>
        `In ${name}, a tensor with its values in data/${key} asks for a gradient, which torch refuses of its type.`,
      why: 'torch sets the gradient while it puts the tensor together, and cannot.',
      fix: 'Save detached tensors: state_dict() gives such.',
      loaderErrors: () => [
        'RuntimeError: a leaf Variable that requires grad is being used in an in-place operation',
        'RuntimeError: only Tensors of floating point and complex dtype can require gradients',
      ],
    },
  },
  async run({ subject, report: tell }) {
    const { file, format, checkpoint } = subject;
    if (format !== 'torch') return;
    const state = await file.torchState();
    if (state === null || state.ok) return;
    if (isAllowed(checkpoint, state.defect)) return;
    const { name } = file;
    // Whoever names a file may load it in another way.
    const severity = checkpoint.folder === null ? 'warning' : 'error';
    const { defect } = state;
    switch (defect.code) {
      case 'refused':
        break;
      case 'pickle-too-large':
      case 'legacy-protocol':
      case 'legacy-key':
      case 'legacy-count':
      case 'legacy-cut':
        return;
      case 'pickle-cut':
        return tell('cut', { name, at: defect.at });
      case 'storage-missing':
        return tell('storageMissing', { name, key: short(defect.key) });
      case 'storage-untyped':
        return tell('untyped', { name });
      case 'storage-size':
        return tell('storageSize', {
          name,
          key: short(defect.key),
          expected: defect.expectedBytes,
          found: defect.foundBytes,
        });
      case 'tensor-gradient':
        return tell('gradient', { name, key: short(defect.key) });
      case 'tensor-out-of-bounds':
        return tell('outOfBounds', {
          name,
          key: short(defect.key),
          shape: short(defect.shape.join(', ')),
        });
      default:
        return tell('broken', { name, at: defect.at });
    }
    const { refusal } = defect;
    switch (refusal.kind) {
      case 'opcode': {
        const { code, at } = refusal;
        return tell('opcode', { name, code, at }, {}, { severity });
      }
      case 'global':
      case 'blocked-global': {
        const message = refusal.kind === 'global' ? 'global' : 'blockedGlobal';
        const global = short(refusal.global);
        return tell(message, { name, global }, {}, { severity });
      }
      default:
        return tell('structure', { name, at: refusal.at }, {}, { severity });
    }
  },
});

/** Lightning loads its own files with weights_only=False, before 2.6 without being told. */
function isAllowed(
  { producer }: CheckpointSubject,
  { code }: TorchStateDefect,
): boolean {
  return producer === 'Lightning' && !BREAKS_ANY_LOADER.has(code);
}

function short(text: string): string {
  return text.slice(0, NAME_SHOWN);
}
