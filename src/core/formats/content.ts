/** What a file is by its bytes, whatever its name. Texts are from the file. */
export type Content =
  | { readonly kind: 'empty' }
  /** Zeros wherever it was looked: the first and last 64 KiB at least. */
  | { readonly kind: 'zero-filled' }
  /** `sizeBytes`: of the file that the pointer stands for. */
  | {
      readonly kind: 'lfs-pointer';
      readonly oid: string;
      readonly sizeBytes: number;
    }
  /** An error page, mostly; `title` is its title where it is near the start. */
  | { readonly kind: 'html'; readonly title: string | null }
  /** `root`: the name of the outermost element, e.g. `Error`. */
  | { readonly kind: 'xml'; readonly root: string | null }
  /** Text that begins like JSON; `error` is its first value if named so. */
  | { readonly kind: 'json'; readonly error: string | null }
  /** `firstLine`: that is not blank, capped (`isCapped`) at 120 characters. */
  | {
      readonly kind: 'text';
      readonly firstLine: string;
      readonly isCapped: boolean;
    }
  /** `firstBytes`: up to 8, in hexadecimal. */
  | { readonly kind: 'unknown'; readonly firstBytes: string }
  | { readonly kind: BinaryKind };

/** Formats that need no more than their name. */
export type BinaryKind =
  | 'safetensors'
  | 'zip'
  | 'torch-legacy'
  | 'pickle'
  | 'gguf'
  | 'npy'
  | '7z'
  | 'gzip'
  | 'zstd'
  | 'xz'
  | 'bzip2'
  | 'tar'
  | 'hdf5'
  | 'tflite'
  | 'torch-preview';

export type ContentKind = Content['kind'];

const NAMES: Readonly<Record<ContentKind, string>> = {
  empty: 'an empty file',
  'zero-filled': 'a file of zeros only',
  'lfs-pointer': 'a Git LFS pointer',
  html: 'an HTML page',
  xml: 'an XML document',
  json: 'a JSON document',
  text: 'a text file',
  unknown: 'content of no known format',
  safetensors: 'a safetensors file',
  zip: 'a zip archive',
  'torch-legacy': 'a torch file of the legacy (non-zip) format',
  pickle: 'a bare Python pickle',
  gguf: 'a GGUF file',
  npy: 'a NumPy .npy file',
  '7z': 'a 7z archive',
  gzip: 'a gzip archive',
  zstd: 'a Zstandard archive',
  xz: 'an xz archive',
  bzip2: 'a bzip2 archive',
  tar: 'a tar archive',
  hdf5: 'an HDF5 file',
  tflite: 'a TensorFlow Lite model',
  'torch-preview': 'a torch archive of the preview format',
};

/** A kind of content for people, with its article: `a Git LFS pointer`. */
export function contentName(kind: ContentKind): string {
  return NAMES[kind];
}

/** What stands in another file's place: no format of weights or of a state looks so. */
const PLACEHOLDERS: readonly ContentKind[] = [
  'empty',
  'zero-filled',
  'lfs-pointer',
  'html',
  'xml',
  'json',
  'text',
];

export function isPlaceholder(kind: ContentKind): boolean {
  return PLACEHOLDERS.includes(kind);
}
