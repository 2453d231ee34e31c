import { defineCheck } from '../../define-check.ts';
import { oncePerRun } from '../../layout/once-per-run.ts';
import type { CheckpointSubject, ModelSet } from '../../layout/subjects.ts';

export const modelConfigMissing = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'model-config-missing',
    question: 'loads',
    severity: 'warning',
    confidence: 'inferred',
    title: 'Model configuration missing',
    why: 'from_pretrained needs config.json to build the model before it can load the weights.',
    fix: 'Save through model.save_pretrained(folder), and unwrap the model first if it is wrapped.',
    since: '0.1.0',
  },
  messages: {
    bare: {
      text: ({ weights }: { weights: string }) =>
        `${weights} is there, config.json is not: a bare state dict. Taken as: code of your own loads it, since a Trainer saves a model of its own class so ("only saving its state dict").`,
      fix: 'If from_pretrained is to load it, save through save_pretrained and unwrap the model first. Set `expect: model` to make this an error.',
    },
    lost: {
      text: ({ weights, proof }: { weights: string; proof: string }) =>
        `${weights} is there, config.json is not, though ${proof}.`,
      severity: 'error',
      confidence: 'proven',
      loaderErrors: () => [
        'ValueError: Unrecognized model in … Should have a `model_type` key in its config.json',
        'OSError: … does not appear to have a file named config.json',
      ],
    },
  },
  run({ subject, options, report }) {
    const { model } = subject;
    if (model?.configFile !== null || !model.needsConfig) return;
    const weights = weightsName(model);
    if (weights === null) return;
    const proof = proofOfConfig(subject, model, options.expect === 'model');
    if (proof !== null) report('lost', { weights, proof });
    // Beside an adapter it is what the adapter does not hold: TRL's value head.
    else if (subject.holds !== 'adapter') report('bare', { weights });
  },
});

function weightsName(model: ModelSet): string | null {
  return (
    model.single?.file.name ??
    model.indexFile?.name ??
    model.looseShards[0] ??
    null
  );
}

const stepWithConfig = oncePerRun((checkpoints) =>
  checkpoints.find(
    ({ isStepFolder, model }) => isStepFolder && model?.configFile != null,
  ),
);

/** What shows that a config.json belongs here; `null` for a bare state dict. */
function proofOfConfig(
  subject: CheckpointSubject,
  model: ModelSet,
  isModelExpected: boolean,
): string | null {
  if (isModelExpected) return 'a model was expected';
  if (model.hasGenerationConfig)
    return 'generation_config.json, which is written with it, is';
  // The root and an export (merged/) may be saved by other code than the steps.
  if (!subject.isStepFolder) return null;
  const sibling = stepWithConfig(subject);
  return sibling === undefined ? null : `${sibling.path} has one`;
}
