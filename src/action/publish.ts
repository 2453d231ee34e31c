import { resolve } from 'node:path';
import { renderAnnotations } from '../core/render/annotations.ts';
import { escapeTerminal } from '../core/render/escape.ts';
import { renderJson } from '../core/render/json.ts';
import { renderMarkdown } from '../core/render/markdown.ts';
import { renderCheckpoints } from '../core/render/outputs.ts';
import type { Report } from '../core/types.ts';
import { messageOf } from '../platform/error-message.ts';
import type { Host } from './host.ts';
import type { Inputs, ReportFile } from './inputs.ts';

/**
 * Writes reports, outputs, summary and annotations. One that cannot be written
 * keeps none of the others back.
 *
 * @returns what could not be written and why
 */
export async function publish(
  host: Host,
  report: Report,
  inputs: Inputs,
  failing: boolean,
): Promise<readonly string[]> {
  const problems: string[] = [];
  const attempt = async (what: string, write: () => void | Promise<void>) => {
    try {
      await write();
    } catch (error) {
      problems.push(`Could not write ${what}: ${messageOf(error)}`);
    }
  };
  const written: string[] = [];
  for (const file of inputs.reports)
    await attempt(`the report ${file.path}`, async () => {
      await publishReport(host, file, report);
      written.push(file.path);
    });
  await attempt('the outputs', () => {
    publishOutputs(host, report, { failing, written });
  });
  if (inputs.summary)
    await attempt('the job summary', () =>
      host.summary(renderMarkdown(report)),
    );
  if (inputs.annotations) {
    const places = [
      ...(inputs.summary ? ['the job summary'] : []),
      ...(written.length > 0 ? ['the report'] : []),
      'the log of this step',
    ];
    publishAnnotations(host, report, places.slice(0, 2).join(' or '));
  }
  return problems;
}

async function publishReport(
  host: Host,
  { path, format }: ReportFile,
  report: Report,
): Promise<void> {
  const text = format === 'json' ? renderJson(report) : renderMarkdown(report);
  await host.writeFile(resolve(host.workspace, path), text);
}

/** Sets every output of action.yml. */
function publishOutputs(
  host: Host,
  report: Report,
  step: { readonly failing: boolean; readonly written: readonly string[] },
): void {
  const [run, ...others] = report.runs;
  const only = others.length === 0 ? run : undefined;
  host.output('verdict', report.verdict);
  host.output('newest-loadable', plainPath(only?.newestLoadable));
  host.output('newest-resumable', plainPath(only?.newestResumable));
  host.output('resume-blocked-by', plainLines(only?.resume?.blockedBy ?? []));
  host.output('checkpoints', renderCheckpoints(report));
  host.output('failed', String(step.failing));
  host.output('report', step.written.join('\n'));
}

/**
 * A path to be used by a later step as it is, in a shell perhaps: none at all
 * rather than one with line ends, invisible characters or workflow commands.
 */
function plainPath(path: string | null | undefined): string {
  const given = path ?? '';
  return escapeTerminal(given, Infinity) === given ? given : '';
}

/** GitHub takes 1 MB of outputs a job, and more are of use to nobody. */
const MAX_LINES = 100;

/** Such paths, one a line; none at all where one of them is not plain. */
function plainLines(paths: readonly string[]): string {
  const plain = paths.slice(0, MAX_LINES).map(plainPath);
  return plain.includes('') ? '' : plain.join('\n');
}

function publishAnnotations(host: Host, report: Report, allIn: string): void {
  for (const { severity, title, message } of renderAnnotations(report, allIn))
    host.annotate(severity, title, message);
}
