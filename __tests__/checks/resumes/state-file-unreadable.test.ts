import { stateFileUnreadable } from '../../../src/core/checks/resumes/state-file-unreadable.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { float, global, list, reduced, text } from '../../builders/pickle.ts';
import { zeroFiles } from '../../builders/sharded.ts';
import {
  fields,
  optimizerFile,
  randomStatesFile,
  rngFile,
  schedulerFile,
  torchFile,
  trainingArgsFile,
} from '../../builders/state.ts';
import { withoutHeader } from '../../builders/torch-zip.ts';
import { trainerSave } from '../../builders/trainer-save.ts';
import { testCheck } from '../../helpers/test-check.ts';

type Files = Readonly<Record<string, Uint8Array | string | null>>;

const at = (step: number, files: Files = {}) =>
  trainerSave(`checkpoint-${step}`, { step, files });

const part = (bytes: Uint8Array, share: number) =>
  bytes.slice(0, Math.floor(bytes.length * share));

/** accelerate's state, below a folder. */
function accelerates(folder: string, files: Files = {}) {
  const all: Files = {
    ...adapterFiles(),
    'optimizer.bin': optimizerFile(),
    'scheduler.bin': schedulerFile(),
    'random_states_0.pkl': randomStatesFile(),
    'sampler.bin': torchFile(
      reduced(global('accelerate.data_loader', 'SeedableRandomSampler')),
    ),
    'custom_checkpoint_0.pkl': torchFile(reduced(global('loop', 'Counter'))),
    ...files,
  };
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, content]) =>
      content === null ? [] : [[`${folder}/${name}`, content]],
    ),
  );
}

/** A scheduler that keeps an object of its own. */
const WITH_OBJECT = schedulerFile(2, {
  best: reduced(global('numpy._core.multiarray', 'scalar'), float(1)),
});

const one = (message: string, pattern: RegExp, more = {}) => [
  { message, text: pattern, ...more },
];

testCheck(stateFileUnreadable, {
  clean: {
    'a healthy checkpoint': at(2),
    'one of four processes, with fp16': trainerSave('checkpoint-2', {
      processes: 4,
      hasScaler: true,
    }),
    'random states of the GPU': at(2, {
      'rng_state.pth': rngFile({ hasCuda: true }),
    }),
    'the state of accelerate': accelerates('checkpoint_0'),
    'objects of a loop of your own': {
      ...adapterFiles('checkpoint-2'),
      'checkpoint-2/optimizer.pt': trainingArgsFile(),
    },
    'an older checkpoint, whose local headers are not read': {
      ...at(2, { 'optimizer.pt': withoutHeader(optimizerFile(), 'data/3') }),
      ...at(4),
    },
    'a folder without weights': { 'checkpoint-2/notes.txt': 'x' },
  },
  found: {
    'an optimizer of 0 bytes': {
      files: at(2, { 'optimizer.pt': '' }),
      expect: one(
        'raises',
        /^optimizer\.pt, the state of the optimizer, is an empty file\.$/,
        { severity: 'error', path: 'run/checkpoint-2/optimizer.pt' },
      ),
    },
    'one that was cut': {
      files: at(2, { 'optimizer.pt': part(optimizerFile(), 0.5) }),
      expect: one(
        'raises',
        /^optimizer\.pt, .* ends after [\d,]+ bytes without the directory that closes a torch file: it was cut off\.$/,
      ),
    },
    'one that lost its last bytes': {
      files: at(2, { 'scheduler.pt': part(schedulerFile(), 0.99) }),
      expect: one('raises', /^scheduler\.pt, .* it was cut off\.$/),
    },
    'one whose end was never written': {
      files: at(2, {
        'optimizer.pt': optimizerFile().fill(0, 1000),
      }),
      expect: one('raises', /of which the last [\d,]+ bytes or more are zero/),
    },
    'an error page': {
      files: at(2, { 'rng_state.pth': '<!DOCTYPE html><title>404</title>' }),
      expect: one('raises', /^rng_state\.pth, .* is an HTML page\.$/),
    },
    'a mock, and zeros': {
      files: at(2, {
        'optimizer.pt': 'mock optimizer\n',
        'scheduler.pt': new Uint8Array(500),
      }),
      expect: [
        { message: 'raises', text: /is a text file/ },
        { message: 'raises', text: /is a file of zeros only/ },
      ],
    },
    'a record without its local header': {
      files: {
        ...at(2),
        ...at(4, { 'optimizer.pt': withoutHeader(optimizerFile(), 'data/3') }),
      },
      expect: one(
        'raises',
        /^optimizer\.pt, .* has no sound local header before its record data\/3, by which torch\.load finds its bytes\.$/,
        { severity: 'error', path: 'run/checkpoint-4/optimizer.pt' },
      ),
    },
    'a schedule of accelerate without one': {
      files: accelerates('checkpoint_0', {
        'scheduler.bin': withoutHeader(schedulerFile(), '.format_version'),
      }),
      expect: one('raises', /before its record \.format_version, /),
    },
    'values that are not there': {
      files: at(2, { 'rng_state.pth': torchFile(fields({ cpu: text('x') })) }),
      expect: one(
        'raises',
        /holds no `\['python'\]`, where its loader takes the state of the generator of Python\.$/,
      ),
    },
    'a value of another kind': {
      files: at(2, {
        'scheduler.pt': schedulerFile(2, { lr_lambdas: text('x') }),
      }),
      expect: one(
        'raises',
        /holds a text in `\['lr_lambdas'\]`, where its loader takes a list of dicts or None, one a learning rate\.$/,
      ),
    },
    'something else altogether': {
      files: at(2, { 'optimizer.pt': torchFile(list()) }),
      expect: one(
        'raises',
        /optimizer\.pt, the state of the optimizer, holds a list of 0, where its loader takes a dict with the state and the param_groups of an optimizer\.$/,
      ),
    },
    'the older of two': {
      files: { ...at(2, { 'optimizer.pt': 'x' }), ...at(4) },
      expect: one(
        'overtaken',
        /is a text file\. A resume takes run\/checkpoint-4, not this\.$/,
        { severity: 'warning' },
      ),
    },
    'one that was moved out of the way of a resume': {
      files: {
        ...at(4),
        ...trainerSave('broken-checkpoint-6', {
          step: 6,
          files: { 'optimizer.pt': 'x' },
        }),
      },
      expect: one(
        'overtaken',
        /A resume takes run\/checkpoint-4, not this\.$/,
        { severity: 'warning' },
      ),
    },
    'an object in the scheduler': {
      files: at(2, { 'scheduler.pt': WITH_OBJECT }),
      expect: one(
        'notAllowed',
        /refers to numpy\._core\.multiarray\.scalar, which torch\.load does not allow by default/,
        { severity: 'warning' },
      ),
    },
    'a module that torch always refuses': {
      files: at(2, {
        'scheduler.pt': torchFile(reduced(global('os', 'system'), text('x'))),
      }),
      expect: one('raises', /refers to os\.system, which torch\.load always/),
    },
    'the state of a loop of your own': {
      files: {
        ...adapterFiles('checkpoint-2'),
        'checkpoint-2/optimizer.pt': 'x',
      },
      expect: one('ownLoop', /is a text file/, { severity: 'warning' }),
    },
    'random states of accelerate': {
      files: accelerates('checkpoint_0', { 'random_states_0.pkl': 'x' }),
      expect: one('tolerated', /^random_states_0\.pkl, /),
    },
    'a sampler, and an object of the script': {
      files: accelerates('checkpoint_0', {
        'sampler.bin': 'x',
        'custom_checkpoint_0.pkl': part(trainingArgsFile(), 0.5),
      }),
      expect: [
        { message: 'raises', text: /^custom_checkpoint_0\.pkl, / },
        { message: 'perhaps', text: /^sampler\.bin, / },
      ],
    },
    'what no resume reads': {
      files: at(2, {
        'training_args.bin': part(trainingArgsFile(), 0.5),
        'optimizer.pt': 'x',
        'scheduler.pt': null,
      }),
      expect: [
        { message: 'unread', text: /^optimizer\.pt, /, severity: 'notice' },
        { message: 'unread', text: /^training_args\.bin, / },
      ],
    },
    'the schedule beside the state of DeepSpeed': {
      files: {
        ...at(4, { 'optimizer.pt': null, 'scheduler.pt': 'x' }),
        ...zeroFiles('checkpoint-4', { ranks: [0] }),
      },
      expect: one('raises', /^scheduler\.pt, /),
    },
  },
});
