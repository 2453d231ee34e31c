/**
 * What a job does without this action: downloads an artifact and extracts it, with the
 * digest that GitHub states, as actions/download-artifact has it.
 *
 *   node scripts/bench/download.mjs NAME FOLDER
 */
import { DefaultArtifactClient } from '@actions/artifact';

const [name = '', path = ''] = process.argv.slice(2);
const client = new DefaultArtifactClient();
const { artifact } = await client.getArtifact(name);
const { digestMismatch } = await client.downloadArtifact(artifact.id, {
  path,
  ...(artifact.digest === undefined ? {} : { expectedHash: artifact.digest }),
});
if (digestMismatch) throw new Error(`${name} has another digest`);
