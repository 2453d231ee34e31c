import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { StringDecoder } from 'node:string_decoder';

/** How long the runner waits, in milliseconds (ProcessInvoker.cs). */
export interface Delays {
  /** After SIGINT, before SIGTERM. */
  readonly sigintMs: number;
  /** After SIGTERM, before the kill. */
  readonly sigtermMs: number;
  /** After the exit, for pipes that a child of the child keeps open. */
  readonly pipesMs: number;
}
export const RUNNER_DELAYS: Delays = {
  sigintMs: 7500,
  sigtermMs: 2500,
  pipesMs: 5000,
};

export interface Child {
  readonly pid: number | undefined;
  /** Settles when the process is gone and its output is read; 128 + n for a signal. */
  readonly exited: Promise<number>;
  /** SIGINT, SIGTERM, kill. On Windows Node can only kill. */
  readonly cancel: () => Promise<void>;
}

interface ChildOptions {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly delays: Delays;
  readonly onLine: (line: string) => void;
  /** What its output is written to, and nobody hands on, in place of pipes. */
  readonly output: number | null;
}

/** Starts a process with its input closed, and hands on its lines. */
export function startChild(options: ChildOptions): Child {
  const { file, args, cwd, env, delays, onLine } = options;
  const output = options.output ?? 'pipe';
  const child = spawn(file, args, {
    cwd,
    env,
    stdio: ['pipe', output, 'pipe'],
  });
  child.stdin?.end();
  const streams = [child.stdout, child.stderr].filter((one) => one !== null);
  for (const stream of streams) {
    const lines = lineSplitter(onLine);
    stream.on('data', (bytes: Buffer) => lines.push(bytes));
    stream.on('close', () => lines.end());
  }
  const exited = new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    let timer: NodeJS.Timeout | undefined;
    child.on('exit', () => {
      timer = setTimeout(() => {
        for (const stream of streams) stream.destroy();
      }, delays.pipesMs);
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
  const sent = async (signal: NodeJS.Signals, ms: number) => {
    child.kill(signal);
    return hasEndedWithin(exited, ms);
  };
  const cancel = async () => {
    if (await sent('SIGINT', delays.sigintMs)) return;
    if (await sent('SIGTERM', delays.sigtermMs)) return;
    child.kill('SIGKILL');
    await exited;
  };
  return { pid: child.pid, exited, cancel };
}

async function hasEndedWithin(exited: Promise<unknown>, ms: number) {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => {
      resolve(false);
    }, ms);
  });
  const ended = await Promise.race([exited.then(() => true), late]);
  clearTimeout(timer);
  return ended;
}

/** Lines as StreamReader.ReadLine of .NET has them: CR, LF or CRLF ends one. */
export function lineSplitter(onLine: (line: string) => void) {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  const take = (text: string, isEnd: boolean) => {
    rest += text;
    // A CR at the end may be half of a CRLF.
    const until = isEnd || !rest.endsWith('\r') ? rest.length : rest.length - 1;
    const lines = rest.slice(0, until).split(/\r\n|\n|\r/);
    const last = lines.pop() ?? '';
    lines.forEach((line) => onLine(line));
    rest = last + rest.slice(until);
    if (isEnd && rest !== '') onLine(rest);
  };
  return {
    push: (bytes: Buffer) => take(decoder.write(bytes), false),
    end: () => take(decoder.end(), true),
  };
}
