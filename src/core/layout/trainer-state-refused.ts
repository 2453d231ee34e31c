import type { JsonNode } from '../formats/json/types.ts';
import type { DoubtfulField, RefusedField } from './trainer-state.ts';

type Nodes = ReadonlyMap<string, JsonNode>;

/** Why a Trainer of transformers 5.18 ends at a value; `null` where it goes on. */
type Refuses = (node: JsonNode | undefined, nodes: Nodes) => string | null;

const REFUSED: Readonly<Record<string, Refuses>> = {
  global_step: refusesStep,
  log_history: refusesLog,
  stateful_callbacks: refusesCallbacks,
  best_model_checkpoint: refusesPath,
  logging_steps: refusesSteps,
  save_steps: refusesSteps,
  total_flos: refusesSum,
  train_batch_size: refusesBatch,
};

/** The fields at which a Trainer that resumes ends. */
export function refusedFields(nodes: Nodes): RefusedField[] {
  return Object.entries(REFUSED).flatMap(([field, refuses]) => {
    const node = nodes.get(field);
    const loaderError = refuses(node, nodes);
    return loaderError === null
      ? []
      : [{ field, found: node ? foundWords(node) : null, loaderError }];
  });
}

/**
 * Fields at which a Trainer ends only where it comes to use them: steps as a float, when
 * it resumes within an epoch; `eval_steps` that are no number, when it evaluates by steps;
 * no `train_batch_size`, as older versions wrote it, when it is of transformers 5.
 */
export function doubtfulFields(nodes: Nodes): DoubtfulField[] {
  const step = nodes.get('global_step');
  const evaluated = nodes.get('eval_steps');
  const isFloat =
    step?.kind === 'number' &&
    !isWhole(step.lexeme) &&
    Number.isInteger(Number(step.lexeme));
  const isText =
    evaluated !== undefined &&
    !['number', 'boolean', 'null'].includes(evaluated.kind);
  const isOlder = !nodes.has('train_batch_size') && !wroteBatchSize(nodes);
  return [
    ...(isOlder ? [{ field: 'train_batch_size', found: 'not there' }] : []),
    ...(isFloat ? [{ field: 'global_step', found: 'no whole number' }] : []),
    ...(isText ? [{ field: 'eval_steps', found: foundWords(evaluated) }] : []),
  ];
}

/** What Python calls the type of a value that it read from JSON. */
export function pythonType(node: JsonNode): string {
  switch (node.kind) {
    case 'object':
      return 'dict';
    case 'array':
      return 'list';
    case 'string':
      return 'str';
    case 'number':
      return /^-?\d+$/.test(node.lexeme) ? 'int' : 'float';
    case 'boolean':
      return 'bool';
    case 'null':
      return 'NoneType';
  }
}

const WORDS = {
  object: 'an object',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  null: 'null',
} as const;

function foundWords(node: JsonNode): string {
  if (node.kind !== 'number') return WORDS[node.kind];
  if (!Number.isFinite(Number(node.lexeme))) return 'not a finite number';
  return isWhole(node.lexeme) ? 'a number' : 'no whole number';
}

function isWhole(lexeme: string): boolean {
  return /^-?\d+$/.test(lexeme);
}

const TOO_LARGE = 'OverflowError: int too large to convert to float';

/** `self.state.global_step // num_update_steps_per_epoch` (trainer.py, resuming). */
function refusesStep(node: JsonNode | undefined): string | null {
  if (node === undefined || node.kind === 'boolean') return null;
  if (node.kind !== 'number')
    return `TypeError: unsupported operand type(s) for //: '${pythonType(node)}' and 'int'`;
  // NaN, Infinity and what a double has no room for.
  if (!Number.isFinite(Number(node.lexeme)))
    return isWhole(node.lexeme)
      ? TOO_LARGE
      : 'ValueError: cannot convert float NaN to integer';
  return Number.isInteger(Number(node.lexeme))
    ? null
    : "TypeError: 'float' object cannot be interpreted as an integer";
}

/** `self.state.log_history.append(output)` (trainer.py, `log`). */
function refusesLog(node: JsonNode | undefined): string | null {
  return node === undefined || node.kind === 'null'
    ? null
    : `AttributeError: '${pythonType(node)}' object has no attribute 'append'`;
}

/** TrainerState's `__post_init__` goes through whatever is no dict as through callbacks. */
function refusesCallbacks(node: JsonNode | undefined): string | null {
  if (node === undefined || node.kind === 'null' || node.kind === 'object')
    return null;
  if (node.kind !== 'array' && node.kind !== 'string')
    return `TypeError: '${pythonType(node)}' object is not iterable`;
  const isEmpty =
    node.kind === 'array' ? node.items.length === 0 : node.value === '';
  return isEmpty
    ? null
    : 'TypeError: All callbacks passed to be saved must inherit `ExportableState`';
}

/** `os.path.exists`, which takes whole numbers, too: they are open files. */
function refusesPath(node: JsonNode | undefined): string | null {
  const isTaken =
    node === undefined ||
    ['null', 'string', 'boolean'].includes(node.kind) ||
    (node.kind === 'number' && isWhole(node.lexeme) && node.lexeme.length < 10);
  return isTaken
    ? null
    : `TypeError: stat: path should be string, bytes, os.PathLike or integer, not ${pythonType(node)}`;
}

/** `state.global_step % state.logging_steps` (trainer_callback.py, `DefaultFlowCallback`). */
function refusesSteps(node: JsonNode | undefined): string | null {
  return node === undefined || isNumeric(node)
    ? null
    : `TypeError: unsupported operand type(s) for %: 'int' and '${pythonType(node)}'`;
}

/** `self.state.total_flos += self.current_flos` (trainer.py, `store_flos`). */
function refusesSum(node: JsonNode | undefined): string | null {
  if (node === undefined || node.kind === 'boolean') return null;
  if (node.kind !== 'number')
    return `TypeError: unsupported operand type(s) for +=: '${pythonType(node)}' and 'float'`;
  return isWhole(node.lexeme) && !Number.isFinite(Number(node.lexeme))
    ? TOO_LARGE
    : null;
}

/** `compare_trainer_and_checkpoint_args` (trainer_utils.py) divides it. */
function refusesBatch(node: JsonNode | undefined, nodes: Nodes): string | null {
  const isOlder = node === undefined && !wroteBatchSize(nodes);
  if (isOlder || (node !== undefined && isNumeric(node))) return null;
  const type = node === undefined ? 'NoneType' : pythonType(node);
  return `TypeError: unsupported operand type(s) for //: '${type}' and 'int'`;
}

function isNumeric({ kind }: JsonNode): boolean {
  return kind === 'number' || kind === 'boolean';
}

/** What wrote `stateful_callbacks` (transformers#29666) did so (transformers#27568). */
function wroteBatchSize(nodes: Nodes): boolean {
  return nodes.get('stateful_callbacks')?.kind === 'object';
}
