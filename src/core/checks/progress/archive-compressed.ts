import { DEFLATED_HELD_MAX_BYTES } from '../../bytes/limits.ts';
import { defineCheck } from '../../define-check.ts';
import { formatBytes, formatCount } from '../../wording.ts';

const HELD = formatBytes(DEFLATED_HELD_MAX_BYTES);

export const archiveCompressed = defineCheck({
  altitude: 'target',
  meta: {
    id: 'archive-compressed',
    question: 'progress',
    severity: 'notice',
    confidence: 'proven',
    title: 'Compressed archive, of which less can be read',
    why: `A compressed file cannot be entered in the middle: of one above ${HELD} the start is read, or all of it in order. Torch files of that size are not checked, and values take longer.`,
    fix: 'Give actions/upload-artifact `compression-level: 0`. Weights hardly get smaller by compression, the upload is faster without, and every tensor can be read where it lies.',
    since: '0.1.0',
  },
  messages: {
    compressed: {
      text: ({ files, bytes }: { files: number; bytes: number }) =>
        `${formatCount(files, 'file')} of the archive ${files === 1 ? 'is' : 'are'} compressed, ${formatBytes(bytes)} in all.`,
    },
  },
  run({ subject: { archives }, report }) {
    for (const { path, facts } of archives) {
      const { deflatedFiles: files, deflatedBytes: bytes } = facts;
      // Below that nothing is lost by it.
      if (bytes > DEFLATED_HELD_MAX_BYTES)
        report('compressed', { files, bytes }, { path });
    }
  },
});
