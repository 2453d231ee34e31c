import { asArray, asString, asUnsigned } from '../../formats/json/access.ts';
import { defineCheck } from '../../define-check.ts';
import type { AdapterMeaning } from '../../layout/peft/meaning.ts';
import { absentOf } from '../../layout/peft/shapes.ts';
import {
  findGaps,
  layerOf,
  namesIn,
  targeting,
} from '../../layout/peft/targets.ts';
import { promisedInVain } from '../../layout/peft/whole.ts';
import {
  formatCount,
  formatNumber,
  joinWords,
  listNames,
} from '../../wording.ts';

const SEEN =
  'UserWarning: Found missing adapter keys while loading the checkpoint';

export const adapterTensorsMissing = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'adapter-tensors-missing',
    question: 'loads',
    severity: 'error',
    confidence: 'proven',
    title: 'Tensors of an adapter missing',
    why: 'PEFT loads what is there, and what is not stays as it was before training, with a warning at most.',
    fix: 'Save again through model.save_pretrained(folder), with all ranks taking part where the weights are sharded.',
    since: '0.1.0',
  },
  messages: {
    partner: {
      text: ({
        parameters,
        modules,
        all,
      }: {
        parameters: string[];
        modules: string[];
        all: number;
      }) =>
        `${joinWords(parameters)} ${parameters.length === 1 ? 'is' : 'are'} missing in ${formatNumber(modules.length)} of ${formatCount(all, 'module')}, which have the other half: ${listNames(modules)}.`,
      why: 'PEFT saves the parameters of a module together. What is missing stays as it was before training, so that the module has no effect or another than it was trained for.',
      loaderErrors: () => [SEEN],
    },
    table: {
      text: ({ names }: { names: string[] }) =>
        `The tables that all modules share are missing: ${joinWords(names)}.`,
      loaderErrors: ({ names: [name = ''] }) => [
        `ValueError: Specified to load ${name} from state dictionary however they were not present!`,
      ],
    },
    prompt: {
      text: ({ names }: { names: string[] }) =>
        `The soft prompt is missing: no tensor is named ${joinWords(names)}.`,
      loaderErrors: ({ names: [name = ''] }) => [`KeyError: '${name}'`],
    },
    promised: {
      text: ({ names }: { names: string[] }) =>
        `The configuration says that ${joinWords(names)} ${names.length === 1 ? 'is' : 'are'} saved with the adapter, and no tensor of the name is there.`,
      why: 'PEFT asks for each tensor of such a module and refuses the adapter.',
      fix: 'Save again through save_pretrained, which takes these modules along; if they were not trained, take them out of the configuration.',
      loaderErrors: ({ names: [name = ''] }) => [
        `KeyError: 'base_model.model.${name}.weight'`,
      ],
    },
    perhaps: {
      text: ({ names }: { names: string[] }) =>
        `The configuration says that ${joinWords(names)} ${names.length === 1 ? 'is' : 'are'} saved with the adapter, and no tensor of the name is there.`,
      severity: 'warning',
      confidence: 'inferred',
      why: 'Where the base has a module of that name, PEFT asks for each of its tensors and refuses the adapter. Taken as: it has one.',
      fix: 'Save again through save_pretrained, which takes these modules along; if they were not trained, take them out of the configuration.',
    },
    gap: {
      text: ({ kind, layers }: { kind: string; layers: number[] }) =>
        `${layers.length === 1 ? 'Layer' : 'Layers'} ${joinWords(layers.map(String))} of ${kind} ${layers.length === 1 ? 'has' : 'have'} no tensor, the others have.`,
      severity: 'warning',
      confidence: 'inferred',
      why: 'PEFT puts an adapter on that layer as well, which stays as it was before training. Taken as: the layers of the base are alike.',
      loaderErrors: () => [SEEN],
    },
    replicated: {
      text: ({ layers, last }: { layers: number; last: number }) =>
        `layer_replication makes a model of ${formatCount(layers, 'layer')}, and the last layer with a tensor is number ${formatNumber(last)}, counted from 0.`,
      severity: 'warning',
      why: 'PEFT copies the layers of the base so and puts an adapter on each of them; those without tensors stay as they were before training.',
      fix: 'Put the configuration and the weights of one save together.',
      loaderErrors: () => [SEEN],
    },
    target: {
      text: ({ targets }: { targets: string[] }) =>
        `target_modules names ${joinWords(targets)}, and the file has no tensor for it.`,
      severity: 'warning',
      confidence: 'inferred',
      why: 'Where the base has a module of that name, PEFT puts an adapter on it, which stays as it was before training. Taken as: the base has one.',
      loaderErrors: () => [SEEN],
    },
  },
  async run({ subject, report }) {
    for (const adapter of subject.adapters) {
      const meaning = await adapter.meaning();
      if (meaning === null) continue;
      const path = { path: adapter.weights?.file.path ?? adapter.path };
      for (const one of partners(meaning)) report('partner', one, path);
      const { prompt, tables } = ofTheWhole(meaning);
      if (prompt.length > 0) report('prompt', { names: prompt }, path);
      if (tables.length > 0) report('table', { names: tables }, path);
      const { names, isSure } = promisedInVain(meaning);
      if (names.length > 0)
        report(isSure ? 'promised' : 'perhaps', { names: [...names] }, path);
      if (isGapless(meaning)) continue;
      // A pattern that is not known here may leave layers out.
      const isTargeted = targeting(meaning.config.fields) ?? (() => false);
      const gaps = findGaps(meaning.keys.modules, isTargeted);
      for (const { kind, layers } of gaps.slice(0, GAPS_SHOWN))
        report('gap', { kind, layers: [...layers] }, path);
      const layers = replicatedLayers(meaning);
      const last = lastLayer(meaning);
      if (layers !== null && last !== null && last + 1 < layers)
        report('replicated', { layers, last }, path);
      const targets = targetsInVain(meaning);
      if (targets.length > 0) report('target', { targets }, path);
    }
  },
});

/** Kinds of modules of which gaps are told; more are of the same cause. */
const GAPS_SHOWN = 3;

/** Modules by what they lack. */
function partners({ layers, config }: AdapterMeaning) {
  const isDora = config.fields.get('use_dora');
  const wantsMagnitude =
    config.peftType === 'LORA' && isDora?.kind === 'boolean' && isDora.value;
  // MiCA makes B from the weights of the base and does not train it.
  const isMica =
    asString(config.fields.get('init_lora_weights'))?.toLowerCase() === 'mica';
  const lacking = new Map<
    string,
    { parameters: string[]; modules: string[] }
  >();
  for (const { module, set } of layers) {
    const absent = absentOf(set, module.tensors)
      .map(({ suffix }) => suffix)
      .filter((suffix) => !(isMica && suffix === 'lora_B.weight'));
    if (wantsMagnitude && !module.tensors.has('lora_magnitude_vector'))
      absent.push('lora_magnitude_vector');
    if (absent.length === 0) continue;
    const key = absent.join();
    const known = lacking.get(key) ?? { parameters: absent, modules: [] };
    known.modules.push(module.path);
    lacking.set(key, known);
  }
  return [...lacking.values()].map((one) => ({ ...one, all: layers.length }));
}

/** Soft prompts and shared tables that PEFT asks for. */
function ofTheWhole({ rule, keys, config }: AdapterMeaning) {
  const prompt = rule.prompt
    .map(({ suffix }) => suffix)
    .filter((suffix) => !keys.prompt.has(suffix));
  const wanted = rule.sharedSwitch
    ? config.fields.get(rule.sharedSwitch)
    : undefined;
  const isOff = wanted?.kind === 'boolean' && !wanted.value;
  const tables = isOff
    ? []
    : rule.shared.required
        .map(({ suffix }) => suffix)
        .filter((suffix) => !keys.shared.has(suffix));
  const isForeign = keys.modules.size + keys.shared.size === 0;
  // A file of nothing that fits is another check's.
  return { prompt, tables: isForeign ? [] : tables };
}

/** The layers that `layer_replication` makes, `null` where it makes none. */
function replicatedLayers({ config }: AdapterMeaning): number | null {
  const ranges = asArray(config.fields.get('layer_replication'));
  if (ranges === null || ranges.length === 0) return null;
  return ranges.reduce((sum, range) => {
    const [begin, end] = (asArray(range) ?? []).map(asUnsigned);
    return sum + Number(end ?? 0n) - Number(begin ?? 0n);
  }, 0);
}

function lastLayer({ keys }: AdapterMeaning): number | null {
  let last: number | null = null;
  for (const path of keys.modules.keys()) {
    const layer = layerOf(path);
    if (layer !== null && layer > (last ?? -1)) last = layer;
  }
  return last;
}

/** Whether layers and targets may be left out, by what the configuration says. */
function isGapless({ config, keys }: AdapterMeaning): boolean {
  const layers = config.fields.get('layers_to_transform');
  return (
    (layers !== undefined && layers.kind !== 'null') ||
    config.peftType === 'ADAPTION_PROMPT' ||
    keys.modules.size === 0
  );
}

function targetsInVain({ config, keys, layers }: AdapterMeaning): string[] {
  const targets = namesIn(config.fields.get('target_modules')) ?? [];
  const excluded = new Set(namesIn(config.fields.get('exclude_modules')));
  const saved = new Set(namesIn(config.fields.get('modules_to_save')));
  const paths = [...keys.modules.keys()].map((path) => `.${path}`);
  if (layers.length === 0 || excluded.size > 0) return [];
  return targets.filter(
    (target) =>
      target !== '' &&
      !saved.has(target) &&
      !paths.some((path) => path.endsWith(`.${target}`)),
  );
}
