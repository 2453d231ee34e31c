import { defineCheck } from '../../define-check.ts';
import { findBlocked } from '../../layout/resume-advice.ts';
import {
  lastOfUnended,
  phaseWords,
  savePhaseOf,
  showsSave,
} from '../../layout/save-phase.ts';
import type { CheckpointSubject } from '../../layout/subjects.ts';
import { formatNumber, listNames } from '../../wording.ts';
import { SENTINEL } from '../folder-names.ts';

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
      fix: movingAway,
    },
    blockedPerhapsSave: {
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
        `A resume takes ${blockers[0] ?? ''}, and training cannot go on from it${restWords(blockers)}. The newest that it can go on from is ${from}. If ${blockers[0] ?? ''} is a save of the Trainer, ${phase}.`,
      confidence: 'inferred',
      why: 'What finds the newest checkpoint by itself takes the highest number without looking inside, as get_last_checkpoint does, which resume_from_checkpoint=True calls. So the resume fails, though an older checkpoint is whole. Taken as: the Trainer saved here, as at other steps; a folder that somebody made by hand is in the way all the same.',
      fix: movingAway,
    },
    unsound: {
      text: ({
        blockers,
        from,
      }: {
        blockers: string[];
        from: string;
        commands: string[];
      }) =>
        `A resume takes ${blockers[0] ?? ''}, and training should not go on from it (its weights are not sound, as an error tells)${restWords(blockers)}. The newest with sound weights is ${from}.`,
      why: 'What finds the newest checkpoint by itself takes the highest number without looking inside, as get_last_checkpoint does, which resume_from_checkpoint=True calls. Nothing fails: what is no number spreads to all that is trained and saved from there on, and of weights as before training the steps are lost.',
      fix: movingAway,
    },
  },
  run({ subject, report }) {
    const blocked = findBlocked(subject);
    const first = blocked?.blockers[0];
    if (blocked === null || first === undefined) return;
    const blockers = blocked.blockers.map(({ path }) => path);
    const from = blocked.from.path;
    const commands = blocked.commands.filter(
      (command) => !NOT_COPIED.test(command),
    );
    const where = { path: first.path };
    const phase = phaseOf(first);
    if (blocked.isUnsound)
      report('unsound', { blockers, from, commands }, where);
    else
      report(
        phase === '' || isSurelySave(first) ? 'blocked' : 'blockedPerhapsSave',
        { blockers, from, phase, commands },
        where,
      );
  },
});

function movingAway({
  commands,
  from,
}: {
  readonly commands: readonly string[];
  readonly from: string;
}): string {
  if (commands.length === 0)
    return `Move it out of the way, to a name that does not begin with checkpoint, or name ${from} as the checkpoint to resume from.`;
  return `Move it out of the way (${commandWords(commands)}), or name ${from} as the checkpoint to resume from.`;
}

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

/** Of what others may have made, too, it is assumed how it came to be. */
function isSurelySave(checkpoint: CheckpointSubject): boolean {
  return (
    showsSave(checkpoint) || checkpoint.folder?.files.has(SENTINEL) === true
  );
}

/** Only of a Trainer it is known in which order it writes. */
function phaseOf(checkpoint: CheckpointSubject): string {
  const phase =
    lastOfUnended(checkpoint) === null ? null : savePhaseOf(checkpoint);
  return phase === null ? '' : phaseWords(phase);
}
