import { defineCheck } from '../../define-check.ts';
import type { NoData } from '../../define-check.ts';
import { formatCount, listNames } from '../../wording.ts';

const NO_METADATA_ERRORS = [
  'CheckpointException: CheckpointException ranks:dict_keys([0])',
  "AssertionError: metadata is None; global metadata read failed: [Errno 2] No such file or directory: '…/.metadata'",
];

export const dcpMetadataMissing = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'dcp-metadata-missing',
    question: 'resumes',
    severity: 'error',
    confidence: 'proven',
    title: 'Distributed checkpoint that was not completed',
    why: 'torch writes .metadata, the list of which tensor lies where, as the last file of a distributed checkpoint and under a temporary name first. Without it nothing in the folder can be read.',
    fix: 'Resume from an older checkpoint. If every rank wrote to a disk of its own, bring all files into one folder; if the folder came through an artifact, upload with `include-hidden-files: true`, since names that begin with a dot are dropped otherwise.',
    since: '0.1.0',
  },
  messages: {
    missing: {
      inUpload:
        'Or the file was there and the upload left it out: actions/upload-artifact drops names that begin with a dot.',
      text: ({ folder, names }: { folder: string; names: string[] }) =>
        `${folder} holds ${formatCount(names.length, 'file')} of ranks (${listNames(names)}) and no .metadata.`,
      loaderErrors: () => NO_METADATA_ERRORS,
    },
    temporary: {
      text: ({ folder }: { folder: string }) =>
        `${folder} holds .metadata.tmp and no .metadata: the save ended while its last file was written.`,
      loaderErrors: () => NO_METADATA_ERRORS,
    },
    empty: {
      text: (_: NoData) =>
        'The folder was made for shards of a distributed save and holds none.',
      why: 'The save ended before any rank wrote its part.',
    },
    dataMissing: {
      text: ({ folder }: { folder: string }) =>
        `${folder} holds .metadata, and none of the .distcp files that it lists.`,
      why: 'The values of all tensors are in the .distcp files.',
      fix: 'Copy the .distcp files of all ranks too, or resume from another checkpoint.',
      loaderErrors: () => [
        "FileNotFoundError: [Errno 2] No such file or directory: '….distcp'",
      ],
    },
  },
  run({ subject: { sharded }, report }) {
    for (const one of sharded?.dcp ?? []) {
      const { name, path, dataFiles, hasMetadata, hasTemporary } = one;
      const folder = name;
      if (hasMetadata) {
        if (dataFiles.length === 0) report('dataMissing', { folder }, { path });
      } else if (hasTemporary) report('temporary', { folder }, { path });
      else if (dataFiles.length > 0)
        report('missing', { folder, names: [...dataFiles] }, { path });
      else report('empty', {}, { path });
    }
  },
});
