import { defineCheck } from '../../define-check.ts';
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
  },
  async run({ subject: { adapters }, report }) {
    for (const adapter of adapters) {
      const config = await adapter.config();
      if (!config?.ok || config.value.isKnownType) continue;
      const { peftType } = config.value;
      const isSpelling = findRankRule(peftType.toUpperCase()) !== null;
      report(
        isSpelling ? 'spelling' : 'unknown',
        { peftType },
        { path: adapter.configFile?.path ?? adapter.path },
      );
    }
  },
});
