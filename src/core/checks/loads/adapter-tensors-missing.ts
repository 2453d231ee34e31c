import { asArray, asUnsigned } from '../../formats/json/access.ts';
import { isFalsy, NULL } from '../../layout/config-values.ts';
import { PREFIX } from '../../layout/peft/keys.ts';
import { defineCheck } from '../../define-check.ts';
import { oncePer } from '../../formats/once-per.ts';
import type { AdapterMeaning } from '../../layout/peft/meaning.ts';
import { fewLinear } from '../../layout/peft/all-linear.ts';
import {
  findGaps,
  isByPattern,
  layerOf,
  targeting,
} from '../../layout/peft/targets.ts';
import { absentOfWhole, partners } from '../../layout/peft/lacking.ts';
import { targetsInVain } from '../../layout/peft/unmet-targets.ts';
import { promisedInVain } from '../../layout/peft/whole.ts';
import {
  formatCount,
  formatNumber,
  joinWords,
  listNames,
} from '../../wording.ts';

const SEEN =
  'UserWarning: Found missing adapter keys while loading the checkpoint';

type Lack = Readonly<{ parameters: string[]; modules: string[]; all: number }>;

/** `lora_B.weight is missing in 2 of 4 modules`. */
function share({ parameters, modules, all }: Lack): string {
  return `${joinWords(parameters)} ${parameters.length === 1 ? 'is' : 'are'} missing in ${formatNumber(modules.length)} of ${formatCount(all, 'module')}`;
}

const promise = ({ names }: { names: string[] }) =>
  `The configuration says that ${joinWords(names)} ${names.length === 1 ? 'is' : 'are'} saved with the adapter, and no tensor of the name is there.`;
const PROMISE_FIX =
  'Save again through save_pretrained, which takes these modules along; if they were not trained, take them out of the configuration.';

const lackingIn = oncePer((meaning: AdapterMeaning) => {
  const { fields } = meaning.config;
  const isTargeted = targeting(fields);
  // A pattern that is not known here may leave layers out.
  const isUnknown = isTargeted === null && isByPattern(fields);
  return {
    halves: partners(meaning),
    ...absentOfWhole(meaning),
    promised: promisedInVain(meaning),
    gaps: [
      ...findGaps(
        meaning.keys.modules.keys(),
        isTargeted ?? (() => false),
        isTargeted ?? (() => !isUnknown),
      ).filter(({ isWholeLayer }) => !(isWholeLayer && choosesLayers(meaning))),
      ...biasGaps(meaning),
    ],
    targets: targetsInVain(meaning),
    linear: fewLinear(meaning),
    last: lastLayer(meaning),
  };
});

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
      text: (lack: Lack) =>
        `${share(lack)}, which have the other half: ${listNames(lack.modules)}.`,
      why: 'PEFT saves the parameters of a module together. What is missing stays as it was before training, so that the module has no effect or another than it was trained for.',
      loaderErrors: () => [SEEN],
    },
    addend: {
      text: (lack: Lack) =>
        `${share(lack)}, and the configuration asks for ${lack.parameters.length === 1 ? 'it' : 'them'}: ${listNames(lack.modules)}.`,
      severity: 'warning',
      why: 'PEFT leaves what is missing at 0, where training starts.',
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
      text: promise,
      why: 'PEFT asks for each tensor of such a module and refuses the adapter.',
      fix: PROMISE_FIX,
      loaderErrors: ({ names: [name = ''] }) => [
        `KeyError: 'base_model.model.${name}.weight'`,
      ],
    },
    perhaps: {
      text: promise,
      severity: 'warning',
      confidence: 'inferred',
      why: 'Where the base has a module of that name, PEFT asks for each of its tensors and refuses the adapter. Taken as: it has one.',
      fix: PROMISE_FIX,
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
    promptLayers: {
      text: ({ modules, layers }: { modules: number; layers: number }) =>
        `adapter_layers says ${formatNumber(layers)}, and ${formatCount(modules, 'module')} ${modules === 1 ? 'has' : 'have'} a prompt.`,
      severity: 'warning',
      why: 'PEFT puts a prompt on so many layers of the base, the last ones. Prompts that are missing stay as they were before training, and those of other layers are left out.',
      fix: 'Put the configuration and the weights of one save together.',
    },
    linear: {
      text: ({ kinds }: { kinds: string[] }) =>
        `target_modules is all-linear, and the layers have tensors of ${listNames(kinds)} alone.`,
      severity: 'warning',
      confidence: 'inferred',
      why: 'PEFT puts an adapter on every linear module of the base; those without tensors stay as they were before training. Taken as: a layer has four linear modules at least.',
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
      const { halves, prompt, tables, promised, gaps, targets, linear, last } =
        lackingIn(meaning);
      for (const [message, one] of halves) report(message, one, path);
      if (prompt.length > 0) report('prompt', { names: prompt }, path);
      if (tables.length > 0) report('table', { names: tables }, path);
      const { names, isSure } = promised;
      if (names.length > 0)
        report(isSure ? 'promised' : 'perhaps', { names: [...names] }, path);
      const prompts = promptLayers(meaning);
      if (prompts !== null) report('promptLayers', prompts, path);
      if (isGapless(meaning)) continue;
      for (const { kind, layers } of gaps.slice(0, GAPS_SHOWN))
        report('gap', { kind, layers: [...layers] }, path);
      const layers = replicatedLayers(meaning);
      if (layers !== null && last !== null && last + 1 < layers)
        report('replicated', { layers, last }, path);
      if (targets.length > 0) report('target', { targets }, path);
      if (linear.length > 0) report('linear', { kinds: linear }, path);
    }
  },
});

/** Kinds of modules of which gaps are told; more are of the same cause. */
const GAPS_SHOWN = 3;

/** Modules with a prompt, where they are not as many as ADAPTION_PROMPT asks for. */
function promptLayers({ config, keys }: AdapterMeaning) {
  const layers = Number(asUnsigned(config.fields.get('adapter_layers')) ?? 0);
  const modules = keys.modules.size;
  return config.peftType === 'ADAPTION_PROMPT' &&
    layers !== modules &&
    modules > 0
    ? { modules, layers }
    : null;
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
  return config.peftType === 'ADAPTION_PROMPT' || keys.modules.size === 0;
}

/** Parameters are adapted in all layers, whatever `layers_to_transform` says. */
function choosesLayers({ config: { fields } }: AdapterMeaning): boolean {
  const layers = fields.get('layers_to_transform') ?? NULL;
  const isOfParametersAlone =
    isFalsy(fields.get('target_modules') ?? NULL) &&
    !isFalsy(fields.get('target_parameters') ?? NULL);
  return layers.kind !== 'null' && !isOfParametersAlone;
}

/** Biases of the base that are saved, of which one layer has none. */
function biasGaps({ keys }: AdapterMeaning) {
  const biases = keys.whole.flatMap(({ name }) =>
    name.startsWith(PREFIX) && name.endsWith('.bias')
      ? [name.slice(PREFIX.length)]
      : [],
  );
  return biases.length === 0
    ? []
    : findGaps([...keys.modules.keys(), ...biases], (path) =>
        path.endsWith('.bias'),
      ).filter(({ isWholeLayer }) => !isWholeLayer);
}
