import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { looksLikeCommand, parseCommand, property } from './command.ts';
import type { Command } from './command.ts';
import { issueOf, ownIssue } from './issues.ts';
import type { Issue, Severity } from './issues.ts';

/** ExecutionContext.cs: `_maxCountPerIssueType`, `_maxIssueMessageLength`. */
export const MAX_ISSUES = 10;
export const MAX_MESSAGE = 4096;

/** Everything that ActionCommandManager.cs registers, but for its internal one. */
const REGISTERED = [
  'set-env',
  'set-output',
  'save-state',
  'add-mask',
  'add-path',
  'add-matcher',
  'remove-matcher',
  'debug',
  'warning',
  'error',
  'notice',
  'group',
  'endgroup',
  'echo',
  'stop-commands',
];
/** Commands that are never echoed (`OmitEcho`). */
const SILENT = ['add-mask', 'debug', 'warning', 'error', 'notice'];

interface Context {
  readonly workspace: string;
  readonly repository: string;
  /** Of the job: what one step masks stays masked. */
  readonly masks: Set<string>;
}

export type StepLog = ReturnType<typeof stepLog>;

/** What the runner makes of the lines of one step. */
export function stepLog(context: Context) {
  const registered = new Set(REGISTERED);
  const said = {
    log: [] as string[],
    commands: [] as Command[],
    unknownCommands: [] as string[],
    annotations: [] as Issue[],
    /** Issues beyond the ten of a severity: in the log alone. */
    unseen: [] as Issue[],
    outputs: new Map<string, string>(),
    state: new Map<string, string>(),
    hasFailedCommand: false,
  };
  let stopToken: string | null = null;
  let isEchoing = false;

  const write = (text: string) => said.log.push(mask(text, context.masks));
  const report = (issue: Issue) => {
    const message = mask(issue.message, context.masks).slice(0, MAX_MESSAGE);
    const isSameSeverity = ({ severity }: Issue) => severity === issue.severity;
    const isFull = said.annotations.filter(isSameSeverity).length >= MAX_ISSUES;
    (isFull ? said.unseen : said.annotations).push({ ...issue, message });
    if (message !== '') write(`##[${issue.severity}]${message}`);
  };
  const say = (severity: Severity, message: string) =>
    report(ownIssue(severity, message));
  const failed = (what: string, error: unknown) => {
    say('error', `Unable to process ${what} successfully.`);
    say('error', error instanceof Error ? error.message : String(error));
    said.hasFailedCommand = true;
  };

  const stop = (line: string, token: string) => {
    if (token === '' || token === 'pause-logging' || registered.has(token))
      throw new Error(
        "You cannot use a endToken that is an empty string, the string 'pause-logging', or another workflow command.",
      );
    stopToken = token.toLowerCase();
    registered.add(stopToken);
    if (token.length > 6) context.masks.add(token);
    write(line);
  };
  const named = (command: Command): string => {
    const name = property(command, 'name') ?? '';
    if (name !== '') return name;
    throw new Error(
      `Required field 'name' is missing in ##[${command.name}] command.`,
    );
  };
  const deprecated = (name: string) =>
    say('warning', `The \`${name}\` command is deprecated.`);

  const run = (command: Command) => {
    const { data } = command;
    const name = command.name.toLowerCase();
    switch (name) {
      case 'error':
      case 'warning':
      case 'notice':
        return report(issueOf(name, command, context));
      case 'add-mask':
        return addMask(data, context.masks, say);
      case 'set-env':
      case 'add-path':
        throw new Error(`The \`${name}\` command is disabled.`);
      case 'set-output':
        deprecated(name);
        said.outputs.set(named(command), data);
        return;
      case 'save-state':
        deprecated(name);
        said.state.set(named(command), data);
        return;
      case 'add-matcher':
        if (data === '') return say('warning', 'File path must be specified.');
        JSON.parse(readFileSync(resolve(context.workspace, data), 'utf8'));
        return;
      case 'group':
      case 'endgroup':
        write(`##[${name}]${name === 'group' ? data : ''}`);
        return;
      case 'echo':
        if (!/^\s*(?:on|off)\s*$/i.test(data))
          throw new Error(`Invalid echo command value: '${data}'.`);
        isEchoing = /on/i.test(data);
    }
  };

  /** Whether the line was a command; what is none goes to the log. */
  const obey = (line: string): boolean => {
    const command = parseCommand(line, registered);
    if (command === null) return false;
    if (stopToken !== null) {
      if (command.name.toLowerCase() !== stopToken) return false;
      registered.delete(stopToken);
      stopToken = null;
      write(line);
      return true;
    }
    said.commands.push(command);
    const isSilent = SILENT.includes(command.name.toLowerCase());
    if (isEchoing && !isSilent) write(line);
    try {
      if (command.name.toLowerCase() === 'stop-commands')
        stop(line, command.data);
      else run(command);
    } catch (error) {
      failed(`command '${isSilent ? command.name : line}'`, error);
    }
    return true;
  };

  const read = (line: string) => {
    if (obey(line)) return;
    if (stopToken === null && looksLikeCommand(line))
      said.unknownCommands.push(line);
    write(line);
  };
  return { said, read, say, failed };
}

function addMask(
  data: string,
  masks: Set<string>,
  say: (severity: Severity, message: string) => void,
): void {
  if (data.trim() === '')
    return say('warning', "Can't add secret mask for empty string.");
  masks.add(data);
  for (const line of data.split(/[\r\n]/).map((part) => part.trim()))
    if (line !== '') masks.add(line);
}

/** The longest first, so that what holds another goes whole. */
export function mask(text: string, masks: ReadonlySet<string>): string {
  return [...masks]
    .sort((a, b) => b.length - a.length)
    .reduce((masked, secret) => masked.replaceAll(secret, '***'), text);
}
