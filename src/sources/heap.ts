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

/** Of no configuration, nor of the header of an adapter of 2,000 tensors. */
const LARGE_READ_BYTES = 256 * 1024;

/** A hundred times as long as collecting takes. */
const HUGE_READ_BYTES = 4 * 1024 * 1024;

/**
 * Is told what is read of a file to be decoded, at once or piece by piece, and holds the
 * heap where that is much.
 */
export function readMeter(): (length: number) => void {
  let bytes = 0;
  return (length) => {
    bytes += length;
    if (bytes <= LARGE_READ_BYTES) return;
    bytes = 0;
    holdHeap(length > HUGE_READ_BYTES);
  };
}

/** Besides a fifth of what was left the last time. */
const COLLECTED_FROM_BYTES = 16 * 1024 * 1024;

/** Collects all of the heap; `null` until it is held. */
let collect: (() => void) | null = null;
let leftBytes = 0;

/**
 * Has V8 collect its heap whenever that has grown by a fifth, and not by several times
 * as it does by itself while a heap is small. Called again and again: what is made of one
 * large file lives until the next, so that V8 moves it among what is old, and of that it
 * asks too late (of twelve configurations with 190,000 names each the peak is 820 MB
 * by itself, 210 MB so; of ten headers of 100,000 tensors 450 and 240 MB; Node 24).
 */
function holdHeap(isDue: boolean): void {
  const v8 = process.getBuiltinModule('node:v8');
  // Buffers, and the texts that are made of them, lie outside of the heap.
  const used = () => {
    const { used_heap_size: inside, external_memory: outside } =
      v8.getHeapStatistics();
    return inside + outside;
  };
  if (collect === null) {
    holdYoungGeneration();
    v8.setFlagsFromString('--heap-growing-percent=20');
    collect = collectorOf(v8);
  } else if (!isDue && used() < leftBytes * 1.2 + COLLECTED_FROM_BYTES) return;
  collect();
  leftBytes = used();
}

function collectorOf(v8: typeof import('node:v8')): () => void {
  v8.setFlagsFromString('--expose-gc');
  const { runInNewContext } = process.getBuiltinModule('node:vm');
  const gc = runInNewContext('gc') as () => void;
  v8.setFlagsFromString('--no-expose-gc');
  return gc;
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
