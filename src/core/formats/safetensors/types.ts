import type { JsonDefect } from '../json/types.ts';
import type { Defect } from '../parsed.ts';

/** One tensor of a safetensors header. Offsets are relative to the data. */
export interface TensorInfo {
  readonly name: string;
  readonly dtype: string;
  /** Sizes beyond 2^53 only occur beside a zero; they are rounded. */
  readonly shape: readonly number[];
  /** Bytes `[begin, end)` of the data that follows the header. */
  readonly begin: number;
  readonly end: number;
}

/** What a valid header says. */
export interface SafetensorsHeader {
  /** Bytes of the JSON text, the 8 of its length not counted. */
  readonly headerBytes: number;
  /** By begin, then end. */
  readonly tensors: readonly TensorInfo[];
  readonly metadata: ReadonlyMap<string, string>;
  /** Accepted by the loader though the format's text rules it out. */
  readonly notes: readonly SafetensorsNote[];
}

export type SafetensorsNote =
  /** README: "Duplicate keys are disallowed". The last one counts. */
  | { readonly code: 'duplicate-tensor'; readonly tensor: string }
  | { readonly code: 'duplicate-metadata'; readonly key: string }
  /** README: the header "MUST begin with a `{`". */
  | { readonly code: 'leading-space' }
  /** Written as serde would also take it: `["F32",[2],[0,8]]`, `{"F32":null}`. */
  | { readonly code: 'other-notation'; readonly tensor: string }
  | {
      readonly code: 'unknown-field';
      readonly tensor: string;
      readonly field: string;
    };

/** The rule that an entry of the header breaks. */
export type EntryFault =
  | 'not-an-object'
  | 'missing-field'
  | 'duplicate-field'
  | 'dtype'
  | 'shape'
  | 'data_offsets';

/**
 * Why the loader refuses a file, in the order in which it looks
 * (safetensors/src/tensor.rs, `read_metadata` and `validate`). Numbers that may
 * exceed 2^53 are texts.
 */
export type SafetensorsDefect =
  | (Defect<'header-too-small'> & { readonly sizeBytes: number })
  | (Defect<'header-too-large'> & { readonly headerBytes: string })
  | (Defect<'header-beyond-file'> & {
      readonly headerBytes: number;
      readonly sizeBytes: number;
    })
  /** A cap of this tool, not a fault of the file. */
  | (Defect<'not-read'> & { readonly headerBytes: number })
  | (Defect<'invalid-utf8'> & { readonly at: number })
  | (Defect<'invalid-json'> & { readonly json: JsonDefect })
  | Defect<'header-not-an-object'>
  | (Defect<'metadata-invalid'> & { readonly key: string | null })
  | (Defect<'entry-invalid'> & {
      readonly tensor: string;
      readonly fault: EntryFault;
    })
  | (Defect<'dtype-unknown'> & {
      readonly tensor: string;
      readonly dtype: string;
    })
  | (Defect<'offsets'> & {
      readonly tensor: string;
      readonly fault: 'hole' | 'overlap' | 'reversed';
      readonly begin: string;
      readonly end: string;
      readonly expectedBegin: string;
    })
  | (Defect<'overflow'> & { readonly tensor: string })
  | (Defect<'misaligned'> & { readonly tensor: string; readonly bits: string })
  | (Defect<'size-mismatch'> & {
      readonly tensor: string;
      readonly dtype: string;
      readonly shape: readonly string[];
      readonly expectedBytes: string;
      readonly foundBytes: string;
    })
  | (Defect<'truncated'> & {
      readonly sizeBytes: number;
      readonly expectedBytes: string;
    })
  | (Defect<'trailing'> & {
      readonly sizeBytes: number;
      readonly expectedBytes: number;
    });
