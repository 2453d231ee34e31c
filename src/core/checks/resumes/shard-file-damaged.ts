import { RANK_FILES_MAX } from '../../bytes/limits.ts';
import { defineCheck } from '../../define-check.ts';
import type { DcpExtent, DcpMetadata } from '../../formats/dcp-metadata.ts';
import { findDcpEndDamage, findDcpSizeDamage } from '../../layout/dcp-files.ts';
import type { DcpFolder } from '../../layout/sharded-state.ts';
import { rankFilesOf } from '../../layout/state-files.ts';
import type { FileFacts } from '../../layout/file-facts.ts';
import type { RankFileDefect } from '../../layout/rank-file.ts';
import type { CheckpointSubject } from '../../layout/subjects.ts';
import type { JsonRecord } from '../../types.ts';
import { formatCount, formatNumber, listNames } from '../../wording.ts';
import { rankDefectErrors, rankDefectWords } from '../rank-defect.ts';
import { exactBytes } from '../wording.ts';

interface Files extends JsonRecord {
  readonly folder: string;
  /** The first of them. */
  readonly names: string[];
  readonly files: number;
}

interface RankData extends JsonRecord {
  /** What is wrong with the first of them. */
  readonly words: string;
  readonly errors: string[];
}

const EOF = 'EOFError';
const NO_DIRECTORY =
  'RuntimeError: PytorchStreamReader failed reading zip archive: failed finding central directory';
const NOT_LOADED = 'UnpicklingError: Weights only load failed.';

export const shardFileDamaged = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'shard-file-damaged',
    question: 'resumes',
    severity: 'error',
    confidence: 'proven',
    title: 'File of a rank that is missing, cut or empty',
    why: 'Each rank wrote its part of model and optimizer into a file of its own. The loader stops at the first that it cannot read, so training cannot go on from here.',
    fix: 'Copy the file again from where it was saved and compare the sizes; if it is the same there, resume from an older checkpoint and look in the log of that rank for a full disk or a killed process.',
    since: '0.1.0',
  },
  messages: {
    missing: {
      text: ({ folder, names, files, bytes }: Files & { bytes: number }) =>
        `.metadata in ${folder} places ${exactBytes(bytes)} of values in ${formatCount(files, 'file')} that ${files === 1 ? 'is' : 'are'} not there: ${listNames(names)}.`,
      fix: 'Bring the files of all ranks into one folder (each node may have written to a disk of its own), or resume from an older checkpoint.',
      loaderErrors: ({ names }) => [
        `FileNotFoundError: [Errno 2] No such file or directory: '…${names[0] ?? ''}'`,
      ],
    },
    short: {
      text: ({
        names,
        files,
        fileBytes,
        endBytes,
      }: Files & { fileBytes: number; endBytes: number }) =>
        `${names[0] ?? ''} has ${exactBytes(fileBytes)}, and .metadata places values in it up to byte ${formatNumber(endBytes)}: ${fileBytes === 0 ? 'it is empty' : 'it was cut off, or is of another save'}.${andMore(files, names)}`,
      loaderErrors: () => [EOF, NO_DIRECTORY],
    },
    zeros: {
      text: ({ names, files }: Files) =>
        `${names[0] ?? ''} has its full size, and zeros where its last value has to be: its end was never written.${andMore(files, names)}`,
      loaderErrors: () => [NOT_LOADED, NO_DIRECTORY],
    },
    mismatched: {
      text: ({
        names,
        files,
        offset,
        end,
      }: Files & { offset: number; end: number }) =>
        `${names[0] ?? ''} holds no tensor where .metadata places one, from byte ${formatNumber(offset)} to ${formatNumber(end)}: it was written over, or .metadata is of another save.${andMore(files, names)}`,
      loaderErrors: () => [NOT_LOADED, NO_DIRECTORY],
    },
    rank: {
      text: ({ words, files, names }: Files & RankData) =>
        `${words}${andMore(files, names)}`,
      loaderErrors: ({ errors }) => errors,
    },
  },
  async run({ subject, report }) {
    for (const dcp of subject.sharded?.dcp ?? []) {
      const read = await dcp.metadata();
      // What none of the files is there for is said elsewhere.
      if (!read?.ok || dcp.dataFiles.length === 0) continue;
      const say = { report, where: { path: dcp.path } };
      const known = sayBySize(dcp, read.value, say);
      await sayByEnd(dcp, read.value, known, say);
    }
    await sayOfRanks(subject, report);
  },
});

type Report = Parameters<typeof shardFileDamaged.run>[0]['report'];
interface Say {
  readonly report: Report;
  readonly where: { readonly path: string };
}

/** Returns the names of which it had something to say. */
function sayBySize(
  dcp: DcpFolder,
  metadata: DcpMetadata,
  { report, where }: Say,
): ReadonlySet<string> {
  const { missing, short } = findDcpSizeDamage(dcp, metadata);
  if (missing.length > 0) {
    const bytes = missing.reduce((sum, one) => sum + one.extent.pieceBytes, 0);
    report('missing', { ...filesOf(dcp.name, missing), bytes }, where);
  }
  const [first] = short;
  if (first !== undefined) {
    const { fileBytes, extent } = first;
    const numbers = { fileBytes, endBytes: extent.endBytes };
    report('short', { ...filesOf(dcp.name, short), ...numbers }, where);
  }
  return new Set([...missing, ...short].map(({ name }) => name));
}

async function sayByEnd(
  dcp: DcpFolder,
  { files }: DcpMetadata,
  known: ReadonlySet<string>,
  { report, where }: Say,
): Promise<void> {
  const zeros: { name: string }[] = [];
  const other: { name: string; last: DcpExtent['last'] }[] = [];
  let opened = 0;
  for (const [name, extent] of files) {
    const file = known.has(name) ? null : dcp.fileNamed(name);
    if (file === null || (opened += 1) > RANK_FILES_MAX) continue;
    const damage = await findDcpEndDamage(file, extent);
    if (damage === 'zeros') zeros.push({ name });
    else if (damage !== null) other.push({ name, last: extent.last });
  }
  if (zeros.length > 0) report('zeros', filesOf(dcp.name, zeros), where);
  const [first] = other;
  if (first === undefined) return;
  const { offset, length } = first.last;
  const numbers = { offset, end: offset + length };
  report('mismatched', { ...filesOf(dcp.name, other), ...numbers }, where);
}

async function sayOfRanks(
  subject: CheckpointSubject,
  report: Report,
): Promise<void> {
  const byFolder = new Map<
    string,
    { file: FileFacts; defect: RankFileDefect }[]
  >();
  for (const { folder, file, state } of rankFilesOf(subject).slice(
    0,
    RANK_FILES_MAX,
  )) {
    const read = await state();
    if (read.kind !== 'damaged') continue;
    const damaged = byFolder.get(folder) ?? [];
    damaged.push({ file, defect: read.defect });
    byFolder.set(folder, damaged);
  }
  for (const [path, damaged] of byFolder) {
    const [first] = damaged;
    if (first === undefined) continue;
    const { file, defect } = first;
    const words = rankDefectWords(file.name, file.sizeBytes, defect);
    const errors = [...rankDefectErrors(defect)];
    const files = filesOf(
      path,
      damaged.map((one) => one.file),
    );
    report('rank', { ...files, words, errors }, { path: file.path });
  }
}

function filesOf(
  folder: string,
  damaged: readonly { readonly name: string }[],
): Files {
  const names = damaged.map(({ name }) => name);
  return { folder, names, files: names.length };
}

function andMore(files: number, names: readonly string[]): string {
  return files > 1
    ? ` So ${files === 2 ? 'is' : 'are'} ${formatCount(files - 1, 'more file')}: ${listNames(names.slice(1))}.`
    : '';
}
