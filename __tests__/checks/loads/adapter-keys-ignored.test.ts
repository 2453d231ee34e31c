import { adapterKeysIgnored } from '../../../src/core/checks/loads/adapter-keys-ignored.ts';
import { adapterOfKeys, loraKeys, PREFIX } from '../../builders/adapter.ts';
import { adapterConfig, adapterFiles } from '../../builders/checkpoint.ts';
import { testCheck } from '../../helpers/test-check.ts';

const module = (layer: number, name = 'q_proj') =>
  `model.layers.${layer}.self_attn.${name}`;

const GOOD = [...loraKeys(PREFIX + module(0)), ...loraKeys(PREFIX + module(1))];
const head = (name: string) => [...GOOD, `${PREFIX}${name}`];
const bare = (keys: readonly string[]) =>
  keys.map((key) => key.slice(PREFIX.length));

testCheck(adapterKeysIgnored, {
  clean: {
    'a healthy adapter': adapterFiles(),
    'a head that modules_to_save names': adapterOfKeys(head('lm_head.weight'), {
      modules_to_save: ['lm_head'],
    }),
    'a head that PEFT saves by the task': adapterOfKeys(head('score.weight'), {
      task_type: 'SEQ_CLS',
    }),
    'embeddings, saved because the vocabulary grew': adapterOfKeys(
      head('model.embed_tokens.weight'),
    ),
    'biases that `bias` names': adapterOfKeys(head(`${module(0)}.bias`), {
      bias: 'all',
    }),
    'tokens that are trained': adapterOfKeys(
      head('model.embed_tokens.token_adapter.trainable_tokens_delta'),
      { trainable_token_indices: [1, 2] },
    ),
    DoRA: adapterOfKeys(
      [...GOOD, `${PREFIX}${module(0)}.lora_magnitude_vector`],
      {
        use_dora: true,
      },
    ),
    'biases of B': adapterOfKeys(
      [...GOOD, `${PREFIX}${module(0)}.lora_B.bias`],
      {
        lora_bias: true,
      },
    ),
    'embeddings and convolutions': adapterOfKeys(
      [
        `${PREFIX}model.embed_tokens.lora_embedding_A`,
        `${PREFIX}model.embed_tokens.lora_embedding_B`,
        ...loraKeys(`${PREFIX}conv.0`),
      ],
      { target_modules: ['embed_tokens', 'conv.0'] },
    ),
    'a module that target_modules names by its end': adapterOfKeys(GOOD, {
      target_modules: ['self_attn.q_proj'],
    }),
    'a pattern for target_modules': adapterOfKeys(GOOD, {
      target_modules: String.raw`.*\.layers\.[01]\..*(?:q|v)_proj`,
    }),
    'a pattern that is not followed': adapterOfKeys(GOOD, {
      target_modules: String.raw`(?!lm_head).*_other`,
    }),
    'all-linear': adapterOfKeys(GOOD, { target_modules: 'all-linear' }),
    'no target_modules: those of the architecture': adapterOfKeys(GOOD, {
      target_modules: null,
    }),
    'layers that are chosen': adapterOfKeys(GOOD, {
      layers_to_transform: [0, 1],
    }),
    'parameters of experts': adapterOfKeys(
      [
        ...loraKeys(`${PREFIX}model.layers.0.mlp.experts.base_layer`),
        ...loraKeys(`${PREFIX}model.layers.0.mlp.experts`),
      ],
      {
        target_modules: [],
        target_parameters: [
          'mlp.experts.gate_up_proj',
          'mlp.experts.down_proj',
        ],
      },
    ),
    'a prompt': adapterOfKeys(['prompt_embeddings'], {
      peft_type: 'PROMPT_TUNING',
    }),
    'a type that the table lacks': adapterOfKeys(['any.key'], {
      peft_type: 'XLORA',
    }),
    'weights that cannot be read': {
      'adapter_config.json': adapterConfig(),
      'adapter_model.safetensors': 'text',
    },
  },
  found: {
    'a second parameter of experts that the configuration does not target': {
      files: adapterOfKeys(
        [
          ...loraKeys(`${PREFIX}model.layers.0.mlp.experts.base_layer`),
          ...loraKeys(`${PREFIX}model.layers.0.mlp.experts`),
        ],
        { target_modules: [], target_parameters: ['mlp.experts.down_proj'] },
      ),
      expect: [{ message: 'untargeted', text: /^2 of 4 tensors belong/ }],
    },
    'an embedding where all linear modules are targeted': {
      files: adapterOfKeys(
        [
          ...GOOD,
          `${PREFIX}model.embed_tokens.lora_embedding_A`,
          `${PREFIX}model.embed_tokens.lora_embedding_B`,
        ],
        { target_modules: 'all-linear' },
      ),
      expect: [{ message: 'untargeted', text: /embed_tokens/ }],
    },
    'no key with the prefix': {
      files: adapterOfKeys(bare(GOOD)),
      expect: [
        {
          message: 'none',
          severity: 'error',
          path: 'run/adapter_model.safetensors',
          text: /^None of 4 tensors is where PEFT looks for a parameter of LORA: model\.layers.*\. They do not begin with base_model\.model\.$/,
        },
      ],
    },
    'a wrapper in every key': {
      files: adapterOfKeys(
        GOOD.map((key) => key.replace('base_model.model.', '$&_orig_mod.')),
      ),
      expect: [{ message: 'none', text: /They carry the name of a wrapper/ }],
    },
    'the adapter name in every key': {
      files: adapterOfKeys(
        GOOD.map((key) => key.replace('.weight', '.mine.weight')),
      ),
      expect: [{ message: 'none', text: /They carry the adapter's name/ }],
    },
    'a full model': {
      files: adapterOfKeys([
        `${PREFIX}model.norm.weight`,
        `${PREFIX}${module(0)}.base_layer.weight`,
      ]),
      expect: [{ message: 'none', text: /those of whole modules/ }],
    },
    'names of no type': {
      files: adapterOfKeys([`${PREFIX}${module(0)}.lora_X.weight`]),
      expect: [{ message: 'none', text: /has no parameter of such a name/ }],
    },
    'parameters of another type': {
      files: adapterOfKeys(GOOD, { peft_type: 'IA3' }),
      expect: [
        {
          message: 'otherType',
          severity: 'error',
          text: /^The configuration says IA3, the 4 tensors are those of .*LORA/,
        },
      ],
    },
    'experts that transformers may mend': {
      files: adapterOfKeys(
        bare(loraKeys(`${PREFIX}model.layers.0.mlp.experts`)),
        {
          target_parameters: ['mlp.experts.gate_up_proj'],
        },
      ),
      expect: [{ message: 'prefix', severity: 'warning' }],
    },
    'one key without the prefix': {
      files: adapterOfKeys([
        ...GOOD,
        ...bare(loraKeys(PREFIX + module(2))).slice(0, 1),
      ]),
      expect: [
        {
          message: 'prefix',
          severity: 'warning',
          text: /^1 of 5 tensors does not begin with base_model\.model\.: /,
        },
      ],
    },
    'wrappers in some keys': {
      files: adapterOfKeys([
        ...GOOD,
        ...loraKeys(`${PREFIX}model.layers.2._fsdp_wrapped_module.q_proj`),
      ]),
      expect: [
        { message: 'wrapper', text: /^2 of 6 tensors carry the name of a/ },
      ],
    },
    'the module of DataParallel': {
      files: adapterOfKeys([
        ...GOOD,
        ...loraKeys(`${PREFIX}module.${module(2)}`),
      ]),
      expect: [{ message: 'wrapper' }],
    },
    'the name of an adapter in some keys': {
      files: adapterOfKeys([
        ...GOOD,
        `${PREFIX}${module(2)}.lora_A.mine.weight`,
      ]),
      expect: [
        {
          message: 'adapterName',
          text: /^1 of 5 tensors carries the adapter's name mine, which/,
        },
      ],
    },
    'the name default in all keys': {
      files: adapterOfKeys(
        GOOD.map((key) => key.replace('.weight', '.default$&')),
      ),
      expect: [{ message: 'defaultName', severity: 'warning' }],
    },
    'the name default in keys of TinyLoRA': {
      files: adapterOfKeys(['base_model.tinylora_v.0.default'], {
        peft_type: 'TINYLORA',
      }),
      expect: [{ message: 'defaultLost', severity: 'error' }],
    },
    'a prompt on another module than the configuration names': {
      files: adapterOfKeys(
        [
          `${PREFIX}model.layers.0.attn.adaption_gate`,
          `${PREFIX}model.layers.0.attn.adaption_prompt`,
        ],
        { peft_type: 'ADAPTION_PROMPT', target_modules: 'self_attn' },
      ),
      expect: [{ message: 'noneTargeted' }],
    },
    'one key misspelt': {
      files: adapterOfKeys([...GOOD, `${PREFIX}${module(2)}.lora_C.weight`]),
      expect: [
        {
          message: 'unknown',
          text: /^1 of 5 tensors has a name that no parameter of LORA has: /,
        },
      ],
    },
    'a whole module that nothing saves': {
      files: adapterOfKeys(head('model.norm.weight')),
      expect: [
        { message: 'whole', text: /^1 of 5 tensors is one of whole modules/ },
      ],
    },
    'DoRA that is not switched on': {
      files: adapterOfKeys([
        ...GOOD,
        `${PREFIX}${module(0)}.lora_magnitude_vector`,
      ]),
      expect: [{ message: 'unused', text: /does not set \(use_dora\): / }],
    },
    'a module that target_modules leaves out': {
      files: adapterOfKeys([
        ...GOOD,
        ...loraKeys(PREFIX + module(0, 'v_proj')),
      ]),
      expect: [
        {
          message: 'untargeted',
          severity: 'warning',
          text: /^2 of 6 tensors belong to modules that the configuration does not target: /,
        },
      ],
    },
    'a layer that is not chosen': {
      files: adapterOfKeys(GOOD, { layers_to_transform: 1 }),
      expect: [{ message: 'untargeted' }],
    },
    'a module that is excluded': {
      files: adapterOfKeys(GOOD, { exclude_modules: '.*layers.0.*' }),
      expect: [{ message: 'untargeted' }],
    },
    'no module that is targeted': {
      files: adapterOfKeys(GOOD, { target_modules: ['k_proj'] }),
      expect: [
        {
          message: 'noneTargeted',
          severity: 'error',
          text: /^The configuration targets not one of the modules that the 4 tensors belong to: /,
        },
      ],
    },
  },
});
