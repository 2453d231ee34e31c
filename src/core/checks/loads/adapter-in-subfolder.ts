import { defineCheck } from '../../define-check.ts';
import { listNames } from '../../wording.ts';

export const adapterInSubfolder = defineCheck({
  altitude: 'checkpoint',
  meta: {
    id: 'adapter-in-subfolder',
    question: 'loads',
    severity: 'notice',
    confidence: 'proven',
    title: 'Adapter only in a subfolder of its name',
    why: 'PEFT saves an adapter that is not called `default` into a subfolder of its name. Loading the folder above finds nothing.',
    fix: 'Load the subfolder, or name the adapter `default`.',
    since: '0.1.0',
  },
  messages: {
    only: {
      text: ({ paths }: { paths: string[] }) =>
        `There is no adapter in the folder itself. The path to load is ${listNames(paths)}.`,
    },
  },
  run({ subject: { adapters }, report }) {
    if (adapters.length === 0 || adapters.some(({ name }) => name === null))
      return;
    report('only', { paths: adapters.map(({ path }) => path) });
  },
});
