import { defineCheck } from '../../define-check.ts';

/**
 * Types whose trained prompts only the model classes of a task put before the input
 * (peft_model.py): without a task PeftModel asks the base alone. Measured with PEFT
 * 0.21.0, where POLY raises and the others give the output of the base.
 */
const NEEDS_TASK: readonly string[] = [
  'CARTRIDGE',
  'MULTITASK_PROMPT_TUNING',
  'POLY',
  'PREFIX_TUNING',
  'PROMPT_TUNING',
  'P_TUNING',
];

export const adapterTaskUnset = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'adapter-task-unset',
    question: 'loads',
    severity: 'error',
    confidence: 'proven',
    title: 'Adapter that needs a task has none',
    why: 'The classes of a task (PeftModelForCausalLM and its like) put the trained prompts before the input. Without task_type PEFT takes a class that does not, says nothing, and the model answers as the base.',
    fix: 'Put back the task_type of the training, such as "CAUSAL_LM".',
    since: '0.1.0',
  },
  messages: {
    unused: {
      text: ({ peftType }: { peftType: string }) =>
        `adapter_config.json has no task_type, without which PEFT does not use a ${peftType} adapter.`,
    },
  },
  async run({ subject, report }) {
    for (const adapter of subject.adapters) {
      const config = await adapter.config();
      if (!config?.ok) continue;
      const { peftType, fields } = config.value;
      const task = fields.get('task_type')?.kind ?? 'null';
      if (task !== 'null' || !NEEDS_TASK.includes(peftType)) continue;
      report(
        'unused',
        { peftType },
        { path: adapter.configFile?.path ?? adapter.path },
      );
    }
  },
});
