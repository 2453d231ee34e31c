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
 * Endings of what a training leaves beside its checkpoints, by the thousand: samples,
 * logs, pictures, source. No loader takes a checkpoint from such a file.
 */
const BESIDE =
  /\.(?:txt|md|log|csv|tsv|out|err|html?|py|ipynb|sh|toml|ya?ml|lock|png|jpe?g|webp|gif|svg|bmp|mp4|webm|wav|mp3|flac|ogg|pdf|xml|parquet|arrow|jsonl)$/i;

/**
 * Whether a file of this name need not be looked at when it is listed: how large it is
 * may be told when that is asked.
 */
export function isBeside(name: string): boolean {
  return BESIDE.test(name);
}
