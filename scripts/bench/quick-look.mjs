/**
 * What is comparable to a structural inspection: the small files of each checkpoint as
 * a whole, and of each adapter's weights the header.
 */

/** The header of 448 tensors takes 61 KB: what reads it does not know before. */
export const WEIGHTS_BYTES = 128 * 1024;

const WHOLE = /(?:^|\/)(?:adapter_config|trainer_state)\.json$/;
const WEIGHTS = /(?:^|\/)adapter_model\.safetensors$/;

/**
 * How many bytes of a file are read from its start on.
 *
 * @param {string} name
 */
export function wanted(name) {
  if (WHOLE.test(name)) return Infinity;
  return WEIGHTS.test(name) ? WEIGHTS_BYTES : 0;
}

/** @returns {() => number} milliseconds since */
export function timer() {
  const started = process.hrtime.bigint();
  return () => Number(process.hrtime.bigint() - started) / 1e6;
}

/**
 * Prints how long it took, and for whoever compares readers how many files there were
 * and how many tensors.
 *
 * @param {readonly { name: string, bytes: Buffer }[]} read
 * @param {() => number} time
 */
export function tellRead(read, time) {
  let tensors = 0;
  for (const { name, bytes } of read) {
    if (WHOLE.test(name)) JSON.parse(bytes.toString());
    else tensors += tensorsIn(bytes);
  }
  const found = `${read.length} files, ${tensors} tensors`;
  process.stdout.write(`${JSON.stringify({ wallMs: time(), found })}\n`);
}

/** @param {Buffer} bytes the first ones of a safetensors file */
function tensorsIn(bytes) {
  const end = 8 + Number(bytes.readBigUInt64LE(0));
  /** @type {Record<string, unknown>} */
  const header = JSON.parse(bytes.subarray(8, end).toString());
  return Object.keys(header).length;
}
