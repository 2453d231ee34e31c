import { CONFIG_NAMES_MAX } from '../bytes/config-limits.ts';
import { asArray, asObject, asString } from '../formats/json/access.ts';
import type { JsonDefect, JsonNode } from '../formats/json/types.ts';
import { defective, parsed } from '../formats/parsed.ts';
import type { Defect, Parsed } from '../formats/parsed.ts';
import { findRefusedFields } from './config-fields.ts';
import type { Fields, RefusedField } from './config-fields.ts';
import { findRefusedPairs } from './config-pairs.ts';
import { wordsOf } from './config-values.ts';
import type { FileFacts } from './file-facts.ts';
import { oncePer } from '../formats/once-per.ts';
import type { TooLarge } from './read-json.ts';
import { findRankRule } from './peft-types.ts';
import type { RankRule } from './peft-types.ts';

/** What an adapter_config.json says, as far as it is looked at. */
export interface AdapterConfig {
  readonly peftType: string;
  /** Whether this PEFT knows the type. */
  readonly isKnownType: boolean;
  /** Whether `rank_pattern` gives modules ranks of their own. */
  readonly hasRankPattern: boolean;
  /** Every field as it stands in the file, by its key. */
  readonly fields: Fields;
}

/** Why PEFT refuses an adapter_config.json. */
export type AdapterConfigDefect =
  | JsonDefect
  | TooLarge
  | Defect<'not-an-object'>
  /** Beyond what this tool looks through. */
  | (Defect<'too-many-names'> & {
      readonly field: string;
      readonly count: number;
      readonly max: number;
    })
  | (Defect<'no-peft-type'> & { readonly keys: readonly string[] })
  | (Defect<'peft-type-not-a-string'> & { readonly found: string })
  /** `found`: the value as it stands in the file. */
  | (Defect<'rank-invalid'> & {
      readonly peftType: string;
      readonly found: string;
    })
  | (Defect<'fields-invalid'> & {
      readonly peftType: string;
      /** At least one. */
      readonly refused: readonly RefusedField[];
    });

type Json = Awaited<ReturnType<FileFacts['json']>>;
type Config = Parsed<AdapterConfig, AdapterConfigDefect>;

/**
 * Reads an adapter_config.json the way PEFT does (config.py: json.load, then
 * the class of `peft_type`, then the layers' use of its fields).
 *
 * @throws SourceError when the bytes cannot be had
 */
export async function readAdapterConfig(file: FileFacts): Promise<Config> {
  return configIn(await file.json());
}

/** Once for as long as the document is held. */
const configIn = oncePer((json: Json): Config => {
  if (!json.ok) return json;
  const fields = asObject(json.value);
  if (fields === null) return defective({ code: 'not-an-object' });
  const type = fields.get('peft_type');
  if (type === undefined)
    return defective({ code: 'no-peft-type', keys: [...fields.keys()] });
  const peftType = asString(type);
  if (peftType === null)
    return defective({ code: 'peft-type-not-a-string', found: type.kind });
  return findLongList(fields) ?? checkFields(peftType, fields);
});

function findLongList(fields: Fields) {
  for (const [field, max] of Object.entries(CONFIG_NAMES_MAX)) {
    const node = fields.get(field);
    const count = asArray(node)?.length ?? asObject(node)?.size ?? 0;
    if (count > max)
      return defective({ code: 'too-many-names' as const, field, count, max });
  }
  return null;
}

function checkFields(
  peftType: string,
  fields: Fields,
): Parsed<AdapterConfig, AdapterConfigDefect> {
  const rule = findRankRule(peftType);
  const rank = fields.get('r');
  // Without `r` PEFT takes the default of the type.
  if (rule !== null && rank !== undefined && !isRank(rank, rule))
    return defective({ code: 'rank-invalid', peftType, found: wordsOf(rank) });
  const refused = [
    ...findRefusedFields(peftType, fields),
    ...findRefusedPairs(peftType, fields),
  ];
  if (refused.length > 0)
    return defective({ code: 'fields-invalid', peftType, refused });
  return parsed({
    peftType,
    isKnownType: rule !== null,
    hasRankPattern: (asObject(fields.get('rank_pattern'))?.size ?? 0) > 0,
    fields,
  });
}

function isRank(node: JsonNode, rule: RankRule): boolean {
  if (rule === 'any') return true;
  switch (node.kind) {
    case 'number':
      return (
        Number(node.lexeme) > 0 &&
        (rule.startsWith('number') || /^\d+$/.test(node.lexeme))
      );
    case 'boolean':
      return node.value && rule.endsWith('true');
    case 'null':
      return rule.endsWith('null');
    default:
      return false;
  }
}
