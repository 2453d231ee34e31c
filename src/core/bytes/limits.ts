/**
 * Every cap of this tool, with its reason. A length read from a file is checked
 * against one of these, and against what is left of the file, before use.
 */

const KIB = 1024;
const MIB = 1024 * KIB;

/**
 * First read of every file: enough to recognise any content by its magic bytes,
 * and the whole header of a small safetensors file. It is also what a
 * safetensors file may cost beyond its header.
 */
export const HEAD_BYTES = 8 * KIB;

/**
 * safetensors' own limit (safetensors/src/tensor.rs, MAX_HEADER_SIZE): above it
 * the loader refuses, so there is no reason to read more.
 */
export const SAFETENSORS_HEADER_MAX_BYTES = 100_000_000;

/**
 * A larger header is not read into memory but `not checked`: the largest seen in
 * practice are near 1 MB (tens of thousands of tensors), and decoding takes
 * several times the text.
 */
export const SAFETENSORS_HEADER_READ_MAX_BYTES = 24 * MIB;

/**
 * Headers kept to be recognised again: the shards of a large model are some 30, and
 * come in turn with each checkpoint.
 */
export const RECALLED_HEADERS = 32;

/** With a header's decoded form, some ten times as much is kept. */
export const RECALLED_HEADER_MAX_BYTES = 128 * KIB;

/**
 * The largest JSON document that is read whole: an adapter_config.json is about
 * 1 KiB, a config.json up to 200 KiB, a weight_map of 100,000 tensors 10 MB.
 */
export const JSON_MAX_BYTES = 24 * MIB;

/**
 * As serde_json's recursion limit, which the safetensors loader lives by: deeper
 * values are refused there.
 */
export const JSON_MAX_DEPTH = 127;

/**
 * Keeps a decoded document in some 50 MB: a value costs some 100 bytes, and
 * what is made of it as much again. A weight_map has one a tensor: of 384 experts,
 * 60 layers and 3 matrices, each with its scale, 138,240.
 */
export const JSON_MAX_VALUES = 200_000;

/**
 * One entry or field of a long JSON document that is read in pieces: a log entry takes
 * some 200 bytes, the largest field of a trainer_state.json some KiB.
 */
export const JSON_PIECE_MAX_BYTES = 4 * MIB;

/**
 * Tensors of one safetensors header. The most are in adapters of every expert of a
 * model: 256 experts, 58 layers, 3 projections and 2 matrices are 89,088.
 */
export const SAFETENSORS_MAX_ENTRIES = 120_000;

/**
 * Headers and pickles of which what they say is held at once, in bytes of their text.
 * What was read first of more is let go, and read again where it is asked for again.
 * The 163 headers of DeepSeek-V3, of 91,000 tensors, are 11 MB.
 */
export const HELD_MAX_BYTES = 12 * MIB;

/** The same of whole JSON documents: a thousand configurations are 2 MB. */
export const DOCUMENTS_HELD_MAX_BYTES = 12 * MIB;

/**
 * Tensors of a model's shards that its index does not name, which are kept by name to
 * be counted: a set in order has none, and what mixes two saves as many as a model.
 */
export const STRAYS_MAX = 20_000;

/** Where an end-of-central-directory record can begin: 22 bytes + a comment of 65,535. */
export const ZIP_TAIL_MAX_BYTES = 22 + 65_535;

/** A directory record takes 46 bytes and its name: this is over 300,000 entries. */
export const ZIP_DIRECTORY_MAX_BYTES = 32 * MIB;

/** torch writes one record a storage; the largest seen are some 10,000. */
export const ZIP_MAX_ENTRIES = 200_000;

/**
 * Files of an archive whose names are read: a hundred times what one artifact of
 * GitHub is meant for, and with the directory some 100 MB.
 */
export const ARCHIVE_MAX_ENTRIES = 200_000;

/**
 * First read of an archive, at its end: the directory of some 600 files.
 */
export const ARCHIVE_EDGE_BYTES = 64 * KIB;

/** What is read at once of a file in an archive that is read for the first time. */
export const ARCHIVE_READ_AHEAD_BYTES = 64 * KIB;

/**
 * Extra fields of a local header that the same read spans: writers pad to 64 bytes
 * (torch) or keep times and owners (Info-ZIP, 28 bytes); GitHub's uploader has none.
 */
export const ARCHIVE_EXTRA_SLACK_BYTES = 64;

/** What was fetched of an archive and is kept: 30 KiB for each of 270 checkpoints. */
export const ARCHIVE_HELD_MAX_BYTES = 8 * MIB;

/** Pieces in which it is kept: looking for one takes longer with each. */
export const ARCHIVE_HELD_MAX_PIECES = 1024;

/**
 * Two pieces that lie as near are fetched in one request. Bytes count as requests do:
 * an optimizer state of 2 MB between them is not read.
 */
export const ARCHIVE_MERGE_GAP_BYTES = 32 * KIB;

/** Requests at a time: from 8 on more gain little (200 of them, 30 ms each: 0.91 s). */
export const ARCHIVE_CONCURRENCY = 8;

/** First read of a compressed file: a header of 61 KB compresses to 8 KiB. */
export const DEFLATED_FIRST_BYTES = 16 * KIB;

/** Later reads of it double up to this. */
export const DEFLATED_READ_MAX_BYTES = MIB;

/** What ends in here is read as the start of a compressed file, not all of it. */
export const DEFLATED_PREFIX_BYTES = 128 * KIB;

/**
 * A compressed file up to this is held decompressed while it is open, so that any part
 * can be read; of a larger one, as much from its start.
 */
export const DEFLATED_HELD_MAX_BYTES = 32 * MIB;

/** Pieces in which content is decompressed. */
export const INFLATE_CHUNK_BYTES = 256 * KIB;

/** Folders in folders: a checkpoint lies a few levels deep; a loop has no end. */
export const WALK_MAX_DEPTH = 32;

/**
 * An entry of the list takes some 360 bytes with what is made of it: this many keep
 * the whole process under 256 MB.
 */
export const WALK_MAX_ENTRIES = 400_000;

/**
 * In the paths of all entries, 60 for each that may be listed: 60,000 files whose
 * paths are as long as a system takes (4 KiB) would take 360 MB.
 */
export const WALK_MAX_CHARACTERS = 24_000_000;

/** No pattern that people write comes near. */
export const GLOB_MAX_CHARACTERS = 1024;
/** Ways to match grow with each: by the depth of the tree. */
export const GLOB_MAX_GLOBSTARS = 4;
/** In one name; ways grow by its length, up to 255: `run-*-lr*-seed*` has three. */
export const GLOB_MAX_STARS = 4;
/** Ways to match are the product of the choices of all braces. */
export const GLOB_MAX_BRACES = 4;
/** Commas in a pattern with braces: a list of some dozen runs. */
export const GLOB_MAX_CHOICES = 40;

/** Pieces in which bulk data is read. */
export const STREAM_CHUNK_BYTES = MIB;

/** Names of tensors, keys or files that one finding spells out. */
export const NAMES_SHOWN = 3;

/**
 * The largest pickle that is read whole: a state dict takes some 120 bytes a tensor,
 * so it is not this that ends first, but the operations below.
 */
export const PICKLE_MAX_BYTES = 16 * MIB;

/**
 * What working through a pickle may take: 30 operations and 7 objects a tensor as torch
 * 2.13 writes them, so 66,000 tensors. Python writes 1,000 items of a dict at a time, so
 * the stack of a state dict holds a few thousand values.
 */
export const PICKLE_LIMITS = {
  maxOperations: 2_000_000,
  maxObjects: 500_000,
  maxStack: 100_000,
  maxMemo: 1_000_000,
} as const;

/**
 * Files of ranks that are opened for one checkpoint, some 70 KiB of each: a save of
 * 1,024 processes with ZeRO-3 has 2,048.
 */
export const RANK_FILES_MAX = 2048;

/**
 * First read of a legacy torch file: its pickles lie before the values, of no stated
 * length. A read of eight times as much follows where they do not end.
 */
export const LEGACY_PICKLES_FIRST_BYTES = 256 * KIB;

/**
 * Records that are walked one by one in a torch file that lost its directory, each a
 * read: as many as the largest files seen have, in a file that no loader takes.
 */
export const SALVAGE_MAX_RECORDS = 10_000;

/**
 * Local headers of one torch file that are read: twice as many as the largest files seen
 * have records, in a tenth of a second.
 */
export const LOCAL_HEADERS_MAX = 20_000;

/** Two headers that lie as near come with one read: it costs less than the second would. */
export const LOCAL_HEADERS_GAP_BYTES = 16 * KIB;

/** And so many bytes at once; small records take 200 each. */
export const LOCAL_HEADERS_READ_BYTES = 256 * KIB;

/**
 * Of weights whose values are read unless the user says otherwise: some seconds of a
 * disk, and the adapters of any run but a very long one.
 */
export const VALUES_MAX_BYTES = 4 * 1024 * MIB;

/** The same where they come over a network. */
export const VALUES_MAX_TRANSFER_BYTES = 512 * MIB;

/**
 * A torch file up to this size is held in memory as a pass over its archive comes to
 * it, for its tensors are found by its end. The adapters of a 70B model at rank 8 take
 * 30 MiB; a larger file is read once more by itself.
 */
export const SWEPT_TORCH_MAX_BYTES = 48 * MIB;

/** Bytes that are copied at a time where numbers lie at odd places: stays in the cache. */
export const VALUE_BLOCK_BYTES = 64 * KIB;

/**
 * What the digest of a tensor is made of: all bytes up to `wholeBytes`, else every
 * 251st, which takes each byte of a number in turn. It is there to tell in one pass
 * which tensors can be equal; that they are is said only after comparing all bytes.
 */
export const VALUE_DIGEST = { wholeBytes: 16 * KIB, stride: 251 } as const;

/**
 * A page of memory, and which of its bytes are held against those of the page before:
 * sixteen, which numbers of a training do not share by chance.
 */
export const VALUE_PAGE = { bytes: 4 * KIB, stride: 257 } as const;

/**
 * How often over the bytes of a file may be looked at as numbers, where tensors of
 * a torch file share a storage: tied weights do, two or three times.
 */
export const VALUE_SHARED_MAX = 4;

/** A number in an adapter from which on it is asked about: trained ones stay below 100. */
export const MAGNITUDE_DOUBTFUL = 10_000;

/** The square of a larger number is beyond float32 (3.4e38). */
export const MAGNITUDE_OVERFLOWING = 1e19;

/** A page of memory: what is lost of a mapped file is lost in these. */
export const ZERO_TAIL_BYTES = 4096;

/** Beside weights near 0.01, float32 rounds away what is below 1e-9 of them. */
export const MAGNITUDE_VANISHING = 1e-12;

/**
 * The same where every tensor is so. Some parameters start at 0.001 and above in all
 * types but those of one tensor, and one step of Adam moves those by the learning rate,
 * which is seldom below 1e-7.
 */
export const MAGNITUDE_ALL_VANISHING = 1e-8;

/**
 * First read of a blob: the end of an archive, whose directory takes some 100 bytes an
 * entry, so that of 600 files it comes with the first request.
 */
export const BLOB_TAIL_BYTES = 64 * KIB;

/** Of the answer to a refused request: its code stands in the first few hundred. */
export const BLOB_ERROR_MAX_BYTES = 4 * KIB;

/**
 * Checkpoints of one report: each takes some 20 KB of memory and 2 KB of the report
 * where there is nothing to say of it but that it is empty, and memory has to stay
 * below 256 MB. A nightly root of 50 runs with 100 checkpoints each has as many.
 */
export const CHECKPOINTS_MAX = 5000;
