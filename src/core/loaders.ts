/**
 * The loaders, by version, that the answers stand for: the corpus was loaded
 * with these (scripts/corpus/requirements.txt), and a test compares the two.
 */
export const LOADERS = {
  peft: '0.21.0',
  safetensors: '0.8.0',
  torch: '2.13.0',
  transformers: '5.18.0',
} as const;
