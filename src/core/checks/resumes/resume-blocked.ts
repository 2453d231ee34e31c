import { defineCheck } from '../../define-check.ts';
import { findBlocked } from '../../layout/resume-advice.ts';
import { phaseWords, savePhaseOf } from '../../layout/save-phase.ts';
import type { CheckpointSubject } from '../../layout/subjects.ts';
import { formatNumber, listNames } from '../../wording.ts';

/** Commands that are spelt out; the report lists all that there are. */
const COMMANDS_SHOWN = 3;
/** What a sentence cannot show to the letter, so that it cannot be copied from there. */
const NOT_COPIED = / {2}|[`\p{C}\p{Zl}\p{Zp}]|::|##\[/u;

export const resumeBlocked = defineCheck({
  altitude: 'judged',
  meta: {
    id: 'resume-blocked',
    question: 'resumes',
    severity: 'warning',
    confidence: 'proven',
    title: 'Newest checkpoint in the way of a resume',
    why: 'What finds the newest checkpoint by itself takes the highest number without looking inside: a Trainer with resume_from_checkpoint=True, accelerate in load_state without a path. So the resume fails, or begins anew, though an older checkpoint is whole.',
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
          ? `Move it out of the way, to a name that does not begin with checkpoint, or name ${from} as the checkpoint to resume from.`
          : `Move it out of the way (${commandWords(commands)}), or name ${from} as the checkpoint to resume from.`,
    },
  },
  run({ subject, report }) {
    const blocked = findBlocked(subject);
    const first = blocked?.blockers[0];
    if (blocked === null || first === undefined) return;
    const { from, blockers, commands } = blocked;
    report(
      'blocked',
      {
        blockers: blockers.map(({ path }) => path),
        from: from.path,
        phase: phaseOf(first),
        commands: commands.filter((command) => !NOT_COPIED.test(command)),
      },
      { path: first.path },
    );
  },
});

function commandWords(commands: readonly string[]): string {
  const shown = commands
    .slice(0, COMMANDS_SHOWN)
    .map((command) => `\`${command}\``);
  const rest = commands.length - shown.length;
  return [
    shown.join(', '),
    ...(rest > 0 ? [`and ${formatNumber(rest)} more, in the report`] : []),
  ].join(' ');
}

function restWords([, ...others]: readonly string[]): string {
  if (others.length === 0) return '';
  return `, nor from ${listNames(others)}, which ${others.length === 1 ? 'comes' : 'come'} next`;
}

function phaseOf(checkpoint: CheckpointSubject): string {
  const phase = savePhaseOf(checkpoint);
  return phase === null ? '' : phaseWords(phase);
}
