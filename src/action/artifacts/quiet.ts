/** How many runs go on for which the output is held back. */
let running = 0;

/**
 * Runs something that prints, and lets none of it out but commands that mask a secret or
 * are shown to who debugs. `@actions/artifact` prints the name of the file that it writes,
 * decoded from a header: a line end in it would start a workflow command of its own.
 * Nothing else may print meanwhile.
 */
export async function withoutOutput<T>(run: () => Promise<T>): Promise<T> {
  // Several at once share one wrapper, which the last takes off.
  if (running++ === 0) wrap();
  try {
    return await run();
  } finally {
    if (--running === 0) unwrap();
  }
}

/** A whole command as `@actions/core` issues it: line ends of its text are escaped. */
const COMMAND = /^::(?:add-mask|debug)::[^\r\n]*\r?\n$/;

/** A signed URL in a text for debugging: of answers in camelCase nobody has masked it. */
const SIGNED = /[?&]sig=/;

let unwrap = (): void => undefined;

function wrap(): void {
  const { stdout } = process;
  // The way back; it is called on its own stream only.
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const original = stdout.write;
  const filter = (
    chunk: string | Uint8Array,
    encoding?: BufferEncoding | ((error?: Error | null) => void),
    done?: (error?: Error | null) => void,
  ): boolean => {
    if (typeof chunk === 'string' && COMMAND.test(chunk) && !SIGNED.test(chunk))
      return original.call(stdout, chunk);
    const told = typeof encoding === 'function' ? encoding : done;
    if (told !== undefined) process.nextTick(told);
    return true;
  };
  stdout.write = filter;
  unwrap = () => {
    stdout.write = original;
  };
}
