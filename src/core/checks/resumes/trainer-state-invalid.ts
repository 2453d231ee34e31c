import { NAMES_SHOWN } from '../../bytes/limits.ts';
import { defineCheck } from '../../define-check.ts';
import type { NoData } from '../../define-check.ts';
import type { JsonDefect } from '../../formats/json/types.ts';
import { readState } from '../../layout/newest-state.ts';
import type { TrainerStateDefect } from '../../layout/trainer-state.ts';
import { stepTakenInstead } from '../../layout/trainer-saves.ts';
import { formatNumber, listNames } from '../../wording.ts';
import { placeholderIn } from '../config-json.ts';
import { placeholderAdvice } from '../placeholder-advice.ts';
import { isBeyondOurs, jsonDefectWords } from '../json-words.ts';

const NOT_JSON = 'json.decoder.JSONDecodeError';

export const trainerStateInvalid = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'trainer-state-invalid',
    question: 'resumes',
    severity: 'error',
    confidence: 'proven',
    title: 'Trainer state that a Trainer does not take',
    why: 'A Trainer reads trainer_state.json when it resumes, before the first step, and stops with an error at what it cannot read. It is the last file of a save: one that is cut or empty means that the save did not end.',
    fix: 'Resume from the checkpoint before this one, and move this folder away: resume_from_checkpoint=True takes the highest step without looking inside. Its weights may be whole all the same.',
    since: '0.1.0',
  },
  messages: {
    notJson: {
      text: ({ words }: { words: string; loaderError: string }) =>
        `trainer_state.json ${words}.`,
      settles: true,
      loaderErrors: ({ loaderError }) => [loaderError],
    },
    placeholder: {
      text: ({ found }: { found: string }) =>
        `trainer_state.json is ${found}, not JSON.`,
      settles: true,
      fix: ({ found }) =>
        `${placeholderAdvice(found) ?? 'Put the real file in its place.'} Else resume from another checkpoint, and move this folder away.`,
      loaderErrors: () => [
        `${NOT_JSON}: Expecting value: line 1 column 1 (char 0)`,
      ],
    },
    notAnObject: {
      text: ({ type }: { type: string }) =>
        `trainer_state.json is JSON but not an object: Python reads it as \`${type}\`.`,
      settles: true,
      loaderErrors: ({ type }) => [
        `TypeError: transformers.trainer_callback.TrainerState() argument after ** must be a mapping, not ${type}`,
      ],
    },
    fieldInvalid: {
      text: ({
        field,
        found,
      }: {
        field: string;
        found: string | null;
        loaderError: string;
      }) =>
        found === null
          ? `trainer_state.json has no \`${field}\`, without which a Trainer cannot go on.`
          : `\`${field}\` of trainer_state.json is ${found}, of which a Trainer can make nothing.`,
      settles: true,
      loaderErrors: ({ loaderError }) => [loaderError],
    },
    stepUnset: {
      text: (_none: NoData) => 'trainer_state.json has no `global_step`.',
      severity: 'warning',
      settles: true,
      why: 'A Trainer that resumes takes 0 for it: it loads the weights and trains on them from the first batch on, for all steps, with the learning rate where the scheduler left it.',
      fix: 'Resume from a sibling that has it, or set `global_step` to the number of optimizer steps that these weights have seen.',
    },
    fieldUnknown: {
      text: ({ names, isCut }: { names: string[]; isCut: boolean }) =>
        `TrainerState has no field ${isCut ? manyNames(names) : listNames(names)}, of which trainer_state.json has a value.`,
      severity: 'warning',
      confidence: 'inferred',
      why: 'TrainerState takes every field as an argument and raises for one that it does not know. Taken as: what resumes is no newer than transformers 5.18, whose fields (those of 4.57, too) were compared.',
      fix: 'Resume with the version of transformers that saved, or take the field out of the file.',
      loaderErrors: ({ names }) => [
        `TypeError: TrainerState.__init__() got an unexpected keyword argument '${names[0] ?? ''}'`,
      ],
    },
  },
  async run({ subject, report }) {
    const file = subject.trainerState?.file;
    const state = await readState(subject);
    if (file === undefined || state === null) return;
    const where = { path: file.path };
    // Training goes on from another folder, and the weights here may be whole.
    const severity = stepTakenInstead(subject) === null ? 'error' : 'warning';
    if (!state.ok) {
      const { defect } = state;
      if (defect.code === 'not-object')
        report('notAnObject', { type: defect.type }, where, { severity });
      else if (!isBeyondOurs(defect)) {
        const found = await placeholderIn(file, defect);
        if (found === null)
          report('notJson', wordsOf(defect), where, { severity });
        else report('placeholder', { found }, where, { severity });
      }
      return;
    }
    const { refused, unknown, hasMoreUnknown, hasStep } = state.value;
    for (const one of refused)
      report('fieldInvalid', { ...one }, where, { severity });
    if (!hasStep) report('stepUnset', {}, where);
    if (unknown.length > 0)
      report(
        'fieldUnknown',
        { names: [...unknown], isCut: hasMoreUnknown },
        where,
      );
  },
});

/** Of more than are kept. */
function manyNames(names: readonly string[]): string {
  const shown = names.slice(0, NAMES_SHOWN);
  return `${shown.join(', ')} and more than ${formatNumber(names.length - shown.length)} others`;
}

function wordsOf(defect: Exclude<TrainerStateDefect, { code: 'not-object' }>) {
  const words = jsonDefectWords(defect);
  return { words, loaderError: loaderErrorOf(defect.code) };
}

/** As Python 3.12 puts it; where it says a place, that place is not ours. */
function loaderErrorOf(code: JsonDefect['code'] | 'too-large'): string {
  switch (code) {
    case 'empty':
      return `${NOT_JSON}: Expecting value: line 1 column 1 (char 0)`;
    case 'byte-order-mark':
      return `${NOT_JSON}: Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)`;
    case 'invalid-utf8':
      return "UnicodeDecodeError: 'utf-8' codec can't decode byte";
    case 'trailing':
      return `${NOT_JSON}: Extra data`;
    default:
      return NOT_JSON;
  }
}
