import { defineCheck } from '../../define-check.ts';
import { formatCount } from '../../wording.ts';
import { exactBytes } from '../wording.ts';

const CUT_FIX =
  'Look for a full disk, a quota or a killed process in the training log ("No space left on device", exit code 137), and save again; if the file was copied, copy it anew.';

export const torchLegacyIncomplete = defineCheck({
  altitude: 'weights',
  meta: {
    id: 'torch-legacy-incomplete',
    question: 'loads',
    severity: 'error',
    confidence: 'proven',
    title: 'Torch file of the legacy format that does not hold its values',
    why: 'The legacy format has no directory and no checksum: what tensors there are stands first, their values follow. Where these are not whole, torch.load refuses the file.',
    fix: CUT_FIX,
    since: '0.1.0',
  },
  messages: {
    cut: {
      text: ({ name, bytes, expected, storages, complete }: Cut) =>
        `${name} ends after ${exactBytes(bytes)} of ${exactBytes(expected)}: the values of ${complete} of ${formatCount(storages, 'storage')} are complete.`,
      loaderErrors: ({ missing }) => [
        `RuntimeError: unexpected EOF, expected ${missing} more bytes. The file might be corrupted.`,
      ],
    },
    count: {
      text: ({ name, key, expected, found }: Count) =>
        `In ${name}, storage ${key} is followed by ${found} elements, its tensors take ${expected} bytes.`,
      fix: 'Copy the file anew, or save it again: it is damaged between its values.',
      loaderErrors: () => ['RuntimeError: storage has wrong byte size'],
    },
    key: {
      text: ({ name, key }: { name: string; key: string }) =>
        `${name} announces values for storage ${key}, which none of its tensors has.`,
      fix: 'Copy the file anew, or save it again: its list of storages is damaged.',
      loaderErrors: () => ['not found in deserialized_objects'],
    },
    protocol: {
      text: ({ name, found }: { name: string; found: string }) =>
        `${name} is of protocol ${found} of torch's legacy format; there is only 1001.`,
      fix: 'Copy the file anew, or save it again: its start is damaged.',
      loaderErrors: () => ['RuntimeError: Invalid protocol version'],
    },
  },
  async run({ subject: { file, format }, report }) {
    if (format !== 'torch') return;
    const state = await file.torchState();
    if (state === null || state.ok) return;
    const { name } = file;
    const { defect } = state;
    switch (defect.code) {
      case 'legacy-cut':
        return report('cut', {
          name,
          bytes: defect.fileBytes,
          expected: defect.expectedBytes,
          storages: defect.storages,
          complete: defect.complete,
          missing: defect.missingBytes,
        });
      case 'legacy-count':
        return report('count', {
          name,
          key: short(defect.key),
          expected: defect.expectedBytes,
          found: defect.found,
        });
      case 'legacy-key':
        return report('key', { name, key: short(defect.key) });
      case 'legacy-protocol':
        return report('protocol', {
          name,
          found: short(defect.found ?? 'no number'),
        });
      default:
        return;
    }
  },
});

interface Cut {
  readonly [key: string]: string | number;
  readonly name: string;
  readonly bytes: number;
  readonly expected: number;
  readonly storages: number;
  readonly complete: number;
  readonly missing: number;
}

interface Count {
  readonly [key: string]: string;
  readonly name: string;
  readonly key: string;
  readonly expected: string;
  readonly found: string;
}

/** A key is a text from the file. */
function short(text: string): string {
  return text.slice(0, 100);
}
