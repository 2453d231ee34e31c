import { defineCheck } from '../../define-check.ts';

export const weightsBothFormats = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'weights-both-formats',
    question: 'loads',
    severity: 'notice',
    confidence: 'proven',
    title: 'Weights in both formats side by side',
    why: 'The loader takes the safetensors file, even where the other is newer. The other was not examined.',
    fix: 'Delete the file that is not meant.',
    since: '0.1.0',
  },
  messages: {
    both: {
      text: ({ taken, passedOver }: { taken: string; passedOver: string }) =>
        `${taken} and ${passedOver} lie side by side: the loader takes ${taken}.`,
    },
  },
  run({ subject: { adapters, model }, report }) {
    for (const { weights, passedOver, path } of adapters)
      if (weights !== null && passedOver !== null)
        report(
          'both',
          { taken: weights.file.name, passedOver: passedOver.name },
          { path },
        );
    const taken = model?.single?.file ?? model?.indexFile ?? null;
    if (model?.passedOver && taken !== null)
      report('both', { taken: taken.name, passedOver: model.passedOver.name });
  },
});
