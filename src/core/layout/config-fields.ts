import { asArray, asObject, asString } from '../formats/json/access.ts';
import type { JsonNode } from '../formats/json/types.ts';
import type { FieldRule } from './config-rules.ts';
import { FIELD_ROWS, PATTERN_ROWS, REQUIRED } from './config-table.ts';
import type { Row } from './config-table.ts';
import { wordsOf } from './config-values.ts';

/** The fields of a configuration, of a repeated key the last. */
export type Fields = ReadonlyMap<string, JsonNode>;

/** A field with a value that PEFT cannot work with. */
export interface RefusedField {
  readonly field: string;
  /** The value as it stands in the file; `''` where the field is not there. */
  readonly found: string;
  /** What it takes instead, as the end of "it takes …". */
  readonly takes: string;
  readonly raises: string;
}

const FIELD_RULES = byType(FIELD_ROWS);
const PATTERN_RULES = byType(PATTERN_ROWS);

function byType(
  rows: readonly Row[],
): ReadonlyMap<string, ReadonlyMap<string, FieldRule>> {
  const rules = new Map<string, Map<string, FieldRule>>();
  for (const [field, rule, types] of rows)
    for (const type of types.split(' ')) {
      const ofType = rules.get(type) ?? new Map<string, FieldRule>();
      rules.set(type, ofType.set(field, rule));
    }
  return rules;
}

/** The fields, in the order of the file, whose own value PEFT cannot work with. */
export function findRefusedFields(
  peftType: string,
  fields: Fields,
): readonly RefusedField[] {
  const refused = [...fields].flatMap(([field, node]) => {
    const rule = FIELD_RULES.get(peftType)?.get(field);
    if (rule === undefined) return [];
    return rule.accepts(node)
      ? refusedOfPattern(peftType, fields, field)
      : [refusedField(field, node, rule)];
  });
  return [...missingFields(peftType, fields), ...refused];
}

function missingFields(peftType: string, fields: Fields): RefusedField[] {
  return REQUIRED.flatMap(([field, types, raises]) =>
    !types.split(' ').includes(peftType) || fields.has(field)
      ? []
      : { field, found: '', takes: 'a value', raises },
  );
}

function refusedField(
  field: string,
  node: JsonNode,
  { takes, raises }: FieldRule,
): RefusedField {
  const found = wordsOf(node);
  return { field, found, takes, raises: raises?.(node) ?? 'TypeError' };
}

/**
 * PEFT looks at a pattern where it meets a module of that name, so for sure where
 * the name is that of a target.
 */
function refusedOfPattern(
  peftType: string,
  fields: Fields,
  field: string,
): RefusedField[] {
  const rule = PATTERN_RULES.get(peftType)?.get(field);
  if (rule === undefined) return [];
  const targets = new Set(
    asArray(fields.get('target_modules'))?.map((item) => asString(item)),
  );
  return [...(asObject(fields.get(field)) ?? [])].flatMap(([name, node]) =>
    rule.accepts(node) || !targets.has(name)
      ? []
      : refusedField(`${field}.${name}`, node, rule),
  );
}
