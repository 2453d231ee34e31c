/**
 * The two grammars of workflow commands, as ActionCommand.cs of actions/runner
 * 2.336.0 reads them. Everything here is ordinal; the runner's own searches go by
 * culture, in which invisible characters are skipped, but it then cuts the name
 * at the wrong place and finds it unregistered.
 */
export interface Command {
  readonly name: string;
  /** Keys as written; looked up without regard to case, as `property` does. */
  readonly properties: ReadonlyMap<string, string>;
  readonly data: string;
}

type Escapes = readonly (readonly [token: string, replacement: string])[];

const DATA: Escapes = [
  ['\r', '%0D'],
  ['\n', '%0A'],
  ['%', '%25'],
];
const PROPERTY: Escapes = [
  ['\r', '%0D'],
  ['\n', '%0A'],
  [':', '%3A'],
  [',', '%2C'],
  ['%', '%25'],
];
const V1: Escapes = [
  [';', '%3B'],
  ['\r', '%0D'],
  ['\n', '%0A'],
  [']', '%5D'],
  ['%', '%25'],
];

/** What `char.IsWhiteSpace` of .NET takes: not the mark of byte order, but NEL. */
const LEADING_SPACE = /^(?:(?!\uFEFF)[\s\u0085])+/;

/**
 * The command in a line, or `null`: `::name key=value,…::data` where only white
 * space is before it, else `##[name key=value;…]data` anywhere.
 *
 * @param registered lower-case names; others are no commands
 */
export function parseCommand(
  line: string,
  registered: ReadonlySet<string>,
): Command | null {
  return parseV2(line, registered) ?? parseV1(line, registered);
}

function parseV2(line: string, registered: ReadonlySet<string>) {
  const message = line.replace(LEADING_SPACE, '');
  const end = message.indexOf('::', 2);
  if (!message.startsWith('::') || end < 0) return null;
  const data = unescape(message.slice(end + 2), DATA);
  const info = splitInfo(message.slice(2, end), registered);
  if (info === null) return null;
  const properties = readProperties(info.rest.trim(), ',', PROPERTY);
  return { name: info.name, properties, data };
}

function parseV1(line: string, registered: ReadonlySet<string>) {
  const start = line.indexOf('##[');
  const end = line.indexOf(']', start);
  if (start < 0 || end < 0) return null;
  const info = splitInfo(line.slice(start + 3, end), registered);
  if (info === null) return null;
  const properties = readProperties(info.rest, ';', V1);
  return {
    name: info.name,
    properties,
    data: unescape(line.slice(end + 1), V1),
  };
}

function splitInfo(info: string, registered: ReadonlySet<string>) {
  const space = info.indexOf(' ');
  const name = space < 0 ? info : info.slice(0, space);
  if (!registered.has(name.toLowerCase())) return null;
  return { name, rest: space > 0 ? info.slice(space + 1) : '' };
}

function readProperties(text: string, separator: string, escapes: Escapes) {
  const properties = new Map<string, string>();
  for (const pair of text.split(separator)) {
    // A pair without a name or without a value is dropped.
    const [, key, value] = /^=*([^=]+)=+([^=][^]*)$/.exec(pair) ?? [];
    if (key !== undefined && value !== undefined)
      properties.set(key, unescape(value, escapes));
  }
  return properties;
}

function unescape(escaped: string, escapes: Escapes): string {
  let text = escaped;
  for (const [token, replacement] of escapes)
    text = text.replaceAll(replacement, token);
  return text;
}

/** A property without regard to the case of its name. */
export function property(command: Command, name: string): string | undefined {
  for (const [key, value] of command.properties)
    if (key.toLowerCase() === name.toLowerCase()) return value;
  return undefined;
}

/** Whether somebody might have meant a command, though none of this name exists. */
export function looksLikeCommand(line: string): boolean {
  return (
    /^\s*::[^:\s]+(?: [^:]*)?::/.test(line) || /##\[[\w-]+[^\]]*\]/.test(line)
  );
}
