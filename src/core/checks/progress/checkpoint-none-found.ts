import type { ArchiveFacts } from '../../bytes/archive.ts';
import { defineCheck } from '../../define-check.ts';
import { formatCount, listNames } from '../../wording.ts';
import { UPLOAD_LOSSES } from '../wording.ts';

/** As many as help to find what was misspelt. */
const ARTIFACTS_SHOWN = 20;

/** Whether a finding about the archive says why there are no files. */
function isToldElsewhere({ defect, faults }: ArchiveFacts, files: number) {
  const hasUnsafe = faults.some(({ code }) => code === 'unsafe-name');
  return defect !== null || (files === 0 && hasUnsafe);
}

export const checkpointNoneFound = defineCheck({
  altitude: 'target',
  meta: {
    id: 'checkpoint-none-found',
    question: 'progress',
    severity: 'error',
    confidence: 'proven',
    title: 'No checkpoint where one was named',
    why: 'The job was to leave checkpoints there. With none, the training is lost when the machine goes.',
    fix: 'Compare the path with the output_dir of the training, and search its log for errors at save time.',
    since: '0.1.0',
  },
  messages: {
    absent: {
      text: ({ named }: { named: string }) =>
        `Nothing exists at ${named}, or nothing matches it.`,
    },
    absentArtifact: {
      text: ({ named, there }: { named: string; there: string[] }) =>
        there.length === 0
          ? `No artifact is named ${named}: there is none at all.`
          : `No artifact is named ${named}, or matches it. There ${there.length === 1 ? 'is' : 'are'}: ${listNames(there, ARTIFACTS_SHOWN)}.`,
      why: 'What the job was to upload cannot be judged. With a misspelt name it was perhaps uploaded under another.',
      fix: 'Compare with the `name` of the upload step, and look whether that step ran before this one.',
    },
    none: {
      inUpload: UPLOAD_LOSSES,
      text: ({ files }: { named: string; files: number }) =>
        files === 0
          ? 'There is no file at this path or below it.'
          : `${files === 1 ? 'The one file' : `None of the ${formatCount(files, 'file')}`} at this path or below it belongs to ${files === 1 ? 'no' : 'a'} checkpoint of a known producer.`,
    },
    unknownWeights: {
      inUpload: UPLOAD_LOSSES,
      text: ({ names }: { names: string[] }) =>
        `There is no checkpoint of a known producer, only ${formatCount(names.length, 'file')} under a name that no loader known here looks for: ${listNames(names)}.`,
      fix: 'Save through save_pretrained or a Trainer, or name the weights file itself as the path.',
    },
    leftovers: {
      text: ({ names }: { names: string[] }) =>
        `There is no checkpoint, only what a save left that did not end: ${listNames(names)}.`,
      fix: 'Search the log for the signal or error that ended the process while it saved, and save again.',
    },
  },
  run({ subject, report }) {
    const { named, files, unknownWeights, leftovers } = subject;
    const { there, isNamed, archives } = subject;
    if (subject.checkpoints > 0 || subject.hasGaps || !isNamed) return;
    // What has no list of files is reported for that.
    if (archives.some(({ facts }) => isToldElsewhere(facts, files))) return;
    if (subject.isAbsent && there !== null)
      report('absentArtifact', { named, there: [...there] });
    else if (subject.isAbsent) report('absent', { named });
    else if (leftovers.length > 0)
      report('leftovers', { names: [...leftovers] });
    else if (unknownWeights.length > 0)
      report('unknownWeights', { names: [...unknownWeights] });
    else report('none', { named, files });
  },
});
