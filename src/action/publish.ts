import { resolve } from 'node:path';
import { renderAnnotations } from '../core/render/annotations.ts';
import { renderJson } from '../core/render/json.ts';
import { renderMarkdown } from '../core/render/markdown.ts';
import { renderCheckpoints } from '../core/render/outputs.ts';
import type { Report } from '../core/types.ts';
import type { Host } from './host.ts';
import type { ReportFile } from './inputs.ts';

/** Writes the report files, and returns their paths as they were given. */
export async function publishReports(
  host: Host,
  files: readonly ReportFile[],
  report: Report,
): Promise<readonly string[]> {
  for (const { path, format } of files) {
    const text =
      format === 'json' ? renderJson(report) : renderMarkdown(report);
    await host.writeFile(resolve(host.workspace, path), text);
  }
  return files.map(({ path }) => path);
}

/** Sets every output of action.yml. */
export function publishOutputs(
  host: Host,
  report: Report,
  step: { readonly failing: boolean; readonly written: readonly string[] },
): void {
  const [run, ...others] = report.runs;
  const only = others.length === 0 ? run : undefined;
  host.output('verdict', report.verdict);
  host.output('newest-loadable', only?.newestLoadable ?? '');
  host.output('newest-resumable', only?.newestResumable ?? '');
  host.output('checkpoints', renderCheckpoints(report));
  host.output('failed', String(step.failing));
  host.output('report', step.written.join('\n'));
}

export async function publishSummary(host: Host, report: Report) {
  await host.summary(renderMarkdown(report));
}

export function publishAnnotations(host: Host, report: Report): void {
  for (const { severity, title, message } of renderAnnotations(report))
    host.annotate(severity, title, message);
}
