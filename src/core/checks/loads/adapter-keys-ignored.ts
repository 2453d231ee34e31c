import { defineCheck } from '../../define-check.ts';
import { asString } from '../../formats/json/access.ts';
import type { AdapterConfig } from '../../layout/adapter-config.ts';
import type { Misfit } from '../../layout/peft/keys.ts';
import type { AdapterMeaning } from '../../layout/peft/meaning.ts';
import { oncePer } from '../../formats/once-per.ts';
import { typesWith } from '../../layout/peft/table.ts';
import type { ModuleTensors } from '../../layout/peft/rules.ts';
import { isAllLinear, namesIn, targeting } from '../../layout/peft/targets.ts';
import { isLinear } from '../../layout/peft/all-linear.ts';
import { unaccountedFor, unusedIn } from '../../layout/peft/whole.ts';
import {
  formatCount,
  formatNumber,
  joinWords,
  listNames,
} from '../../wording.ts';

type Ignored = Readonly<{ type: string; tensors: string[]; all: number }>;

const SEEN =
  'UserWarning: Found missing adapter keys while loading the checkpoint';

/** `12 of 64 tensors have`. */
function share({ tensors, all }: Ignored, one: string, many: string): string {
  return `${formatNumber(tensors.length)} of ${formatCount(all, 'tensor')} ${tensors.length === 1 ? one : many}`;
}

/** What is said of all keys at once, where all are at fault for one reason. */
const REASONS: Readonly<Record<Misfit, string>> = {
  prefix: 'They do not begin with base_model.model.',
  wrapper:
    'They carry the name of a wrapper, as torch.compile and FSDP put it there.',
  'adapter-name':
    "They carry the adapter's name, which PEFT puts there itself.",
  unknown: 'The type has no parameter of such a name.',
};

/** What is counted once for all messages. */
const counted = oncePer((meaning: AdapterMeaning) => {
  const { keys, tensors, config, rule } = meaning;
  const modules = [...keys.modules.values()];
  const targets = targetsOf(config);
  // ADAPTION_PROMPT takes the word for a name.
  const isAll =
    config.peftType !== 'ADAPTION_PROMPT' &&
    isAllLinear(config.fields.get('target_modules'));
  const isTargeted = (module: ModuleTensors) =>
    isAll ? isLinear(module) : targets === null || targets(module.path);
  const off = modules.filter((module) => !isTargeted(module));
  const namesOf = (some: typeof modules) =>
    some.flatMap((module) =>
      [...module.tensors.values()].flat().map(({ name }) => name),
    );
  return {
    isNothing: isNothing(meaning),
    whole: rule.prompt.length > 0 ? [] : unaccountedFor(meaning),
    names: tensors.map(({ name }) => name),
    withDefault: namesOf(modules).filter((name) => name.includes('.default')),
    untargeted: namesOf(off),
    isNoneTargeted: off.length === modules.length,
  };
});

export const adapterKeysIgnored = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'adapter-keys-ignored',
    question: 'loads',
    severity: 'warning',
    confidence: 'proven',
    title: 'Keys that PEFT ignores',
    why: 'PEFT looks for its parameters by name and leaves out what has another, with at most a warning: those modules answer as the base model does.',
    fix: 'Save again through model.save_pretrained(folder) of the PeftModel itself, not of a wrapper around it (torch.compile, FSDP, DDP).',
    since: '0.1.0',
  },
  messages: {
    none: {
      text: ({ type, tensors, all, reason }: Ignored & { reason: string }) =>
        `None of ${formatCount(all, 'tensor')} is where PEFT looks for a parameter of ${type}: ${listNames(tensors)}. ${reason}`,
      severity: 'error',
      why: 'PEFT loads this file without an error and uses nothing of it: the model answers as the base does.',
      loaderErrors: () => [SEEN],
    },
    otherType: {
      text: ({ types, ...data }: Ignored & { types: string[] }) =>
        `The configuration says ${data.type}, the ${formatCount(data.all, 'tensor')} are those of ${joinWords(types)}: ${listNames(data.tensors)}.`,
      severity: 'error',
      why: 'PEFT builds what the configuration says and finds none of its parameters in the file: the model answers as the base does.',
      fix: 'Put the configuration and the weights of one save together, or correct peft_type.',
      loaderErrors: () => [SEEN],
    },
    prefix: {
      text: (data: Ignored) =>
        `${share(data, 'does', 'do')} not begin with base_model.model.: ${listNames(data.tensors)}.`,
      loaderErrors: () => [SEEN],
    },
    wrapper: {
      text: (data: Ignored) =>
        `${share(data, 'carries', 'carry')} the name of a wrapper: ${listNames(data.tensors)}.`,
      loaderErrors: () => [SEEN],
    },
    adapterName: {
      text: ({ names, ...data }: Ignored & { names: string[] }) =>
        `${share(data, 'carries', 'carry')} the adapter's name ${joinWords(names)}, which PEFT puts there itself: ${listNames(data.tensors)}.`,
      fix: 'Save through save_pretrained, which takes the name out, or take it out of the keys.',
      loaderErrors: () => [SEEN],
    },
    defaultName: {
      text: (data: Ignored) =>
        `Keys carry the adapter's name default: ${listNames(data.tensors)}.`,
      why: 'PEFT loads them under the name default alone; under any other it uses nothing of them.',
      fix: 'Save through save_pretrained, which takes the name out.',
    },
    defaultLost: {
      text: ({ type, ...data }: Ignored) =>
        `Keys of ${type} carry the adapter's name default: ${listNames(data.tensors)}.`,
      severity: 'error',
      why: 'PEFT puts the name into the keys of this type itself and does not find those that have it already: the model answers as the base does.',
      fix: 'Save through save_pretrained, which takes the name out.',
      loaderErrors: () => [SEEN],
    },
    unknown: {
      text: (data: Ignored) =>
        `${share(data, 'has', 'have')} a name that no parameter of ${data.type} has: ${listNames(data.tensors)}.`,
      loaderErrors: () => [SEEN],
    },
    whole: {
      text: (data: Ignored) =>
        `${share(data, 'is one', 'are those')} of whole modules that the configuration does not save: ${listNames(data.tensors)}.`,
      why: 'They are of a full model, not of an adapter. PEFT passes over those of modules that it adapts, and writes the others into the base.',
      fix: 'Save through save_pretrained of the PeftModel, which takes the adapter alone.',
    },
    unused: {
      text: ({ fields, ...data }: Ignored & { fields: string[] }) =>
        `${share(data, 'is', 'are')} for what the configuration does not set (${joinWords(fields)}): ${listNames(data.tensors)}.`,
      why: 'PEFT builds no parameter for them and leaves them out without a word: the adapter does another thing than it was trained for.',
      fix: 'Put the configuration and the weights of one save together.',
    },
    untargeted: {
      text: (data: Ignored) =>
        `${share(data, 'belongs', 'belong')} to modules that the configuration does not target: ${listNames(data.tensors)}.`,
      why: 'PEFT puts no adapter on those modules, and leaves their tensors out without a word.',
      fix: 'Put the configuration and the weights of one save together: target_modules, exclude_modules and layers_to_transform have to be those of the training.',
    },
    noneTargeted: {
      text: (data: Ignored) =>
        `The configuration targets not one of the modules that the ${formatCount(data.all, 'tensor')} belong to: ${listNames(data.tensors)}.`,
      severity: 'error',
      why: 'PEFT adapts other modules, or none: nothing of this file is used.',
      fix: 'Put the configuration and the weights of one save together: target_modules, exclude_modules and layers_to_transform have to be those of the training.',
      loaderErrors: () => [
        'ValueError: Target modules … not found in the base model.',
      ],
    },
  },
  async run({ subject, report }) {
    for (const adapter of subject.adapters) {
      const meaning = await adapter.meaning();
      if (meaning === null) continue;
      const say = counted(meaning);
      const { keys, config } = meaning;
      const path = { path: adapter.weights?.file.path ?? adapter.path };
      const type = config.peftType;
      const all = meaning.tensors.length;
      const data = (tensors: string[]) => ({ type, tensors, all });
      if (say.isNothing) {
        const types = typesIn(meaning);
        if (types.length > 0)
          report('otherType', { ...data(say.names), types }, path);
        else if (isMended(meaning)) report('prefix', data(say.names), path);
        else
          report(
            'none',
            { ...data(say.names), reason: reasonOf(meaning) },
            path,
          );
        continue;
      }
      for (const [misfit, message] of MISFITS) {
        const tensors = (keys.misfits.get(misfit) ?? []).map(
          ({ name }) => name,
        );
        if (tensors.length > 0) report(message, data(tensors), path);
      }
      const named = keys.misfits.get('adapter-name') ?? [];
      if (named.length > 0)
        report(
          'adapterName',
          {
            ...data(named.map(({ name }) => name)),
            names: [...keys.names].filter((one) => one !== 'default'),
          },
          path,
        );
      if (keys.names.has('default'))
        report(
          meaning.rule.readsExactKeys ? 'defaultLost' : 'defaultName',
          data(say.withDefault),
          path,
        );
      if (say.whole.length > 0) report('whole', data(say.whole), path);
      const { tensors: unused, fields } = unusedIn(meaning);
      if (unused.length > 0)
        report('unused', { ...data(unused), fields }, path);
      if (say.untargeted.length > 0)
        report(
          say.isNoneTargeted ? 'noneTargeted' : 'untargeted',
          data(say.untargeted),
          path,
        );
    }
  },
});

const MISFITS = [
  ['prefix', 'prefix'],
  ['wrapper', 'wrapper'],
  ['unknown', 'unknown'],
] as const;

/** Whether no key is one that carries what was learned. */
function isNothing({ keys, rule }: AdapterMeaning): boolean {
  if (rule.prompt.length > 0) return keys.prompt.size === 0;
  const isOfModules = rule.sets.some(({ required }) => required.length > 0);
  return keys.modules.size + (isOfModules ? 0 : keys.shared.size) === 0;
}

function reasonOf({ keys, tensors }: AdapterMeaning): string {
  for (const [misfit, own] of keys.misfits)
    if (own.length === tensors.length) return REASONS[misfit];
  return keys.whole.length === tensors.length
    ? 'They are those of whole modules, as a full model has them.'
    : 'PEFT looks for other names.';
}

/**
 * Whether transformers may put the prefix there: it does where it converts the
 * weights of experts (peft/utils/transformers_weight_conversion.py).
 */
function isMended({ keys, config, tensors }: AdapterMeaning): boolean {
  const parameters = namesIn(config.fields.get('target_parameters')) ?? [];
  const prefixless = keys.misfits.get('prefix') ?? [];
  return (
    parameters.length > 0 &&
    prefixless.length === tensors.length &&
    tensors.every(({ name }) => name.startsWith('model.layers.'))
  );
}

/** Which modules PEFT puts the adapter on, `null` where that is not told. */
function targetsOf({ peftType, fields }: AdapterConfig) {
  if (peftType !== 'ADAPTION_PROMPT') return targeting(fields);
  const node = fields.get('target_modules');
  const target = asString(node);
  const names = target === null ? namesIn(node) : [target];
  return (
    names &&
    ((path: string) => names.some((name) => `.${path}`.endsWith(`.${name}`)))
  );
}

/** Other types that the file's tensors are parameters of. */
function typesIn({ tensors, config }: AdapterMeaning): string[] {
  const ends = tensors.flatMap(({ name }) => {
    const parts = name.split('.');
    return [parts.slice(-1).join('.'), parts.slice(-2).join('.')];
  });
  return typesWith([...new Set(ends)]).filter(
    (type) => type !== config.peftType,
  );
}
