import { contentName } from '../formats/content.ts';
import type { FileFacts } from '../layout/file-facts.ts';

/** What stands in for a configuration that does not parse, or `null`. */
export async function configPlaceholder(
  file: FileFacts,
): Promise<string | null> {
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
