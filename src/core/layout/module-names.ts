/** Names of modules are some dozen characters; a longer one is only compared whole. */
const NAME_MAX_CHARACTERS = 1000;

/**
 * Whether one of the names is that of a module or its end after a dot, as PEFT matches
 * target_modules and plain patterns. In time by the length of the module's name alone:
 * a configuration may list a hundred thousand.
 */
export function isNamedBy(module: string, names: ReadonlySet<string>): boolean {
  return namingOf(module, names) !== null;
}

/** The longest of the names that is a module's or its end; `null` for none. */
export function namingOf(
  module: string,
  names: ReadonlySet<string>,
): string | null {
  if (names.has(module)) return module;
  if (names.size === 0 || module.length > NAME_MAX_CHARACTERS) return null;
  for (
    let dot = module.indexOf('.');
    dot >= 0;
    dot = module.indexOf('.', dot + 1)
  ) {
    const end = module.slice(dot + 1);
    if (names.has(end)) return end;
  }
  return null;
}

/** A module's name, and its ends after a dot: of a long one those among the names. */
export function* endsOf(
  module: string,
  names: ReadonlyMap<string, unknown>,
): Generator<string> {
  if (module.length > NAME_MAX_CHARACTERS) {
    for (const name of names.keys())
      if (module === name || module.endsWith(`.${name}`)) yield name;
    return;
  }
  yield module;
  for (
    let dot = module.indexOf('.');
    dot >= 0;
    dot = module.indexOf('.', dot + 1)
  )
    yield module.slice(dot + 1);
}

/** Of the names those that are a path, or the end of one after a dot. */
export function namesOfAny(
  paths: Iterable<string>,
  names: ReadonlySet<string>,
): ReadonlySet<string> {
  const found = new Set<string>();
  // Most paths are told by their last part, without a slice for each of their dots.
  const lasts = new Set([...names].map(lastPart));
  for (const path of paths) {
    if (names.has(path)) found.add(path);
    if (path.length > NAME_MAX_CHARACTERS || !lasts.has(lastPart(path)))
      continue;
    for (
      let dot = path.indexOf('.');
      dot >= 0;
      dot = path.indexOf('.', dot + 1)
    ) {
      const end = path.slice(dot + 1);
      if (names.has(end)) found.add(end);
    }
  }
  return found;
}

/** A module's own name, without the wrappers of PEFT around it. */
export function withoutWrappers(path: string): string {
  return path.replace(/(?:\.base_layer)+$/, '');
}

/** The module that a parameter of `target_parameters` lies in; `''` for none. */
export function parentOf(parameter: string): string {
  return parameter.slice(0, Math.max(parameter.lastIndexOf('.'), 0));
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}
