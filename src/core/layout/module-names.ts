/** Names of modules are some dozen characters; a longer one is only compared whole. */
const NAME_MAX_CHARACTERS = 1000;

/**
 * Whether one of the names is that of a module or its end after a dot, as PEFT matches
 * target_modules and plain patterns. In time by the length of the module's name alone:
 * a configuration may list a hundred thousand.
 */
export function isNamedBy(module: string, names: ReadonlySet<string>): boolean {
  if (names.has(module)) return true;
  if (module.length > NAME_MAX_CHARACTERS) return false;
  for (
    let dot = module.indexOf('.');
    dot >= 0;
    dot = module.indexOf('.', dot + 1)
  )
    if (names.has(module.slice(dot + 1))) return true;
  return false;
}
