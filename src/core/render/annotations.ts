import type { Finding, Report, Severity } from '../types.ts';
import { formatCount } from '../wording.ts';
import { escapeTerminal } from './escape.ts';

/** One annotation of the workflow run; the texts are escaped. */
export interface Annotation {
  readonly severity: Severity;
  readonly title: string;
  readonly message: string;
}

/**
 * The runner shows ten annotations of a type a step (ExecutionContext.cs,
 * `_maxCountPerIssueType`). The tenth error is the step's own failure, the tenth
 * warning the verdict `inconclusive` that lets the step go on.
 */
const MAX_PER_SEVERITY: Readonly<Record<Severity, number>> = {
  error: 9,
  warning: 9,
  notice: 10,
};
/** The runner cuts a message here. */
const MAX_CHARACTERS = 4096;

/**
 * The findings as annotations: one for each check at each place, and where there
 * are more than the runner shows, a last one that counts the others.
 *
 * @param allIn where all of them are to be read
 */
export function renderAnnotations(
  report: Report,
  allIn: string,
): readonly Annotation[] {
  return (['error', 'warning', 'notice'] as const).flatMap((severity) =>
    limited(
      severity,
      report.findings.filter((finding) => finding.severity === severity),
      allIn,
    ),
  );
}

function limited(
  severity: Severity,
  findings: readonly Finding[],
  allIn: string,
): Annotation[] {
  const max = MAX_PER_SEVERITY[severity];
  if (findings.length <= max) return findings.map(annotation);
  const shown = findings.slice(0, max - 1);
  const rest = formatCount(findings.length - shown.length, `more ${severity}`);
  return [
    ...shown.map(annotation),
    {
      severity,
      title: 'Checkpoint Gate',
      message: `${rest}: see ${allIn}.`,
    },
  ];
}

function annotation({
  severity,
  check,
  where,
  text,
  fix,
}: Finding): Annotation {
  return {
    severity,
    title: escapeTerminal(`${check}: ${where.path}`, 200),
    // Cut again: what is invisible grows when it is shown.
    message: escapeTerminal(`${text} ${fix}`, MAX_CHARACTERS - 100).slice(
      0,
      MAX_CHARACTERS,
    ),
  };
}
