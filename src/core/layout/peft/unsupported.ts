import { asString } from '../../formats/json/access.ts';
import type { Fields, RefusedField } from '../config-fields.ts';
import { isTruthy, wordsOf } from '../config-values.ts';
import { LAYERS } from '../config-rules.ts';
import {
  isNamedBy,
  namingOf,
  parentOf,
  withoutWrappers,
} from '../module-names.ts';
import type { AdapterMeaning } from './meaning.ts';
import { namesIn } from './targets.ts';

/** What LoRA adapts besides linear layers. */
type Kind = 'convolutions' | 'embeddings' | 'parameters';

/** A setting that layers of the adapter do not have. */
export interface Unsupported extends Record<string, string | string[]> {
  readonly setting: string;
  readonly kind: string;
  readonly names: string[];
}

/** lora/layer.py: of `_ConvNd`, `Embedding` and `ParamWrapper` what raises. */
const SETTINGS: readonly (readonly [
  field: string,
  kinds: readonly Kind[],
  isRefused: (fields: Fields) => boolean,
])[] = [
  ['lora_bias', ['embeddings', 'parameters'], isOn('lora_bias')],
  [
    'init_lora_weights',
    ['convolutions', 'parameters'],
    startsLike(/^(?:pissa|olora$|mica$)/i),
  ],
  ['init_lora_weights', ['convolutions'], startsLike(/^(?:eva|orthogonal)$/)],
  [
    'fan_in_fan_out',
    ['parameters'],
    // A linear layer that comes first switches it off for all.
    (fields) =>
      isOn('fan_in_fan_out')(fields) && !isOn('target_modules')(fields),
  ],
  ...['lora_dropout', 'use_dora', 'velora_config', 'kasa_config'].map(
    (field) => [field, ['parameters'], isOn(field)] as const,
  ),
];

function isOn(field: string) {
  return (fields: Fields): boolean => isTruthy(fields.get(field));
}

function startsLike(pattern: RegExp) {
  return (fields: Fields): boolean =>
    pattern.test(asString(fields.get('init_lora_weights')) ?? '');
}

/** Types that look the number of a layer up in `layers_to_transform`, as PEFT does. */
const LAYERED =
  'ADALORA ADAMSS BOFT C3A DEFT DELORA FOURIERFT FROD GRALORA HIRA HRA LILY LOHA LOKR LORA MISS OFT PEANUT PSOFT PVERA RANDLORA TINYLORA UNILORA VBLORA VERA WAVEFT'.split(
    ' ',
  );

/**
 * `layers_to_transform` of a kind that PEFT cannot look a number up in. It does so for
 * modules that a target names by their end; where it names all of them whole, never
 * (tuners_utils.py, `check_target_module_exists`).
 */
export function refusedLayers({
  config,
  keys,
  rule,
}: AdapterMeaning): RefusedField | null {
  const node = config.fields.get('layers_to_transform');
  const targets = new Set(namesIn(config.fields.get('target_modules')));
  if (node === undefined || LAYERS.accepts(node)) return null;
  // Keys of no module say nothing of the names, and no base has modules without layers.
  const isByEnd =
    rule.sets.length === 0 ||
    [...keys.modules.keys()].some(
      (path) => !targets.has(path) && isNamedBy(path, targets),
    );
  return LAYERED.includes(config.peftType) && isByEnd
    ? {
        field: 'layers_to_transform',
        found: wordsOf(node),
        takes: LAYERS.takes,
        raises: "TypeError: argument of type 'float' is not iterable",
      }
    : null;
}

/** The first setting of LoRA that some layers of the adapter do not have. */
export function unsupportedIn(meaning: AdapterMeaning): Unsupported | null {
  const { config } = meaning;
  if (config.peftType !== 'LORA') return null;
  for (const [field, kinds, isRefused] of SETTINGS) {
    const node = config.fields.get(field);
    if (node === undefined || !isRefused(config.fields)) continue;
    for (const kind of kinds) {
      const names = NAMES_OF[kind](meaning);
      if (names.length > 0)
        return { setting: `${field} = ${wordsOf(node)}`, kind, names };
    }
  }
  return null;
}

/** Of each kind the modules, or parameters, of the adapter. */
const NAMES_OF: Readonly<Record<Kind, (meaning: AdapterMeaning) => string[]>> =
  {
    convolutions: ({ keys }) =>
      [...keys.modules.values()].flatMap(({ path, tensors }) => {
        const [tensor] = tensors.get('lora_A.weight') ?? [];
        return (tensor?.shape.length ?? 0) > LINEAR_DIMENSIONS ? [path] : [];
      }),
    embeddings: ({ keys }) =>
      [...keys.modules.values()].flatMap(({ path, tensors }) =>
        tensors.has('lora_embedding_A') ? [path] : [],
      ),
    parameters: adaptedParameters,
  };

const LINEAR_DIMENSIONS = 2;

/** Those of `target_parameters` whose module has tensors of its own. */
function adaptedParameters({ keys, config }: AdapterMeaning): string[] {
  const listed = namesIn(config.fields.get('target_parameters')) ?? [];
  if (listed.length === 0) return [];
  const parents = new Set(listed.map(parentOf));
  const adapted = new Set(
    [...keys.modules.keys()].map((path) =>
      namingOf(withoutWrappers(path), parents),
    ),
  );
  return listed.filter((name) => adapted.has(parentOf(name)));
}
