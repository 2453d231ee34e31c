import { defineCheck } from '../../define-check.ts';
import { formatBytes } from '../../wording.ts';

export const adapterConfigMissing = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'adapter-config-missing',
    question: 'loads',
    severity: 'error',
    confidence: 'proven',
    title: 'Adapter configuration missing',
    why: 'Without adapter_config.json PEFT does not know what the weights are, and refuses to load them. PEFT writes it after the weights, so the save may have been cut off between the two.',
    fix: 'Save through model.save_pretrained(folder). If a sibling checkpoint of the same run has its adapter_config.json, that file fits here too.',
    since: '0.1.0',
  },
  messages: {
    missing: {
      text: ({ weights, bytes }: { weights: string; bytes: number }) =>
        `${weights} (${formatBytes(bytes)}) is there, adapter_config.json is not.`,
      loaderErrors: () => [
        "ValueError: Can't find 'adapter_config.json' at '…'",
      ],
    },
  },
  run({ subject, report }) {
    for (const { configFile, weights, path } of subject.adapters)
      if (configFile === null && weights !== null)
        report(
          'missing',
          { weights: weights.file.name, bytes: weights.file.sizeBytes },
          { path },
        );
  },
});
