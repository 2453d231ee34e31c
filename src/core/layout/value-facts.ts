import { SWEPT_TORCH_MAX_BYTES } from '../bytes/limits.ts';
import type { ByteReader, Crc32, SweepFile } from '../bytes/reader.ts';
import { heldReader } from '../bytes/held-reader.ts';
import { checkTorchSums } from '../formats/torch-sums.ts';
import type { TorchSums } from '../formats/torch-sums.ts';
import { readScan } from '../values/read-values.ts';
import type { FileValues } from '../values/read-values.ts';
import type { FileFacts } from './file-facts.ts';
import { memoise } from './memoise.ts';
import { findScanIn } from './values-in.ts';

type Known = Pick<
  FileFacts,
  'content' | 'safetensors' | 'torchZip' | 'torchState'
>;

/** How the bytes of the file are had. */
interface Bytes {
  readonly sizeBytes: number;
  readonly crc32: Crc32;
  readonly read: <T>(use: (reader: ByteReader) => Promise<T>) => Promise<T>;
}

/** What needs all bytes of a weights file: read for it, or taken from a pass over its archive. */
export function valueFacts(
  known: Known,
  { sizeBytes, crc32, read }: Bytes,
): Pick<FileFacts, 'values' | 'torchSums' | 'sweeper'> {
  /** What a pass over the archive left, in whose place nothing is read. */
  let swept: {
    readonly values: FileValues | null;
    readonly sums: TorchSums | null;
  } | null = null;
  const valuesIn = async (reader: ByteReader) => {
    const scan = await findScanIn(reader, known);
    return scan && readScan(reader, scan);
  };
  const sumsIn = async (reader: ByteReader) => {
    const { kind } = await known.content();
    const zip = kind === 'zip' ? await known.torchZip() : null;
    return zip?.ok ? checkTorchSums(reader, zip.value, crc32) : null;
  };
  const sweepHeld = (): SweepFile => {
    const held = new Uint8Array(sizeBytes);
    return {
      feed: (piece, at) => {
        held.set(piece, at);
      },
      end: async () => {
        const reader = heldReader(held);
        swept = { values: await valuesIn(reader), sums: await sumsIn(reader) };
      },
    };
  };
  const sweeper = async (): Promise<SweepFile | null> => {
    const { kind } = await known.content();
    if (kind === 'zip' || kind === 'torch-legacy')
      return sizeBytes <= SWEPT_TORCH_MAX_BYTES ? sweepHeld() : null;
    const scan = await read((reader) => findScanIn(reader, known));
    if (scan === null) return null;
    const { feed, finish } = scan;
    return {
      feed,
      end: () => {
        swept = { values: finish(), sums: null };
      },
    };
  };
  return {
    values: memoise(async () => (swept ? swept.values : read(valuesIn))),
    torchSums: async () => (swept ? swept.sums : read(sumsIn)),
    sweeper,
  };
}
