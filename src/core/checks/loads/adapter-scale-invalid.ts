import { defineCheck } from '../../define-check.ts';
import { findScaleFaults } from '../../layout/config-scale.ts';
import { listNames } from '../../wording.ts';

const VALUE_MESSAGES = {
  nan: 'notFinite',
  nothing: 'nothing',
  subtracted: 'subtracted',
  part: 'part',
  replaced: 'replaced',
} as const;

const EFFECT_WORDS = {
  nan: 'has no finite number for what was trained',
  nothing: 'multiplies by 0 what was trained',
  subtracted: 'subtracts what was trained',
} as const;

export const adapterScaleInvalid = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'adapter-scale-invalid',
    question: 'loads',
    severity: 'error',
    confidence: 'proven',
    title: 'Scale of the adapter without effect or not a number',
    why: 'PEFT multiplies what was trained by it, loads the adapter without a word, and the model answers as the base, or with no number at all.',
    fix: 'Put back the value of the training: a sibling checkpoint or the training configuration has it. Save the configuration of the live model, not one rebuilt from the shapes of the tensors.',
    since: '0.1.0',
  },
  messages: {
    nothing: {
      text: ({ field, found }: { field: string; found: string }) =>
        `adapter_config.json has ${field} = ${found}: nothing of what was trained reaches the output.`,
    },
    notFinite: {
      text: ({ field, found }: { field: string; found: string }) =>
        `adapter_config.json has ${field} = ${found}: the output of the model is no number.`,
    },
    subtracted: {
      text: ({ field, found }: { field: string; found: string }) =>
        `adapter_config.json has ${field} = ${found}: what was trained is subtracted instead of added.`,
      severity: 'warning',
      confidence: 'inferred',
      why: 'PEFT loads it without a word. Taken as: the training used a number above 0, as every trainer does.',
    },
    part: {
      text: ({ field, found }: { field: string; found: string }) =>
        `adapter_config.json has ${field} = ${found}: the low-rank part of what was trained counts for nothing, or is subtracted.`,
      severity: 'warning',
      confidence: 'inferred',
      why: 'PEFT loads it without a word. Taken as: the training used a number above 0.',
    },
    replaced: {
      text: ({ field, found }: { field: string; found: string }) =>
        `adapter_config.json has ${field} = ${found}, which is not above 0: PEFT takes the rank in its place.`,
      severity: 'warning',
      confidence: 'inferred',
      why: 'PEFT multiplies what was trained by it. Taken as: the training used a number above 0, as the trainers do.',
    },
    unset: {
      text: ({ field, peftType }: { field: string; peftType: string }) =>
        `adapter_config.json does not have ${field}; PEFT takes its default for ${peftType}.`,
      severity: 'warning',
      confidence: 'inferred',
      why: 'PEFT multiplies what was trained by it. Taken as: PEFT did not write this configuration, for it always writes the field, and the training may have used another value.',
    },
    patternPart: {
      text: ({ names, effect }: { names: string[]; effect: string }) =>
        `alpha_pattern ${effect} in modules named ${listNames(names)}.`,
      severity: 'warning',
      confidence: 'inferred',
      why: 'PEFT multiplies what was trained in a module by the value of the first name in alpha_pattern that fits it, and says nothing. Taken as: some module of the base has the name.',
    },
    patternNan: {
      text: ({ names }: { names: string[] }) =>
        `alpha_pattern has no finite number for modules named ${listNames(names)}: the output of the model is no number.`,
    },
    patternOfAll: {
      text: ({ names }: { names: string[] }) =>
        `alpha_pattern is 0 for every target (${listNames(names)}): nothing of what was trained reaches the output.`,
    },
  },
  async run({ subject, report }) {
    for (const adapter of subject.adapters) {
      const read = await adapter.config();
      if (!read?.ok) continue;
      const { peftType, fields } = read.value;
      const where = { path: adapter.configFile?.path ?? adapter.path };
      const meaning = await adapter.meaning();
      const modules = meaning?.keys.modules.keys() ?? [];
      for (const fault of findScaleFaults(peftType, fields, modules))
        switch (fault.kind) {
          case 'value': {
            const { field, found, effect } = fault;
            report(VALUE_MESSAGES[effect], { field, found }, where);
            break;
          }
          case 'unset':
            report('unset', { field: fault.field, peftType }, where);
            break;
          case 'pattern': {
            const names = [...fault.names];
            if (fault.effect === 'nan' && fault.isSure)
              report('patternNan', { names }, where);
            else
              report(
                'patternPart',
                { names, effect: EFFECT_WORDS[fault.effect] },
                where,
              );
            break;
          }
          case 'pattern of all':
            report('patternOfAll', { names: [...fault.names] }, where);
        }
    }
  },
});
