/**
 * Why a folder of this name is passed over unless the user names it, or `null`.
 * Every source asks here, so that all list alike.
 *
 * Model caches keep their files as links into `blobs/`, and hold models that the
 * job read, not what it wrote (huggingface_hub, `models--<org>--<name>`).
 */
export function ignoredFolderReason(name: string): string | null {
  if (name === '.git') return 'version control, not training output';
  if (name === 'node_modules') return 'packages, not training output';
  if (name === '__MACOSX')
    return 'what macOS keeps beside the files of an archive';
  if (name.startsWith('models--'))
    return 'a model cache: what the job read, not what it wrote';
  return null;
}

/**
 * Endings of what lies beside weights, by the thousand: samples, logs, pictures, sound,
 * tables, source. What a file of such a name is, its name tells, unless something in the
 * checkpoint asks for it.
 */
const BESIDE =
  /\.(?:txt|md|rst|log|out|err|csv|tsv|jsonl|ya?ml|toml|cfg|ini|lock|html?|xml|pdf|py|pyc|ipynb|sh|jinja|png|jpe?g|webp|gif|svg|mp4|webm|wav|mp3|flac|parquet|arrow)$/;

/** Whether a file of this name lies beside weights, and is none. */
export function isBeside(name: string): boolean {
  return BESIDE.test(name);
}
