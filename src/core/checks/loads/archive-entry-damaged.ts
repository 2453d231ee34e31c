import { DamagedError } from '../../bytes/reader.ts';
import type { ValuesOf } from '../../define-check.ts';
import { defineCheck } from '../../define-check.ts';
import type { FileFacts } from '../../layout/file-facts.ts';
import { configFilesOf, weightsOf } from '../../layout/subjects.ts';
import type { WeightsFileSubject } from '../../layout/subjects.ts';

export const archiveEntryDamaged = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'archive-entry-damaged',
    question: 'loads',
    severity: 'error',
    confidence: 'proven',
    title: 'File that is damaged in its archive',
    why: 'The bytes in the archive are not those that were packed. unzip and Python refuse the file; what unpacks without comparing checksums leaves wrong weights behind.',
    fix: 'Take the file from where it was trained and upload it again; if it comes out damaged again, look at the disk and memory of that machine.',
    since: '0.1.0',
  },
  messages: {
    damaged: {
      text: ({ name, words }: { name: string; words: string }) =>
        `${name} cannot be unpacked whole: its ${words}.`,
    },
  },
  async run({ subject, valuesOf, report }) {
    const note = (file: FileFacts, { damage }: DamagedError) =>
      report(
        'damaged',
        { name: file.name, words: damage.words },
        { path: file.path },
      );
    for (const file of configFilesOf(subject))
      await orNote(
        () => file.json(),
        (error) => note(file, error),
      );
    // Without its index there is no telling which files a model has.
    const weights = (await orNote(() => weightsOf(subject))) ?? [];
    for (const one of weights)
      await orNote(
        () => readAll(one, valuesOf),
        (error) => note(one.file, error),
      );
  },
});

/** As much as other checks read: damage elsewhere in it is not met by them either. */
async function readAll(
  weights: WeightsFileSubject,
  valuesOf: ValuesOf,
): Promise<void> {
  await weights.file.content();
  await valuesOf(weights);
}

/** Damage is a value here; bytes that cannot be had are not. */
async function orNote<T>(
  read: () => Promise<T>,
  note: (error: DamagedError) => void = () => undefined,
): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof DamagedError)) throw error;
    note(error);
    return null;
  }
}
