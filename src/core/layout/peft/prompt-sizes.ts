import { asArray, asUnsigned } from '../../formats/json/access.ts';
import type { AdapterMeaning } from './meaning.ts';

/** Rows of trained tokens beside another type: one an index. */
export function tokenMisfits({ keys, config }: AdapterMeaning) {
  const field = 'trainable_token_indices';
  const size = asArray(config.fields.get(field))?.length;
  return keys.whole.flatMap(({ name, shape }) =>
    size !== undefined &&
    name.endsWith('.token_adapter.trainable_tokens_delta') &&
    shape[0] !== size
      ? [{ name, shape: `[${shape.join(', ')}]`, field, size }]
      : [],
  );
}

/** Sizes of a soft prompt that are not those of the configuration, and of which field. */
export function promptMisfits({ keys, config }: AdapterMeaning) {
  const tensor = keys.prompt.get('prompt_embeddings');
  if (tensor === undefined) return [];
  const number = (field: string) => {
    const value = asUnsigned(config.fields.get(field));
    return value === null ? null : Number(value);
  };
  const tokens = number('num_virtual_tokens');
  const width = number('token_dim');
  const depth = number('num_layers');
  // CPT takes its tokens from a list, and their width from the base.
  const isCpt = config.peftType === 'CPT';
  const isPrefix = ['PREFIX_TUNING', 'CARTRIDGE'].includes(config.peftType);
  const listed = asArray(config.fields.get('cpt_token_ids'))?.length ?? null;
  const rows: readonly (readonly [string, number | null, number])[] = [
    ['cpt_token_ids', isCpt ? listed : null, 0],
    ['num_virtual_tokens', isCpt ? null : tokens, 0],
    ['token_dim', isPrefix || isCpt ? null : width, 1],
  ];
  const wrong = rows.flatMap(([field, size, at]) => {
    if (size === null) return [];
    const times = field === 'num_virtual_tokens' ? modulesOf(config.fields) : 1;
    const found = tensor.shape[at];
    return found === size || found === size * times ? [] : [{ field, size }];
  });
  // A key and a value for each layer; PEFT takes the width from the base.
  const isSplit =
    isPrefix && depth !== null && (tensor.shape[1] ?? 0) % (2 * depth) !== 0;
  if (isSplit) wrong.push({ field: 'num_layers', size: depth });
  return wrong.map((one) => ({
    name: tensor.name,
    shape: `[${tensor.shape.join(', ')}]`,
    ...one,
  }));
}

/** What of MULTITASK_PROMPT_TUNING stands for each task, and of which sizes. */
const TASK_TABLES = [
  ['prefix_task_cols', ['num_tasks', 'num_virtual_tokens', 'num_ranks']],
  ['prefix_task_rows', ['num_tasks', 'num_ranks', 'token_dim']],
] as const;

/** multitask_prompt_tuning/model.py: two tables of three dimensions. */
export function taskMisfits({ keys, config }: AdapterMeaning) {
  return TASK_TABLES.flatMap(([name, fields]) => {
    const tensor = keys.prompt.get(name);
    return fields.flatMap((field, at) => {
      const value = asUnsigned(config.fields.get(field));
      if (tensor === undefined || value === null) return [];
      const size = Number(value);
      const times =
        field === 'num_virtual_tokens' ? modulesOf(config.fields) : 1;
      const found = tensor.shape.length === fields.length && tensor.shape[at];
      return found === size || found === size * times
        ? []
        : [{ name, shape: `[${tensor.shape.join(', ')}]`, field, size }];
    });
  });
}

/** An encoder and a decoder each have their own prompt tokens. */
function modulesOf(fields: AdapterMeaning['config']['fields']): number {
  const modules = asUnsigned(fields.get('num_transformer_submodules'));
  return modules === null ? 1 : Number(modules);
}
