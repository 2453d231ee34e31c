import { contentName } from '../formats/content.ts';
import type { FileFacts } from '../layout/file-facts.ts';

/**
 * What stands in for a configuration that does not parse, or `null` where the
 * defect itself says more.
 */
export async function configPlaceholder(
  file: FileFacts,
  defect: { readonly code: string },
): Promise<string | null> {
  if (defect.code === 'empty') return null;
  const { kind } = await file.content();
  switch (kind) {
    case 'lfs-pointer':
    case 'html':
    case 'xml':
    case 'text':
    case 'zero-filled':
      return contentName(kind);
    default:
      return null;
  }
}
