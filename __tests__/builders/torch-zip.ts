import { buildZip, type ZipFile, type ZipOptions } from './zip.ts';

/** What to write in place of what `torch.save` 2.13 writes. */
export interface TorchZipSpec {
  readonly root?: string;
  /** `data.pkl`; by default an empty dict. */
  readonly pickle?: Uint8Array;
  /** Contents of `data/0`, `data/1`, … */
  readonly storages?: readonly Uint8Array[];
  /** Other contents of records, by name without the root; `null`: left out. */
  readonly records?: Readonly<Record<string, string | null>>;
  /** Entries after the others, with their full names. */
  readonly extra?: readonly ZipFile[];
  /** Any change to the list of entries. */
  readonly edit?: (files: readonly ZipFile[]) => readonly ZipFile[];
  readonly options?: ZipOptions;
}

/** `PROTO 2, EMPTY_DICT, STOP`: what `torch.load` returns `{}` for. */
export const EMPTY_DICT_PICKLE = Uint8Array.of(0x80, 2, 0x7d, 0x2e);

/** An archive laid out as `torch.save` 2.13 lays it out (order, padding, Zip64). */
export function buildTorchZip(spec: TorchZipSpec = {}): Uint8Array {
  const { root = 'archive', storages = [], records = {}, extra = [] } = spec;
  const files: [string, string | Uint8Array][] = [
    ['data.pkl', spec.pickle ?? EMPTY_DICT_PICKLE],
    ['.format_version', '1'],
    ['.storage_alignment', '64'],
    ['byteorder', 'little'],
    ...storages.map((bytes, key): [string, Uint8Array] => [
      `data/${key}`,
      bytes,
    ]),
    ['version', '3\n'],
    ['.data/serialization_id', '0'.repeat(40)],
  ];
  const replaced = new Map<string, string | Uint8Array | null>([
    ...files,
    ...Object.entries(records),
  ]);
  const written: ZipFile[] = [];
  for (const [name, content] of replaced)
    if (content !== null)
      written.push({ name: `${root}/${name}`, content, flags: 0x0808 });
  const all = [...written, ...extra];
  return buildZip(spec.edit?.(all) ?? all, {
    isZip64: true,
    isTorchLike: true,
    ...spec.options,
  });
}

const LOCAL_HEADER_BYTES = 30;

/** The file with other bytes in the local header of a record, by default zeros. */
export function withoutHeader(
  zip: Uint8Array,
  record: string,
  bytes: Uint8Array = new Uint8Array(LOCAL_HEADER_BYTES),
  at = 0,
): Uint8Array {
  const file = Buffer.from(zip);
  // Its name comes behind it, before that in the directory.
  const name = file.indexOf(`archive/${record}`);
  if (name === -1) throw new Error(`no record ${record}`);
  file.set(bytes, name - LOCAL_HEADER_BYTES + at);
  return new Uint8Array(file);
}
