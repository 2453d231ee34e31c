import { SourceError } from './bytes/reader.ts';

/** `null` for what cannot be read, where a check that needs it says so. */
export async function orNull<T>(find: () => Promise<T>): Promise<T | null> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof SourceError) return null;
    throw error;
  }
}
