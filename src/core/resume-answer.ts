import type { Answer, Finding } from './types.ts';

/**
 * Checks of what `from_pretrained` reads and a resume does not: a Trainer loads the
 * weights into the adapter that the script made (transformers trainer.py,
 * `_load_from_checkpoint`; PEFT reads the configuration of a new adapter only).
 */
const UNREAD_BY_RESUME: ReadonlySet<string> = new Set([
  'adapter-config-invalid',
  'adapter-config-missing',
  'adapter-scale-invalid',
  'adapter-switch-not-boolean',
  'adapter-task-unset',
  'base-model-unnamed',
  'checkpoint-kind-unexpected',
  // Of config.json the version alone, where it is there.
  'model-config-missing',
  'peft-type-unknown',
]);

/**
 * The answer to `resumes`, given what its own checks say: training cannot go on from
 * weights that do not load, and it is not known whether it can from weights that were
 * not looked at.
 *
 * @param scope why it is not asked; `null` where it is
 */
export function resumeAnswer(
  own: Answer,
  loads: Answer,
  { findings, scope }: { findings: readonly Finding[]; scope: string | null },
): Answer {
  if (own.value === 'no') return own;
  if (scope !== null) return { value: 'not applicable', reason: scope };
  if (loads.value === 'no' && findings.some(breaksResume))
    return { value: 'no' };
  const isOpen = loads.value === 'not checked' && own.value !== 'not checked';
  return isOpen ? loads : own;
}

function breaksResume({ question, severity, check }: Finding): boolean {
  return (
    question === 'loads' && severity === 'error' && !UNREAD_BY_RESUME.has(check)
  );
}
