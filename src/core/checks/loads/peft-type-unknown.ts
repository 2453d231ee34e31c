import { defineCheck } from '../../define-check.ts';
import type { AdapterConfig } from '../../layout/adapter-config.ts';
import { findTypeRule } from '../../layout/peft/table.ts';
import { findRankRule } from '../../layout/peft-types.ts';

export const peftTypeUnknown = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'peft-type-unknown',
    question: 'loads',
    severity: 'warning',
    confidence: 'inferred',
    title: 'PEFT type unknown',
    why: 'PEFT 0.21.0 refuses a type that it does not know. Taken as: a newer PEFT, or a fork, knows it.',
    fix: 'Load it with the PEFT that saved it; if that is PEFT 0.21.0 or older, correct peft_type (it is written in capitals).',
    since: '0.1.0',
  },
  messages: {
    spelling: {
      text: ({ peftType }: { peftType: string }) =>
        `adapter_config.json names the type ${peftType}, which PEFT writes ${peftType.toUpperCase()}.`,
      severity: 'error',
      confidence: 'proven',
      why: 'PEFT looks the name up as it stands, and refuses the adapter.',
      fix: 'Write peft_type in capitals, or save again through model.save_pretrained(folder).',
      loaderErrors: ({ peftType }) => [`KeyError: '${peftType}'`],
    },
    unknown: {
      text: ({ peftType }: { peftType: string }) =>
        `adapter_config.json names the type ${peftType}, which PEFT 0.21.0 does not have.`,
      loaderErrors: ({ peftType }) => [`KeyError: '${peftType}'`],
    },
    untabled: {
      text: ({ peftType }: { peftType: string }) =>
        `This version does not know the keys of ${peftType}: which tensors PEFT would match, and whether their shapes fit, was not examined.`,
      severity: 'notice',
      confidence: 'proven',
      why: 'What was examined of the adapter are its files, formats, headers and configuration.',
      fix: 'Look in the output of PEFT, when it loads the adapter, for a warning about missing keys.',
    },
  },
  async run({ subject: { adapters }, report }) {
    for (const adapter of adapters) {
      const config = await adapter.config();
      const message = config?.ok ? messageOf(config.value) : null;
      if (!config?.ok || message === null) continue;
      const { peftType } = config.value;
      const path = adapter.configFile?.path ?? adapter.path;
      report(message, { peftType }, { path });
    }
  },
});

function messageOf({ peftType, isKnownType }: AdapterConfig) {
  if (isKnownType) return findTypeRule(peftType) === null ? 'untabled' : null;
  const isSpelling = findRankRule(peftType.toUpperCase()) !== null;
  return isSpelling ? 'spelling' : 'unknown';
}
