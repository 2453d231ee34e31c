/**
 * Keeps the part of V8's heap for new objects at the size that it has. While a large
 * folder is listed nothing dies young, so that V8 lets this part grow to 48 MB, which
 * then stay: of 100,000 files the peak is 185 MB, and 110 MB so, in the same time
 * (Node 24). Of 300 checkpoints with the optimizer of 256 parameters each it is 290 MB,
 * and half of that so. V8 reads the flag whenever it thinks of growing.
 */
export function holdYoungGeneration(): void {
  // Loaded only here: it would take 2 ms of every start.
  const v8 = process.getBuiltinModule('node:v8');
  v8.setFlagsFromString('--semi-space-growth-factor=1');
}

let isHeld = false;

/**
 * Lets V8 collect its heap whenever that has grown by a fifth, and not by several
 * times as it does by itself while a heap is small. What is decoded of a header of
 * 100,000 tensors is some 50 MB, and of ten one after the other the peak is 450 MB,
 * and half as much so, in a quarter more time (Node 20 and 24). Collecting in steps, it
 * would fall behind what is made meanwhile: 280 MB of ten, with their values, and 240 so.
 */
export function holdHeap(): void {
  if (isHeld) return;
  isHeld = true;
  holdYoungGeneration();
  const v8 = process.getBuiltinModule('node:v8');
  v8.setFlagsFromString('--heap-growing-percent=20');
  endMarking(v8);
  v8.setFlagsFromString('--no-incremental-marking');
}

/**
 * Collects once, which ends the marking in the background. Told in the middle of that not
 * to mark, V8 seems to end the process ("unreachable code" in ConcurrentMarking, Node 20).
 */
function endMarking(v8: typeof import('node:v8')): void {
  v8.setFlagsFromString('--expose-gc');
  const { runInNewContext } = process.getBuiltinModule('node:vm');
  const collect = runInNewContext('gc') as () => void;
  v8.setFlagsFromString('--no-expose-gc');
  collect();
}

/** Of this V8 (Node 24, on which the action runs) the flag below is known. */
const V8_WITH_CAPACITY = '13.';

/**
 * Lets V8 collect new buffers soon. Those of a socket or of zlib it counts by their
 * bytes, and waits for twice the size that the part for new objects may ever have: 64 MB
 * lie about. Of an artifact of 1.9 GB the peak is 170 MB, and 97 MB so, in three
 * quarters of the time of the processor, as memory that was just used is used again.
 */
export function holdBuffers(): void {
  if (!process.versions.v8.startsWith(V8_WITH_CAPACITY)) return;
  const v8 = process.getBuiltinModule('node:v8');
  v8.setFlagsFromString('--scavenger-max-new-space-capacity-mb=2');
}
