import { formatMode } from '../../bytes/failure-words.ts';
import { SourceError } from '../../bytes/reader.ts';
import { defineCheck } from '../../define-check.ts';

export const weightsUnreadable = defineCheck({
  altitude: 'weights',
  meta: {
    id: 'weights-unreadable',
    question: 'loads',
    severity: 'warning',
    confidence: 'proven',
    title: 'Weights that this process may not open',
    why: 'What cannot be opened cannot be judged, and whatever loads the checkpoint as this user cannot open it either. safetensors 0.8 and later writes files of mode 0600, for the owner only.',
    fix: 'Run `chmod 644` on the file as its owner, or run this check as the user who trained.',
    since: '0.1.0',
  },
  messages: {
    denied: {
      text: (data: {
        name: string;
        mode: string;
        owner: string;
        reader: string;
      }) =>
        `${data.name} has mode ${data.mode} and belongs to ${data.owner}; this process runs as ${data.reader} and may not open it.`,
      fix: ({ name }) =>
        `Run \`chmod 644 ${name}\` as its owner, or run this check as the user who trained.`,
    },
    deniedUnknown: {
      text: ({ name, code }: { name: string; code: string }) =>
        `${name} may not be opened by this process (${code}).`,
    },
  },
  async run({ subject: { file }, report }) {
    try {
      await file.content();
    } catch (error) {
      if (error instanceof SourceError) reportDenied(file.name, error, report);
      // The engine notes what could not be read, for whatever reason.
      throw error;
    }
  },
});

function reportDenied(
  name: string,
  { code, permission }: SourceError,
  report: Report,
): void {
  if (code !== 'EACCES' && code !== 'EPERM') return;
  if (permission === null) return report('deniedUnknown', { name, code });
  const mode = formatMode(permission.mode);
  const { owner, reader } = permission;
  report('denied', { name, mode, owner, reader });
}

interface Report {
  (
    message: 'denied',
    data: { name: string; mode: string; owner: string; reader: string },
  ): void;
  (message: 'deniedUnknown', data: { name: string; code: string }): void;
}
