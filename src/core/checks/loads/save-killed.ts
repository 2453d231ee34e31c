import { defineCheck } from '../../define-check.ts';
import { formatCount, listNames } from '../../wording.ts';
import { NOT_FOUND_ERRORS, temporariesIn } from '../folder-names.ts';
import { exactBytes } from '../wording.ts';

export const saveKilled = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'save-killed',
    question: 'loads',
    severity: 'error',
    confidence: 'proven',
    title: 'Save killed while writing the weights',
    why: 'safetensors 0.8 and later writes to a hidden temporary file and renames it when it is complete. The temporary is there and the weights are not, so the process ended in between.',
    fix: 'Give the job more time or memory (exit code 137 means that it was killed), then save again. The temporary cannot be trusted to be complete.',
    since: '0.1.0',
  },
  messages: {
    killed: {
      text: ({ names, bytes }: { names: string[]; bytes: number }) =>
        `The weights are missing, and ${listNames(names)} (${exactBytes(bytes)}) is what an unfinished save of them left.`,
      loaderErrors: () => NOT_FOUND_ERRORS,
    },
    killedAmongShards: {
      text: ({
        names,
        bytes,
        shards,
      }: {
        names: string[];
        bytes: number;
        shards: number;
      }) =>
        `The weights are not complete: ${formatCount(shards, 'shard')} ${shards === 1 ? 'is' : 'are'} there without an index, and ${listNames(names)} (${exactBytes(bytes)}) is what an unfinished save left.`,
      loaderErrors: () => [
        'Error no file named model.safetensors, or pytorch_model.bin, found in directory …',
      ],
    },
  },
  run({ subject, report }) {
    const { folder, adapters, model } = subject;
    if (folder === null || subject.unexamined !== null) return;
    const hasWeights =
      adapters.some(({ weights }) => weights !== null) ||
      (model !== null && (model.single ?? model.indexFile) !== null);
    const temporaries = temporariesIn(folder);
    if (hasWeights || temporaries.length === 0) return;
    const left = {
      names: temporaries.map(({ name }) => name),
      bytes: temporaries.reduce((total, { bytes }) => total + bytes, 0),
    };
    const shards = model?.looseShards.length ?? 0;
    if (shards === 0) report('killed', left);
    else report('killedAmongShards', { ...left, shards });
  },
});
