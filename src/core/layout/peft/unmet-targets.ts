import { isFalsy, NULL } from '../config-values.ts';
import {
  isNamedBy,
  namesOfAny,
  parentOf,
  withoutWrappers,
} from '../module-names.ts';
import type { AdapterMeaning } from './meaning.ts';
import { namesIn } from './targets.ts';

/** Targets that no tensor is of: names, and parameters by their modules. */
export function targetsInVain({
  config,
  keys,
  layers,
}: AdapterMeaning): string[] {
  if (layers.length === 0) return [];
  const targets = namesIn(config.fields.get('target_modules')) ?? [];
  const parameters = namesIn(config.fields.get('target_parameters')) ?? [];
  const saved = new Set(namesIn(config.fields.get('modules_to_save')));
  const paths = [...keys.modules.keys()].map(withoutWrappers);
  const found = namesOfAny(
    paths,
    new Set([...targets, ...parameters.map(parentOf)]),
  );
  const isNone = (name: string) => name !== '' && !found.has(name);
  const isExcluded = exclusion(config, paths);
  return [
    ...targets.filter(
      (one) => isNone(one) && !saved.has(one) && !isExcluded(one),
    ),
    ...parameters.filter((one) => isNone(parentOf(one))),
  ];
}

/** Whether `exclude_modules` leaves out each module of a name beside those there. */
function exclusion(
  { fields }: AdapterMeaning['config'],
  paths: readonly string[],
): (target: string) => boolean {
  const node = fields.get('exclude_modules') ?? NULL;
  const names = new Set(namesIn(node));
  if (isFalsy(node)) return () => false;
  if (names.size === 0) return () => true;
  const folders = new Set(
    paths.map((path) => path.slice(0, path.lastIndexOf('.') + 1)),
  );
  return (target) =>
    [...folders].every((folder) => isNamedBy(`${folder}${target}`, names));
}
