import type { AdapterMeaning } from './peft/meaning.ts';
import type { WeightsFileSubject } from './subjects.ts';

/** What the adapter is to PEFT that a weights file belongs to; `null` for no adapter. */
export async function meaningOf({
  checkpoint,
  file,
}: WeightsFileSubject): Promise<AdapterMeaning | null> {
  const own = checkpoint.adapters.find(({ weights }) => weights?.file === file);
  return (await own?.meaning()) ?? null;
}
