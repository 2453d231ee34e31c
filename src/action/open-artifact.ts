import { SourceError } from '../core/bytes/reader.ts';
import type { ByteReader, Source } from '../core/bytes/reader.ts';
import { archiveSource, isZipOfItsOwn } from '../sources/archive.ts';
import { openBlob } from '../sources/blob-reader.ts';
import { unreachableSource } from '../sources/directory.ts';
import { fileSource } from '../sources/file-source.ts';
import { openLocalFile } from '../sources/local-file.ts';
import { toSourceError } from '../sources/source-error.ts';
import type { Artifact, ArtifactService, Mask } from './artifacts/artifact.ts';
import type { Downloaded } from './artifacts/download.ts';

/** What opening an artifact needs. */
export interface OpenSettings {
  readonly service: ArtifactService;
  readonly mask: Mask;
  /** Values are read of at most so many bytes of all artifacts. */
  readonly transferMaxBytes: number;
  /** Makes the folder for blobs that have to be downloaded whole. */
  readonly folder: () => Promise<string>;
}

/**
 * The files of an artifact: of a zip those in it, read through ranges of it; else the
 * one file that it is. What cannot be opened is a source that says why.
 */
export async function openArtifact(
  artifact: Artifact,
  settings: OpenSettings,
): Promise<Source> {
  const { name } = artifact;
  try {
    const blob = await openRanges(artifact, settings);
    const source = (await isZip(artifact, blob))
      ? archiveSource({ label: name, open: () => Promise.resolve(blob.reader) })
      : fileSource(name, blob.reader);
    const { transferMaxBytes } = settings;
    const digest = artifact.digest === null ? {} : { digest: artifact.digest };
    return {
      ...source,
      mark: ':',
      isUpload: true,
      transferMaxBytes,
      ...digest,
    };
  } catch (error) {
    if (error instanceof SourceError)
      return { ...unreachableSource(name, error), mark: ':' };
    throw error;
  }
}

/** A blob that can be read at random, and what it says of itself. */
interface Opened {
  readonly reader: ByteReader;
  readonly contentType: string | null;
  readonly fileName: string | null;
}

/** What uploads of several files are (`@actions/artifact`, download-artifact.js). */
const ZIP_TYPES: ReadonlySet<string> = new Set([
  'application/zip',
  'application/x-zip-compressed',
  'application/zip-compressed',
  'zip',
]);

/**
 * By what the store says, as the uploader told it: a torch file that was uploaded as
 * it is begins like a zip, too. Where the store says nothing, by its first bytes.
 */
async function isZip(
  { name }: Artifact,
  { contentType, fileName, reader }: Opened,
): Promise<boolean> {
  const [type = ''] = (contentType ?? '').split(';');
  if (ZIP_TYPES.has(type.trim().toLowerCase())) return true;
  if (/\.zip$/i.test(fileName ?? '')) return true;
  const isTold = !['', 'application/octet-stream'].includes(type.trim());
  if (isTold || isZipOfItsOwn(fileName ?? name) || reader.size < 4)
    return false;
  const [p, k, third, fourth] = await reader.read(0, 4);
  return p === 0x50 && k === 0x4b && third === 3 && fourth === 4;
}

async function openRanges(
  artifact: Artifact,
  { service, mask, folder }: OpenSettings,
): Promise<Opened> {
  const { sizeBytes } = artifact;
  try {
    const blob = await openBlob({
      sizeBytes,
      sign: () => service.sign(artifact),
      mask,
    });
    return {
      reader: blob,
      contentType: blob.contentType(),
      fileName: blob.fileName(),
    };
  } catch (error) {
    const isWhole =
      error instanceof SourceError && error.code === 'RANGES_IGNORED';
    if (!isWhole) throw error;
    return openDownloaded(artifact, service, await folder());
  }
}

async function openDownloaded(
  artifact: Artifact,
  service: ArtifactService,
  folder: string,
): Promise<Opened> {
  const { path, sizeBytes, digestMatches } = await download(
    artifact,
    service,
    folder,
  );
  if (digestMatches === false)
    throw new SourceError(
      'DIGEST_DIFFERS',
      `the bytes that were downloaded do not have the digest that GitHub states (${artifact.digest ?? ''}): they were damaged on the way or in the store`,
    );
  if (digestMatches === null && sizeBytes < artifact.sizeBytes)
    throw new SourceError(
      'SHORT_BODY',
      `${sizeBytes} of ${artifact.sizeBytes} bytes came, and no digest is stated to tell whether that is all`,
    );
  const fileName = path.slice(path.lastIndexOf('/') + 1);
  return { reader: openLocalFile(path), contentType: null, fileName };
}

/** One at a time: several at once would each count on the same free space. */
let downloading: Promise<unknown> = Promise.resolve();

function download(
  artifact: Artifact,
  service: ArtifactService,
  folder: string,
): Promise<Downloaded> {
  const own = downloading.then(() => service.download(artifact, folder));
  downloading = own.catch(() => undefined);
  return own.catch((error: unknown) => {
    throw toSourceError(error, folder);
  });
}
