import { escapeTerminal } from '../core/render/escape.ts';
import { runnerHost } from './host.ts';
import { runAction } from './run.ts';

const host = runnerHost(process.env, process.cwd());
try {
  await runAction(host);
} catch (error) {
  // Errors of node: modules may be of another realm: read by shape.
  const message =
    typeof error === 'object' && error !== null && 'message' in error
      ? String(error.message)
      : String(error);
  host.fail(
    escapeTerminal(`Checkpoint Gate could not do its work: ${message}`),
  );
}
