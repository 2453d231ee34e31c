import { defineCheck } from '../../define-check.ts';
import { findSlice } from '../../layout/row-slice.ts';
import type {
  AdapterSet,
  RunSubject,
  WeightsFile,
} from '../../layout/subjects.ts';
import { readTensorsIn } from '../../layout/tensors-in.ts';
import type { NamedTensor } from '../../layout/tensors-in.ts';
import { formatCount, formatNumber } from '../../wording.ts';

interface Candidate {
  readonly checkpoint: string;
  readonly weights: WeightsFile;
}

export const adapterSliced = defineCheck({
  // Of the run, so that only files that differ in size are compared, each once.
  altitude: 'run',
  meta: {
    id: 'adapter-sliced',
    question: 'loads',
    severity: 'warning',
    confidence: 'inferred',
    title: 'Adapter holds the slice of one process',
    why: 'FSDP splits every tensor by its rows. A process that saves without gathering them writes its own part: PEFT refuses the shapes, and a run that resumes from it has lost the rest. Taken as: the run did not change its adapter between the two.',
    fix: 'Gather the tensors before they are saved: accelerate with huggingface/accelerate#4206, or SHARDED_STATE_DICT and a conversion. Use the sibling until then.',
    since: '0.1.0',
  },
  messages: {
    slice: {
      text: ({ tensors, parts, sibling, tensor, found, whole }: Slice) =>
        `${sliceWords(tensors, parts, sibling)}: ${tensor} is [${found.join(', ')}], there [${whole.join(', ')}].`,
    },
    refused: {
      text: ({ tensors, parts, sibling, tensor, found, whole }: Slice) =>
        `${sliceWords(tensors, parts, sibling)}, and no longer fit one another: ${tensor} is [${found.join(', ')}], there [${whole.join(', ')}].`,
      severity: 'error',
      confidence: 'proven',
      loaderErrors: () => [
        'RuntimeError: Error(s) in loading state_dict for …',
      ],
    },
  },
  async run({ subject, report }) {
    for (const group of groupsOf(subject)) {
      const largest = group.reduce((most, one) =>
        one.weights.file.sizeBytes > most.weights.file.sizeBytes ? one : most,
      );
      const { sizeBytes } = largest.weights.file;
      const smaller = group.filter(
        ({ weights: { file } }) => file.sizeBytes < sizeBytes,
      );
      if (smaller.length === 0) continue;
      const whole = await tensorsOf(largest.weights);
      if (whole === null) continue;
      for (const { checkpoint, weights } of smaller) {
        const own = await tensorsOf(weights);
        const slice = own === null ? null : findSlice(own, whole);
        if (slice === null) continue;
        report(
          own !== null && hasTornPair(own) ? 'refused' : 'slice',
          { ...slice, sibling: largest.checkpoint },
          { path: weights.file.path, checkpoint },
        );
      }
    }
  },
});

function sliceWords(tensors: number, parts: number, sibling: string): string {
  return `${formatCount(tensors, 'tensor has', 'tensors have')} 1/${formatNumber(parts)} of the rows that ${sibling} has`;
}

/** Whether some A of LoRA has not as many rows as its B has columns. */
function hasTornPair(tensors: ReadonlyMap<string, NamedTensor>): boolean {
  return [...tensors.values()].some(({ name, shape: [rank] }) => {
    const other = tensors.get(
      name.replace(/\.lora_A\.weight$/, '.lora_B.weight'),
    );
    return other?.name !== name && other?.shape.length === 2
      ? other.shape[1] !== rank
      : false;
  });
}

interface Slice extends Record<string, number | string | number[]> {
  readonly tensors: number;
  readonly parts: number;
  readonly sibling: string;
  readonly tensor: string;
  readonly found: number[];
  readonly whole: number[];
}

/** The adapters of a run that ought to hold the same tensors. */
function groupsOf({ checkpoints }: RunSubject): Iterable<Candidate[]> {
  const groups = new Map<string, Candidate[]>();
  for (const { path, adapters } of checkpoints)
    for (const adapter of adapters) {
      if (adapter.weights === null) continue;
      const key = keyOf(adapter);
      const group = groups.get(key) ?? [];
      group.push({ checkpoint: path, weights: adapter.weights });
      groups.set(key, group);
    }
  return groups.values();
}

function keyOf({ name, weights }: AdapterSet): string {
  return `${name ?? ''}/${weights?.file.name ?? ''}`;
}

/** Lets go of what it read: a run has more headers than memory may hold. */
async function tensorsOf(
  weights: WeightsFile,
): Promise<ReadonlyMap<string, NamedTensor> | null> {
  const tensors = await readTensorsIn(weights);
  weights.file.forget();
  return tensors && new Map(tensors.map((one) => [one.name, one]));
}
