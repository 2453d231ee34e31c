import { defineCheck } from '../../define-check.ts';
import type { DcpMetadataDefect } from '../../formats/dcp-metadata.ts';
import type { JsonRecord } from '../../types.ts';
import { exactBytes } from '../wording.ts';

interface Data extends JsonRecord {
  readonly folder: string;
  readonly bytes: number;
  /** What Python's pickle says. */
  readonly words: string;
}

const loaderErrors = ({ words }: Data) => [
  `AssertionError: metadata is None; global metadata read failed: ${words}`,
];

export const dcpMetadataInvalid = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'dcp-metadata-invalid',
    question: 'resumes',
    severity: 'error',
    confidence: 'proven',
    title: 'Distributed checkpoint whose .metadata cannot be read',
    why: 'The file .metadata is the list of which tensor lies where in the files of the ranks. torch unpickles it before anything else; without it no value can be found.',
    fix: 'Copy .metadata again from where it was saved and compare the sizes; if it is the same there, resume from an older checkpoint.',
    since: '0.1.0',
  },
  messages: {
    cut: {
      text: ({ folder, bytes }: Data) =>
        bytes === 0
          ? `.metadata in ${folder} is empty.`
          : `.metadata in ${folder} ends after ${exactBytes(bytes)} in the middle of its pickle: it was cut off.`,
      loaderErrors,
    },
    damaged: {
      text: ({ folder, at }: Data & { at: number }) =>
        `.metadata in ${folder} is no pickle, or a damaged one: byte ${at} makes no sense.`,
      loaderErrors,
    },
    other: {
      text: ({ folder, found }: Data & { found: string }) =>
        `.metadata in ${folder} holds a ${found} of Python, not the metadata of a distributed checkpoint.`,
      loaderErrors,
    },
    noStorage: {
      text: ({ folder }: Data) =>
        `.metadata in ${folder} does not say in which file any of the values lies.`,
      loaderErrors: () => [
        'AssertionError: storage_data must not be None in metadata',
      ],
    },
  },
  async run({ subject: { sharded }, report }) {
    for (const one of sharded?.dcp ?? []) {
      const { name: folder, path: folderPath, fileNamed } = one;
      // torch goes on with the lists of the ranks where this one cannot be read.
      const read = one.hasRankMetadata ? null : await one.metadata();
      if (read === null || read.ok) continue;
      const { defect } = read;
      const file = fileNamed('.metadata');
      const where = { path: file?.path ?? folderPath };
      const bytes = file?.sizeBytes ?? 0;
      const data = { folder, bytes, words: wordsOf(defect, bytes) };
      switch (defect.code) {
        case 'pickle-cut':
          report('cut', data, where);
          break;
        case 'opcode-unknown':
        case 'stack-empty':
        case 'memo-empty':
          report('damaged', { ...data, at: defect.at }, where);
          break;
        case 'not-metadata':
          report('other', { ...data, found: defect.found }, where);
          break;
        case 'no-storage-data':
          report('noStorage', data, where);
          break;
        // Beyond what this tool reads, which says nothing about the file.
        case 'operand-invalid':
        case 'pickle-too-large':
        case 'pickle-left':
        case 'too-large':
        case 'not-known':
          break;
      }
    }
  },
});

/** CPython Modules/_pickle.c, as torch 2.13 passes it on. */
function wordsOf(
  defect: DcpMetadataDefect | { readonly code: 'too-large' },
  bytes: number,
): string {
  switch (defect.code) {
    case 'pickle-cut':
      return bytes === 0 ? 'Ran out of input' : 'pickle data was truncated';
    case 'opcode-unknown':
      return `invalid load key, '${keyOf(defect.byte)}'.`;
    case 'memo-empty':
      return 'Memo value not found at index';
    case 'not-metadata':
      return `'${defect.found}' object has no attribute 'storage_meta'`;
    default:
      return 'unpickling stack underflow';
  }
}

/** As Python writes a byte: itself where it can be printed. */
function keyOf(byte: number): string {
  const isPrinted = byte >= 0x20 && byte < 0x7f;
  return isPrinted
    ? String.fromCharCode(byte)
    : `\\x${byte.toString(16).padStart(2, '0')}`;
}
