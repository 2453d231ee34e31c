/**
 * What a PEFT type takes for `r`, besides positive integers. `any`: it has no
 * rank, or one of another meaning.
 *
 * Measured with PEFT 0.21.0: each type put on a small Llama with r = 0, -1, "2",
 * 2.5, 2.0, true and null. Where it raises (mostly "`r` should be a positive
 * integer value but the value passed is 0" or a TypeError), the value is refused.
 */
export type RankRule =
  | 'integer'
  | 'integer or true'
  | 'integer or null'
  | 'number'
  | 'number or true'
  | 'any';

/** Every type of PEFT 0.21.0 (utils/peft_types.py, PeftType). */
const PEFT_TYPES: ReadonlyMap<string, RankRule> = new Map([
  ['ADALORA', 'any'], // init_r and target_r count, not r
  ['ADAMSS', 'any'],
  ['ADAPTION_PROMPT', 'any'],
  ['BEFT', 'any'],
  ['BOFT', 'any'],
  ['C3A', 'any'],
  ['CARTRIDGE', 'any'],
  ['CPT', 'any'],
  ['DEFT', 'integer'],
  ['DELORA', 'integer'],
  ['FOURIERFT', 'any'],
  ['FROD', 'any'],
  ['GLORA', 'any'], // takes 0
  ['GRALORA', 'integer'],
  ['HIRA', 'integer'],
  ['HRA', 'integer or true'],
  ['IA3', 'any'],
  ['LILY', 'integer'],
  ['LN_TUNING', 'any'],
  ['LOHA', 'integer'],
  ['LOKR', 'number'],
  ['LORA', 'integer'],
  ['MISS', 'integer'],
  ['MULTITASK_PROMPT_TUNING', 'any'],
  ['OFT', 'any'], // takes 0 when oft_block_size is set
  ['OSF', 'any'],
  ['PEANUT', 'integer'],
  ['POLY', 'integer or true'],
  ['PREFIX_TUNING', 'any'],
  ['PROMPT_TUNING', 'any'],
  ['PSOFT', 'number or true'],
  ['PVERA', 'integer or true'],
  ['P_TUNING', 'any'],
  ['RANDLORA', 'integer'],
  ['ROAD', 'any'],
  ['SHADOW', 'integer'],
  ['SHIRA', 'integer or true'],
  ['SUPERTUNING', 'integer or null'],
  ['TINYLORA', 'integer or true'],
  ['TRAINABLE_TOKENS', 'any'],
  ['UNILORA', 'integer'],
  ['VBLORA', 'integer'],
  ['VERA', 'integer'],
  ['WAVEFT', 'any'],
  ['XLORA', 'any'],
]);

/** The rank rule of a type, or `null` for a type that PEFT 0.21.0 does not know. */
export function findRankRule(peftType: string): RankRule | null {
  return PEFT_TYPES.get(peftType) ?? null;
}
