import { defineCheck } from '../../define-check.ts';
import {
  blockersOf,
  isOnThisMachine,
  moveCommand,
  resumableOf,
} from '../../layout/resume-advice.ts';
import { phaseWords, savePhaseOf } from '../../layout/save-phase.ts';
import type { CheckpointSubject } from '../../layout/subjects.ts';
import { listNames } from '../../wording.ts';
import { STATE_NOT_FOUND_ERRORS } from '../folder-names.ts';

/** Commands that are spelt out; the report lists all that there are. */
const COMMANDS_SHOWN = 3;

export const resumeBlocked = defineCheck({
  altitude: 'judged',
  meta: {
    id: 'resume-blocked',
    question: 'resumes',
    severity: 'warning',
    confidence: 'proven',
    title: 'Newest checkpoint in the way of a resume',
    why: 'get_last_checkpoint, which resume_from_checkpoint=True calls, takes the folder with the highest number without looking inside. So the resume fails, or begins anew, though an older checkpoint is whole.',
    fix: 'Move it out of the way, or name the older one yourself.',
    since: '0.1.0',
  },
  messages: {
    blocked: {
      text: ({
        blockers,
        from,
        phase,
      }: {
        blockers: string[];
        from: string;
        phase: string;
        commands: string[];
      }) =>
        `A resume takes ${blockers[0] ?? ''}, and training cannot go on from it${phase === '' ? '' : ` (${phase})`}${restWords(blockers)}. The newest that it can go on from is ${from}.`,
      fix: ({ commands, from }) =>
        commands.length === 0
          ? `Move it out of the way, to a name that does not begin with checkpoint-, or pass ${from} to resume_from_checkpoint.`
          : `Move it out of the way (${commands
              .slice(0, COMMANDS_SHOWN)
              .map((command) => `\`${command}\``)
              .join(', ')}), or pass ${from} to resume_from_checkpoint.`,
      loaderErrors: () => [
        "ValueError: Can't find a valid checkpoint at …",
        ...STATE_NOT_FOUND_ERRORS,
      ],
    },
  },
  run({ subject, report }) {
    const blockers = blockersOf(subject);
    const from = resumableOf(subject)?.checkpoint;
    const [first] = blockers;
    if (first === undefined || from === undefined) return;
    report(
      'blocked',
      {
        blockers: blockers.map(({ path }) => path),
        from: from.path,
        phase: phaseOf(first),
        commands: blockers.filter(isOnThisMachine).map(moveCommand),
      },
      { path: first.path },
    );
  },
});

function restWords([, ...others]: readonly string[]): string {
  if (others.length === 0) return '';
  return `, nor from ${listNames(others)}, which ${others.length === 1 ? 'comes' : 'come'} next`;
}

function phaseOf(checkpoint: CheckpointSubject): string {
  const phase = savePhaseOf(checkpoint);
  return phase === null ? '' : phaseWords(phase);
}
