import { resolve } from 'node:path';
import { CHECKS } from '../core/checks/index.ts';
import { inspect } from '../core/inspect.ts';
import { escapeTerminal } from '../core/render/escape.ts';
import { renderText } from '../core/render/text.ts';
import type { Target } from '../core/survey.ts';
import { isStepFailing } from '../core/verdict.ts';
import { resolveTarget } from '../sources/resolve-target.ts';
import type { Host } from './host.ts';
import { readInputs } from './inputs.ts';
import type { Inputs } from './inputs.ts';
import { publish } from './publish.ts';

/** The log pane of a run is wide, and has no columns to ask for. */
const LOG_WIDTH = 120;
/** The input that has a workflow write all of it. */
const ALL_IN = 'the input `report`, with .json';
/** What could not be written may name several files, each with its path. */
const MAX_FAILURE_CHARACTERS = 2000;

/** Inspects what the inputs name, publishes the report, and fails the step or not. */
export async function runAction(host: Host): Promise<void> {
  const inputs = readInputs(host.input);
  const report = await inspectInputs(inputs, host);
  host.print(
    renderText(report, { color: false, width: LOG_WIDTH, allIn: ALL_IN }),
  );
  const failing = isStepFailing(report, inputs.policy);
  const problems = await publish(host, report, inputs, failing);
  // A step that goes on with nothing proven has to be seen.
  if (report.verdict === 'inconclusive' && !failing)
    host.annotate(
      'warning',
      'Checkpoint Gate',
      escapeTerminal(report.headline),
    );
  if (failing || problems.length > 0)
    host.fail(
      escapeTerminal(
        [`Checkpoint Gate: ${report.headline}`, ...problems].join('. '),
        MAX_FAILURE_CHARACTERS,
      ),
    );
}

async function inspectInputs(inputs: Inputs, host: Host) {
  const targets: Target[] = [];
  for (const path of inputs.paths)
    targets.push(await resolveTarget(path, resolve(host.workspace)));
  const artifacts = await findArtifacts(inputs, host);
  try {
    targets.push(...artifacts.targets);
    const { options } = inputs;
    return await inspect({ targets, options, checks: CHECKS });
  } finally {
    for (const { sources } of targets)
      for (const source of sources) await source.close?.();
    await artifacts.close();
  }
}

/** Loaded only where artifacts are looked at: it brings HTTP, and paths need none. */
async function findArtifacts({ artifacts }: Inputs, { env, mask }: Host) {
  if (artifacts === null)
    return { targets: [], close: () => Promise.resolve() };
  const { artifactTargets } = await import('./artifact-targets.ts');
  return artifactTargets({ ...artifacts, env, mask });
}
