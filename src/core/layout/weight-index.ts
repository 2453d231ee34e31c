import { asObject, asString, member } from '../formats/json/access.ts';
import type { JsonDefect, JsonNode } from '../formats/json/types.ts';
import { defective, parsed } from '../formats/parsed.ts';
import type { Defect, Parsed } from '../formats/parsed.ts';
import type { ByteReader } from '../bytes/reader.ts';
import { copyOf } from '../wording.ts';
import { readJson } from './read-json.ts';
import type { TooLarge } from './read-json.ts';

/** What an index of shards says (`model.safetensors.index.json`). */
export interface WeightIndex {
  /** Tensor → shard's file name. */
  readonly weightMap: ReadonlyMap<string, string>;
  /** The shards' names, each once, sorted. */
  readonly shards: readonly string[];
  /** `metadata.total_size`, which no loader reads; `null` where it is no number. */
  readonly totalBytes: number | null;
}

/** Why an index cannot be used. */
export type WeightIndexDefect =
  | JsonDefect
  | TooLarge
  | Defect<'no-weight-map'>
  | Defect<'no-metadata'>
  | (Defect<'shard-not-a-name'> & { readonly tensor: string })
  /** A shard's name that leads out of the folder: it is not followed. */
  | (Defect<'shard-outside'> & { readonly shard: string })
  /** It lies deeper, where transformers finds it and this version does not look. */
  | (Defect<'shard-below'> & { readonly shard: string });

/**
 * Reads an index of shards. Rejects what transformers rejects, which reads
 * `metadata` and `weight_map` unguarded (utils/hub.py,
 * `get_checkpoint_shard_files`), and names that are no plain file names, which
 * huggingface_hub rejects (serialization/_torch.py).
 *
 * @throws SourceError when the bytes cannot be had
 */
export async function readWeightIndex(
  reader: ByteReader,
): Promise<Parsed<WeightIndex, WeightIndexDefect>> {
  const json = await readJson(reader);
  if (!json.ok) return json;
  const map = asObject(member(json.value, 'weight_map'));
  if (map === null) return defective({ code: 'no-weight-map' });
  const metadata = asObject(member(json.value, 'metadata'));
  if (metadata === null) return defective({ code: 'no-metadata' });
  const shards = readMap(map);
  if (!shards.ok) return shards;
  const totalBytes = numberOf(metadata.get('total_size'));
  return parsed({ ...shards.value, totalBytes });
}

/** Some writers put it as a float. */
function numberOf(node: JsonNode | undefined): number | null {
  const number = node?.kind === 'number' ? Number(node.lexeme) : NaN;
  return Number.isSafeInteger(number) ? number : null;
}

function readMap(
  map: ReadonlyMap<string, JsonNode>,
): Parsed<Pick<WeightIndex, 'weightMap' | 'shards'>, WeightIndexDefect> {
  const weightMap = new Map<string, string>();
  // They outlive the text: the files of shards are kept by them.
  const names = new Map<string, string>();
  for (const [tensor, node] of map) {
    const shard = asString(node);
    if (shard === null) return defective({ code: 'shard-not-a-name', tensor });
    if (!shard.split('/').every(isPlainName))
      return defective({ code: 'shard-outside', shard });
    if (shard.includes('/')) return defective({ code: 'shard-below', shard });
    const name = names.get(shard) ?? copyOf(shard);
    names.set(name, name);
    weightMap.set(tensor, name);
  }
  const shards = [...names.keys()].sort();
  return parsed({ weightMap, shards });
}

/** A file name that is one on POSIX and on Windows: no folder, no drive. */
function isPlainName(name: string): boolean {
  return !/[/\\:\0]/.test(name) && !/^\.{0,2}$/.test(name);
}
