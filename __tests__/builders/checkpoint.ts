import { safetensors } from './safetensors.ts';

const PROMPTS = { num_virtual_tokens: 4 };

/** By type, the fields that PEFT cannot do without. */
const NEEDED: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  ADALORA: { total_step: 10 },
  ADAPTION_PROMPT: { adapter_layers: 1, adapter_len: 4 },
  CARTRIDGE: PROMPTS,
  CPT: { ...PROMPTS, cpt_token_ids: [1, 2, 3, 4] },
  MULTITASK_PROMPT_TUNING: PROMPTS,
  OFT: { r: 0, oft_block_size: 4 },
  PREFIX_TUNING: PROMPTS,
  PROMPT_TUNING: PROMPTS,
  P_TUNING: PROMPTS,
};

/** An adapter_config.json of PEFT 0.21, as far as a reader of it looks. */
export function adapterConfig(
  fields: Readonly<Record<string, unknown>> = {},
): string {
  return JSON.stringify({
    base_model_name_or_path: 'tiny-org/tiny-llama',
    lora_alpha: 8,
    peft_type: 'LORA',
    r: 2,
    target_modules: ['q_proj'],
    task_type: 'CAUSAL_LM',
    ...NEEDED[String(fields['peft_type'])],
    ...fields,
  });
}

const PREFIX = 'base_model.model.model.layers.0.self_attn.q_proj';

/** The weights of a LoRA adapter of rank 2 on one module, as PEFT names them. */
export function adapterWeights(): Uint8Array {
  return safetensors({
    [`${PREFIX}.lora_A.weight`]: { shape: [2, 4] },
    [`${PREFIX}.lora_B.weight`]: { shape: [4, 2] },
  });
}

/** The two files of an adapter, below a folder. */
export function adapterFiles(folder = ''): Record<string, Uint8Array | string> {
  const below = folder === '' ? '' : `${folder}/`;
  return {
    [`${below}adapter_config.json`]: adapterConfig(),
    [`${below}adapter_model.safetensors`]: adapterWeights(),
  };
}

/** The files of a full model with a configuration, below a folder. */
export function modelFiles(folder = ''): Record<string, Uint8Array | string> {
  const below = folder === '' ? '' : `${folder}/`;
  return {
    [`${below}config.json`]: JSON.stringify({ model_type: 'llama' }),
    [`${below}model.safetensors`]: safetensors({
      'model.embed_tokens.weight': { shape: [8, 4] },
    }),
  };
}

/** An index of shards: tensor → file. */
export function shardIndex(
  weightMap: Readonly<Record<string, string>>,
  totalSize: unknown = 0,
) {
  return JSON.stringify({
    metadata: { total_size: totalSize },
    weight_map: weightMap,
  });
}
