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
