import type { TorchZipDefect } from './torch-zip.ts';
import type { EndRecordField, EntryField } from './zip/types.ts';
import { isMinizSearchCut } from './zip/miniz.ts';

/** What `torch.load` 2.13 says by default of an archive for `torch.jit.load`. */
export const TORCHSCRIPT_LOADER_ERROR =
  'Cannot use ``weights_only=True`` with TorchScript archives passed to ``torch.load``';

const OPENING = 'PytorchStreamReader failed reading zip archive: ';
const CORRUPTED = 'invalid header or archive is corrupted';
/** mz_zip_reader_read_central_dir looks no further in a file of fewer bytes. */
const SMALLEST_ZIP_BYTES = 22;

/**
 * The words of `torch.load` (2.13) for a defect, without its advice and without
 * source lines, so that they can be searched for; none where torch does not
 * refuse (our own caps). They hold text from the file where torch quotes it.
 */
export function torchLoaderErrors(defect: TorchZipDefect): readonly string[] {
  const words = findWords(defect);
  return words === null ? [] : [words];
}

function findWords(defect: TorchZipDefect): string | null {
  switch (defect.code) {
    case 'no-end-record':
    case 'zero-tail':
      return noEndRecord(defect.fileBytes);
    case 'end-record-invalid':
      return OPENING + endRecordWords(defect.field);
    case 'directory-beyond-file':
    case 'directory-truncated':
    case 'entry-beyond-file':
      return OPENING + CORRUPTED;
    case 'entry-invalid':
      return OPENING + entryWords(defect.field);
    case 'too-many-entries':
    case 'directory-too-large':
      return null;
    case 'no-entries':
      return defect.isAtStart
        ? 'Weights only load failed'
        : 'archive does not contain any files';
    case 'not-in-folder':
      return `file in archive is not in a subdirectory: ${cString(defect.name)}`;
    case 'second-root':
      return `file in archive is not in a subdirectory ${defect.root}/: ${cString(defect.name)}`;
    case 'name-not-utf8':
      return "'utf-8' codec can't decode byte";
    case 'record-missing':
      return missingWords(defect.record);
    case 'record-unsupported':
      return `PytorchStreamReader failed retrieving file meta-data for ${defect.record}: unsupported ${defect.feature}`;
    case 'record-unreadable':
      return `PytorchStreamReader failed reading file ${defect.record}: ${CORRUPTED}`;
    case 'record-empty':
      return 'EOFError';
    case 'version-invalid':
      return versionInvalid(defect.text);
    case 'version-unsupported':
      return versionUnsupported(defect.version);
    case 'byteorder-invalid':
      return byteOrderInvalid(defect.text);
    case 'alignment-invalid':
      return 'invalid literal for int() with base 10';
  }
}

function noEndRecord(fileBytes: number): string {
  if (fileBytes < SMALLEST_ZIP_BYTES) return `${OPENING}not a ZIP archive`;
  // Its search ends at a negative offset; Python refuses to go there.
  if (isMinizSearchCut(fileBytes)) return '[Errno 22] Invalid argument';
  return `${OPENING}failed finding central directory`;
}

function endRecordWords(field: EndRecordField): string {
  if (field === 'zip64-offset') return 'not a ZIP archive';
  if (field === 'disks') return 'unsupported multidisk archive';
  if (field === 'entry-count') return 'too many files';
  return field === 'directory-size'
    ? 'unsupported central directory size'
    : CORRUPTED;
}

function entryWords(field: EntryField): string {
  if (field === 'disk') return 'unsupported multidisk archive';
  return field === 'masked' ? 'unsupported encryption' : CORRUPTED;
}

function missingWords(record: string): string {
  return record === 'version'
    ? 'Expected hasRecord("version") to be true, but got false.'
    : `PytorchStreamReader failed locating file ${record}: file not found`;
}

function versionInvalid(text: string): string {
  return /^\s*[+-]?\d/.test(text)
    ? 'stoull'
    : `Couldn't parse the version ${text} as Long Long.`;
}

function versionUnsupported(version: number): string {
  const bound = version < 1 ? 'minimum' : 'maximum';
  const limit = version < 1 ? 1 : 10;
  return `Attempted to read a PyTorch file with version ${version}, but the ${bound} supported version for reading is ${limit}.`;
}

function byteOrderInvalid(text: string): string {
  return /^[\0-\x7f]*$/.test(text)
    ? `Unknown endianness type: ${text}`
    : 'Unknown endianness type';
}

/** As a C string: up to the first NUL. Quotes what is UTF-8 only. */
function cString(name: string): string {
  return /^[^\0\ud800-\udfff]*/u.exec(name)?.[0] ?? '';
}
