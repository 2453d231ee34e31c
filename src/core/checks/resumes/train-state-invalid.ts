import { defineCheck } from '../../define-check.ts';
import type { NoData } from '../../define-check.ts';
import { readTrainState, TRAIN_STATE } from '../../layout/train-state.ts';
import { isBeyondOurs, jsonDefectWords } from '../json-words.ts';

export const trainStateInvalid = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'train-state-invalid',
    question: 'resumes',
    severity: 'error',
    confidence: 'proven',
    title: 'train_state.json of sd-scripts cannot be used',
    why: 'With --resume, sd-scripts reads the step from train_state.json before it loads anything else, and stops where it cannot.',
    fix: 'Write {"current_epoch": E, "current_step": N} with the numbers from the log into train_state.json, or resume from an older state.',
    since: '0.1.0',
  },
  messages: {
    notJson: {
      text: ({ words }: { words: string }) => `train_state.json ${words}.`,
      loaderErrors: () => ['json.decoder.JSONDecodeError: …'],
    },
    notObject: {
      text: (_: NoData) =>
        'train_state.json is JSON but not an object with current_step.',
      loaderErrors: () => [
        'TypeError: list indices must be integers or slices, not str',
      ],
    },
    noStep: {
      text: (_: NoData) => 'train_state.json has no current_step.',
      loaderErrors: () => ["KeyError: 'current_step'"],
    },
    notNumber: {
      text: ({ found }: { found: string }) =>
        `current_step in train_state.json is no number but a ${found} of Python.`,
      loaderErrors: ({ found }) => [
        `TypeError: '>' not supported between instances of '${found}' and 'int'`,
      ],
    },
    startsOver: {
      text: ({ step }: { step: string }) =>
        `current_step in train_state.json is ${step}.`,
      severity: 'warning',
      confidence: 'inferred',
      why: 'With --resume, sd-scripts then counts from step 0 again and says nothing. Taken as: a state is saved after the first step, so that no step lies before it.',
    },
  },
  async run({ subject, report }) {
    const isKohyas = subject.producer === 'kohya state';
    const file = isKohyas ? subject.fileNamed(TRAIN_STATE) : null;
    if (file === null) return;
    const where = { path: file.path };
    const state = await readTrainState(file);
    if (state.ok) {
      const { currentStep } = state.value;
      // NaN is no number above 0 either.
      if (currentStep === null || !(currentStep > 0))
        report('startsOver', { step: String(currentStep) }, where);
      return;
    }
    const { defect } = state;
    switch (defect.code) {
      case 'not-object':
        return report('notObject', {}, where);
      case 'no-step':
        return report('noStep', {}, where);
      case 'step-not-number':
        return report('notNumber', { found: defect.found }, where);
      default:
        if (isBeyondOurs(defect)) return;
        report('notJson', { words: jsonDefectWords(defect) }, where);
    }
  },
});
