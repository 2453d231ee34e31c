import { escapeTerminal } from '../core/render/escape.ts';
import { messageOf } from '../platform/error-message.ts';
import { runnerHost } from './host.ts';
import { runAction } from './run.ts';

const host = runnerHost(process.env, process.cwd());
try {
  await runAction(host);
} catch (error) {
  const message = messageOf(error);
  host.fail(
    escapeTerminal(`Checkpoint Gate could not do its work: ${message}`),
  );
}
