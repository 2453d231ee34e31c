import type { ArchiveFault } from '../../bytes/archive.ts';
import { defineCheck } from '../../define-check.ts';
import { formatCount, listNames } from '../../wording.ts';

/** Entries of one fault: the first names, and how many there are. */
interface Named {
  readonly names: string[];
  readonly count: number;
}
type Faulty = { [K in keyof Named]: Named[K] };

const TOOLS_DIFFER =
  'One tool unpacks it to other files than the next, or refuses it, so that what was judged here may not be what is loaded later.';
const NOT_SEEN = 'What cannot be read here was not judged.';

export const archiveMalformed = defineCheck({
  altitude: 'target',
  meta: {
    id: 'archive-malformed',
    question: 'progress',
    severity: 'error',
    confidence: 'proven',
    title: 'Archive that cannot be unpacked, or not to one set of files',
    why: 'Without a whole archive there are no checkpoints in it: unzip and download-artifact fail, or leave files out.',
    fix: 'Upload or pack the folder again, and compare the size with that of the original: an upload that was cut short is the most frequent cause.',
    since: '0.1.0',
  },
  messages: {
    unlistable: {
      text: ({ words }: { words: string }) => `The archive ${words}.`,
    },
    unsafeNames: {
      text: (data: Faulty) =>
        `${formatCount(data.count, 'name')} in the archive ${data.count === 1 ? 'is' : 'are'} no path below its root: ${listNames(data.names)}.`,
      why: 'Unpacked, such a file lands outside of the folder, or nowhere. It was not looked at.',
      fix: 'Pack the folder again from inside, with relative names and `/` between them: old tools of Windows write `\\`.',
    },
    differingDuplicates: {
      text: (data: Faulty) =>
        `${formatCount(data.count, 'file')} stand${data.count === 1 ? 's' : ''} again in the archive with other content: ${listNames(data.names)}.`,
      why: TOOLS_DIFFER,
      fix: 'Pack each file once. The last of each name was judged, as Python and unzip keep it.',
    },
    duplicates: {
      severity: 'warning',
      text: (data: Faulty) =>
        `${formatCount(data.count, 'file')} stand${data.count === 1 ? 's' : ''} again in the archive, by size and checksum with the same content: ${listNames(data.names)}.`,
      why: 'Some tools ask what to do, and the archive is larger than it need be.',
      fix: 'Pack each file once.',
    },
    overlaps: {
      text: (data: Faulty) =>
        `${formatCount(data.count, 'file')} begin${data.count === 1 ? 's' : ''} in the archive where another has not ended: ${listNames(data.names)}.`,
      why: 'Two files cannot share bytes of an archive: one of them is not what was packed. Python refuses to read it.',
    },
    fileAndFolder: {
      text: (data: Faulty) =>
        `${formatCount(data.count, 'name')} stand${data.count === 1 ? 's' : ''} in the archive for a file and for a folder: ${listNames(data.names)}.`,
      why: 'Only one of the two can be unpacked, and which one depends on the tool.',
    },
    absurdRatios: {
      text: (data: Faulty) =>
        `${formatCount(data.count, 'file')} in the archive should unpack to over 1,032 times the bytes, which deflate cannot: ${listNames(data.names)}.`,
      why: 'The sizes in the archive are wrong, by damage or so that unpacking it fills a disk.',
    },
    encrypted: {
      severity: 'warning',
      text: (data: Faulty) =>
        `${formatCount(data.count, 'file')} in the archive ${data.count === 1 ? 'is' : 'are'} encrypted and ${data.count === 1 ? 'was' : 'were'} not examined: ${listNames(data.names)}.`,
      why: NOT_SEEN,
      fix: 'Pack checkpoints without a password, or name the unpacked folder.',
    },
    unknownMethods: {
      severity: 'warning',
      text: (data: Faulty) =>
        `${formatCount(data.count, 'file')} in the archive ${data.count === 1 ? 'is' : 'are'} packed in a way that is not read here, and ${data.count === 1 ? 'was' : 'were'} not examined: ${listNames(data.names)}.`,
      why: NOT_SEEN,
      fix: 'Pack them stored or deflated, as zip does by default, or name the unpacked folder.',
    },
    beyondDirectory: {
      severity: 'warning',
      text: (data: Faulty) =>
        `${formatCount(data.count, 'file')} in the archive reach${data.count === 1 ? 'es' : ''} into its directory: ${listNames(data.names)}.`,
      why: TOOLS_DIFFER,
    },
    inconsistent: {
      severity: 'warning',
      text: (data: Faulty) =>
        `The archive contradicts itself in ${formatCount(data.count, 'place')}${data.names.length === 0 ? '' : `, at ${listNames(data.names)}`}: sizes, counts or offsets in its directory do not agree.`,
      why: TOOLS_DIFFER,
    },
  },
  run({ subject, report }) {
    // An archive that nobody named, and without a checkpoint, is only listed.
    if (!subject.isNamed && subject.checkpoints === 0) return;
    for (const { path, facts } of subject.archives) {
      const { defect, faults } = facts;
      // What is beyond our own caps says nothing against it, and is a skip.
      if (defect !== null && !OWN_LIMITS.has(defect.code))
        report('unlistable', { words: defect.words }, { path });
      for (const { code, names, count } of faults)
        report(MESSAGES[code], { names: [...names], count }, { path });
    }
  },
});

const OWN_LIMITS: ReadonlySet<string> = new Set([
  'too-many-entries',
  'directory-too-large',
]);

const MESSAGES = {
  'duplicate-name': 'duplicates',
  'duplicate-differs': 'differingDuplicates',
  'unsafe-name': 'unsafeNames',
  'file-and-folder': 'fileAndFolder',
  overlap: 'overlaps',
  'beyond-directory': 'beyondDirectory',
  'ratio-absurd': 'absurdRatios',
  encrypted: 'encrypted',
  'method-unknown': 'unknownMethods',
  'directory-inconsistent': 'inconsistent',
} as const satisfies Record<ArchiveFault['code'], string>;
