import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

const POLL_MS = 5;

/**
 * Kills what a job left running: processes that carry its RUNNER_TRACKING_ID, as
 * the runner does at the end of a job (JobExtension.cs). Only where /proc tells.
 */
export async function killOrphans(trackingId: string): Promise<void> {
  if (process.platform !== 'linux') return;
  const wanted = `RUNNER_TRACKING_ID=${trackingId}`;
  for (;;) {
    const orphans = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => environmentOf(pid).includes(wanted));
    if (orphans.length === 0) return;
    for (const pid of orphans) kill(Number(pid));
    // A killed process has its environment for a moment yet.
    await setTimeout(POLL_MS);
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone since it was listed.
  }
}

function environmentOf(pid: string): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0');
  } catch {
    // Gone since, or of another user: not of this job.
    return [];
  }
}
