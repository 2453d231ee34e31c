import type { LightningFacts } from '../formats/torch-lightning.ts';
import type { FileFacts } from './file-facts.ts';
import { memoise } from './memoise.ts';
import { oncePer } from '../formats/once-per.ts';
import { isOwnLimit } from './state-gap.ts';
import type { CheckpointSubject } from './subjects.ts';
import { readByContent } from './training-state.ts';

/**
 * The one file that Lightning keeps the weights and the state of a training in; `null`
 * for a folder, which a strategy of several processes makes of it, and for others' files.
 */
export function lightningFileOf({
  folder,
  loose,
}: CheckpointSubject): FileFacts | null {
  const file = folder === null ? loose[0]?.file : undefined;
  return file?.name.endsWith('.ckpt') ? file : null;
}

/** Read once, for all who ask: what is kept of it is a few numbers. */
const readingOf = oncePer((file: FileFacts) =>
  memoise(async () => {
    try {
      return await readByContent(file, { rules: 'weights-only', role: 'any' });
    } finally {
      // Its directory has a record a tensor, and a run may have thousands of files.
      file.forget();
    }
  }),
);

/**
 * What Lightning keeps in a file; `null` where it is not Lightning's, or is not known to
 * load.
 *
 * @throws SourceError when the bytes cannot be had
 */
export async function readLightning(
  file: FileFacts,
): Promise<LightningFacts | null> {
  const read = await readingOf(file)();
  return read.kind === 'read' && read.training.unknown === null
    ? read.training.lightning
    : null;
}

/** What a resume asks for and does not find, each a KeyError, in the order of asking. */
export function missingStates({
  optimizers,
  schedulers,
}: LightningFacts): readonly string[] {
  return [
    ...(optimizers === null ? ['optimizer_states'] : []),
    ...(schedulers === null ? ['lr_schedulers'] : []),
  ];
}

/**
 * Why it cannot be told that `load_from_checkpoint` and a resume of Lightning can open a
 * `.ckpt`, or `null` where they can.
 *
 * @throws SourceError when the bytes cannot be had
 */
export async function findLightningLoadGap(
  file: FileFacts,
): Promise<string | null> {
  const { name } = file;
  const read = await readingOf(file)();
  switch (read.kind) {
    case 'foreign':
      return `what ${name} holds could not be read as a torch file`;
    case 'zip-defect':
      return `${name} could not be opened as a torch file`;
    case 'pickle-defect':
      return pickleWords(name, read.defect);
    case 'read':
      break;
  }
  const { unknown, lightning } = read.training;
  if (unknown !== null)
    return `of ${name} this version cannot tell whether torch loads it: ${unknown}`;
  if (lightning === null)
    return `${name} holds no pytorch-lightning_version, by which Lightning knows its own files`;
  return lightning.hasWeights
    ? null
    : `${name} holds no state_dict, from which Lightning takes the weights`;
}

type PickleFailure = Extract<
  Awaited<ReturnType<typeof readByContent>>,
  { kind: 'pickle-defect' }
>['defect'];

/** Lightning before 2.6 takes any class, and later with `weights_only=False`. */
function pickleWords(name: string, defect: PickleFailure): string {
  if (isOwnLimit(defect.code))
    return `the pickle of ${name} takes more than is worked through`;
  return defect.code === 'refused'
    ? `${name} holds more than tensors and plain values, which torch loads for Lightning where weights_only=False is said`
    : `the pickle of ${name} could not be read`;
}

/**
 * Why it cannot be told of Lightning's one file that training can go on from it; `null`
 * where all that a resume asks for is there
 * (checkpoint_connector.py, `restore_loops` and `restore_optimizers_and_schedulers`).
 */
export async function findLightningGap(
  checkpoint: CheckpointSubject,
): Promise<string | null> {
  const file =
    checkpoint.producer === 'Lightning' ? lightningFileOf(checkpoint) : null;
  if (file === null) return null;
  const gap = await findLightningLoadGap(file);
  const facts = gap === null ? await readLightning(file) : null;
  if (facts === null) return gap;
  // Whether it is meant to be so, the others of the run show: optimizer-state-missing.
  const missing = missingStates(facts);
  if (missing.length > 0)
    return `${file.name} holds no ${missing.join(' and no ')}`;
  const { optimizers, hasFitLoop } = facts;
  if (!hasFitLoop)
    return `${file.name} holds no progress of the fit (loops), without which Lightning since 1.6 counts its steps from 0`;
  // A model that is trained by hand, or a state that another library keeps.
  if (!optimizers?.length)
    return `${file.name} keeps the state of no optimizer`;
  const odd = optimizers.find((one) => one?.odd != null)?.odd ?? null;
  if (odd !== null) return `${file.name} keeps ${odd}`;
  return optimizers.includes(null)
    ? `${file.name} keeps an optimizer's state in another form than torch's, so that its own loader alone knows whether it is whole`
    : null;
}
