import { defineCheck } from '../../define-check.ts';
import { isPlaceholder } from '../../formats/content.ts';
import type { Content } from '../../formats/content.ts';
import type { WeightsFormat } from '../../layout/subjects.ts';
import {
  DOWNLOAD_AGAIN,
  NEVER_FILLED,
  PULL_LFS,
} from '../placeholder-advice.ts';
import { TORCH_UNPICKLING_ERROR } from '../weights-content.ts';
import { exactBytes } from '../wording.ts';

/** What every message knows of the file. */
interface File {
  readonly [key: string]: string | number;
  readonly name: string;
  readonly bytes: number;
  readonly format: WeightsFormat;
}

/** The first eight bytes of a text, taken as a length, are far beyond the limit. */
const textErrors = ({ format }: File) =>
  format === 'torch'
    ? // Which of the two depends on the first letters.
      [TORCH_UNPICKLING_ERROR, 'IndexError: pop from empty list']
    : [
        'Error while deserializing header: header too large',
        'Error while deserializing header: HeaderTooLarge',
      ];

export const weightsPlaceholder = defineCheck({
  altitude: 'weights',
  meta: {
    id: 'weights-placeholder',
    question: 'loads',
    severity: 'error',
    confidence: 'proven',
    title: 'Placeholder instead of weights',
    why: 'The name is that of a weights file, the content is not. Whoever checks only that the file exists is content with it.',
    fix: 'Find what wrote this file: a real save never writes such content.',
    since: '0.1.0',
  },
  messages: {
    empty: {
      text: ({ name }: File) => `${name} is an empty file of 0 bytes.`,
      fix: 'The write failed after the file was made: look for a full disk, a quota or a killed process in the training log, and save again.',
      loaderErrors: ({ format }) =>
        format === 'torch'
          ? ['EOFError']
          : [
              'Error while deserializing header: header too small',
              'Error while deserializing header: HeaderTooSmall',
            ],
    },
    zeros: {
      text: ({ name, bytes }: File) =>
        `${name} has its ${exactBytes(bytes)}, and they are zero wherever it was read (both ends, 64 KiB each).`,
      fix: `${NEVER_FILLED}, and save again.`,
      loaderErrors: ({ format }) =>
        format === 'torch'
          ? [
              'RuntimeError: Cannot use ``weights_only=True`` with files saved in the legacy .tar format.',
            ]
          : [
              'Error while deserializing header: invalid JSON in header: EOF while parsing a value',
              'Error while deserializing header: InvalidHeaderDeserialization',
            ],
    },
    lfsPointer: {
      text: ({ name, sizeBytes }: File & { sizeBytes: number }) =>
        `${name} is a Git LFS pointer. The weights that it stands for have ${exactBytes(sizeBytes)} and are not here.`,
      fix: PULL_LFS,
      loaderErrors: textErrors,
    },
    html: {
      text: ({ name, title }: File & { title: string }) =>
        `${name} is an HTML page${title === '' ? '' : ` ("${title}")`}.`,
      fix: DOWNLOAD_AGAIN,
      loaderErrors: textErrors,
    },
    xml: {
      text: ({ name, root }: File & { root: string }) =>
        `${name} is an XML document${root === '' ? '' : ` (<${root}>)`}.`,
      fix: DOWNLOAD_AGAIN,
      loaderErrors: textErrors,
    },
    json: {
      text: ({ name, error }: File & { error: string }) =>
        `${name} is a JSON document${error === '' ? '' : ` (error: ${error})`}.`,
      fix: DOWNLOAD_AGAIN,
      loaderErrors: textErrors,
    },
    text: {
      text: ({ name, bytes, firstLine }: File & { firstLine: string }) =>
        `${name} is a text of ${exactBytes(bytes)}: "${firstLine}".`,
      fix: 'A test stub or a mock wrote this file. Save the real model, and point the check at what the real run wrote.',
      loaderErrors: textErrors,
    },
  },
  async run({ subject: { file, format }, report }) {
    const content = await file.content();
    if (!isPlaceholder(content.kind)) return;
    const own = { name: file.name, bytes: file.sizeBytes, format };
    switch (content.kind) {
      case 'empty':
        return report('empty', own);
      case 'zero-filled':
        return report('zeros', own);
      case 'lfs-pointer':
        return report('lfsPointer', { ...own, sizeBytes: content.sizeBytes });
      case 'html':
        return report('html', { ...own, title: content.title ?? '' });
      case 'xml':
        return report('xml', { ...own, root: content.root ?? '' });
      case 'json':
        return report('json', { ...own, error: content.error ?? '' });
      case 'text':
        return report('text', { ...own, firstLine: lineOf(content) });
      default:
    }
  },
});

function lineOf(content: Extract<Content, { kind: 'text' }>): string {
  return content.isCapped ? `${content.firstLine}…` : content.firstLine;
}
