/** How a step of a workflow may name this action in its `uses:`. */
export interface ActionName {
  /** `owner/name` of the action's repository; `''` for `./…`, which has none. */
  readonly repository: string;
  /** `owner/name` of the workflow's repository, which `$/…` stands for. */
  readonly workflowRepository: string;
  /** The step's `id`, or what the runner made up for one without. */
  readonly stepId: string;
}

/** More steps with this action than a workflow has; each costs a look at all lines. */
const MAX_OTHERS = 200;

/** One `key: value` of a line; the column is that of the key. */
interface Entry {
  readonly line: number;
  readonly column: number;
  readonly key: string;
  readonly value: string;
  /** Whether a dash before the key begins an item of a list. */
  readonly isFirst: boolean;
}

/**
 * The line, from 1, on which the text of a workflow uses this action: the only
 * line that does, or of several the one whose step has the id. `null` where that
 * cannot be told. Lines are read, not YAML: what a workflow says of itself places
 * an annotation and decides nothing.
 */
export function findUsesLine(text: string, action: ActionName): number | null {
  const entries = readEntries(text);
  const uses = entries.flatMap((entry, at) =>
    entry.key === 'uses' && isNamedBy(entry.value, action)
      ? [{ entry, at }]
      : [],
  );
  const [only, ...others] = uses;
  if (only === undefined) return null;
  if (others.length === 0) return only.entry.line;
  if (others.length > MAX_OTHERS) return null;
  const [same, ...more] = uses.filter(({ at }) =>
    stepOf(entries, at).some(
      ({ key, value }) => key === 'id' && value === action.stepId,
    ),
  );
  return same === undefined || more.length > 0 ? null : same.entry.line;
}

function isNamedBy(uses: string, action: ActionName): boolean {
  // GitHub does not mind the case of owners and repositories.
  const [name = ''] = uses.toLowerCase().split('@');
  // A job calls a workflow in the same words.
  if (name.includes('/.github/workflows/')) return false;
  const repository = action.repository.toLowerCase();
  if (repository === '') return name.startsWith('./');
  const isOwn = repository === action.workflowRepository.toLowerCase();
  if (isOwn && name.startsWith('$/')) return true;
  return name === repository || name.startsWith(`${repository}/`);
}

/**
 * Dashes of list items, a plain or quoted key, its value. The rest takes whatever
 * comes (`[^]`): a pattern that fails at the end would go over the line again.
 */
const ENTRY = /^( *(?:- +)*)(?:(["']?)([\w-]+)\2 *:(?: +|$))?([^]*)$/;
/** What opens a block of literal text: `|` or `>` with its modifiers. */
const BLOCK = /^[|>][+-]?\d?[+-]?\s*(?:#[^]*)?$/;

/** The entries of a text, without comments and without what stands in blocks of text. */
function readEntries(text: string): readonly Entry[] {
  const entries: Entry[] = [];
  /** Of the node that holds the block: lines further in are its text. */
  let blockColumn: number | null = null;
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    const trimmed = line.trimStart();
    if (trimmed === '') continue;
    const indent = line.length - trimmed.length;
    if (blockColumn !== null && indent > blockColumn) continue;
    blockColumn = null;
    if (trimmed.startsWith('#')) continue;
    const [, lead = '', , key, value = ''] = ENTRY.exec(line) ?? [];
    if (BLOCK.test(value))
      blockColumn = key === undefined ? lead.lastIndexOf('-') : lead.length;
    if (key === undefined) continue;
    entries.push({
      line: at + 1,
      column: lead.length,
      key,
      value: scalar(value),
      isFirst: lead.includes('-'),
    });
  }
  return entries;
}

/** A plain or quoted scalar, without the comment after it. */
function scalar(value: string): string {
  const [, , quoted] = /^(["'])(.*?)\1 *(?:#[^]*)?$/.exec(value) ?? [];
  return quoted ?? (value.split(/(?:^|\s)#/)[0] ?? '').trim();
}

/** The entries of the step that holds the entry, at its own column. */
function stepOf(entries: readonly Entry[], at: number): readonly Entry[] {
  const column = entries[at]?.column ?? 0;
  const isStart = (entry: Entry) => entry.column === column && entry.isFirst;
  const isOutside = (entry: Entry) => entry.column < column || isStart(entry);
  const from = entries.slice(0, at + 1).findLastIndex(isStart);
  if (from < 0) return [];
  const after = entries.slice(from + 1);
  const end = after.findIndex(isOutside);
  return entries
    .slice(from, end < 0 ? entries.length : from + 1 + end)
    .filter((entry) => entry.column === column);
}
