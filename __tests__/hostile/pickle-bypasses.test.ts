import { expect, test } from '@jest/globals';
import { PICKLE_LIMITS } from '../../src/core/bytes/limits.ts';
import { unpickle } from '../../src/core/formats/pickle/machine.ts';
import { weightsOnlyProfile } from '../../src/core/formats/torch-profile.ts';
import { parseTorchState } from '../../src/core/formats/torch-state.ts';
import {
  global,
  int,
  pickle,
  reduced,
  stateDict,
  tensor,
  text,
  tuple,
} from '../builders/pickle.ts';

/*
 * The styles of published bypasses of pickle scanners (picklescan, modelscan,
 * fickling: GHSA-9gvj-pp9x-gcfr, GHSA-f7qq-56ww-84cr, GHSA-655q-fx9r-782v,
 * GHSA-mxhj-88fx-4pcv, GHSA-mhc9-48gj-9gp3, GHSA-cffv-grgg-g429, GHSA-h3qp-7fh3-f8h4,
 * CVE-2026-24747 and others). What counts is that each ends as a refusal, at the
 * opcode that torch refuses, whatever comes behind it.
 */

const P2 = [0x80, 2];
const STOP = 0x2e;
const line = (words: string) => [...new TextEncoder().encode(`${words}\n`)];
const short = (words: string) => {
  const bytes = [...new TextEncoder().encode(words)];
  return [0x8c, bytes.length, ...bytes];
};
const EVAL = reduced(global('builtins', 'eval'), text('1'));
const A = tensor({ shape: [2, 4] });
const refusedGlobal = (name: string) => ({ kind: 'global', global: name });
const refusedOpcode = (code: number) => ({ kind: 'opcode', code });

type Row = readonly [name: string, bytes: Uint8Array, refusal: object];

/** Names: only whole names on a closed list count, however they are spelt. */
const NAMES: readonly Row[] = [
  ['a call', stateDict({ a: EVAL }), refusedGlobal('builtins.eval')],
  [
    'the same under the name of Python 2',
    stateDict({ a: reduced(global('__builtin__', 'eval'), text('1')) }),
    refusedGlobal('builtins.eval'),
  ],
  [
    'a module that torch blocks',
    stateDict({ a: reduced(global('os', 'system'), text('x')) }),
    { kind: 'blocked-global', global: 'os.system' },
  ],
  [
    'posix, which is os under another name',
    stateDict({ a: reduced(global('posix', 'system'), text('x')) }),
    { kind: 'blocked-global', global: 'posix.system' },
  ],
  [
    'a module below a name that lists hold',
    stateDict({ a: reduced(global('os.path', 'join')) }),
    refusedGlobal('os.path.join'),
  ],
  [
    'a name below a name that is allowed',
    stateDict({ a: reduced(global('collections', 'OrderedDict.x')) }),
    refusedGlobal('collections.OrderedDict.x'),
  ],
  [
    'an attribute of an allowed module',
    stateDict({ a: reduced(global('torch', 'load'), text('x')) }),
    refusedGlobal('torch.load'),
  ],
  [
    'a dotted name that Python 3.4 resolves',
    stateDict({ a: global('torch', 'serialization.os.system') }),
    refusedGlobal('torch.serialization.os.system'),
  ],
  ...['pip.main', 'pkgutil.resolve_name', 'timeit.timeit', 'cProfile.run'].map(
    (whole): Row => {
      const [module = '', name = ''] = whole.split('.');
      const bytes = stateDict({ a: reduced(global(module, name), text('x')) });
      return [
        `${whole}, which lists of dangers forgot`,
        bytes,
        refusedGlobal(whole),
      ];
    },
  ),
  [
    'getattr, to go from an allowed object to any',
    stateDict({
      a: reduced(global('builtins', 'getattr'), ORDERED(), text('fromkeys')),
    }),
    refusedGlobal('builtins.getattr'),
  ],
  [
    'a pickle in a pickle',
    stateDict({ a: reduced(global('pickle', 'loads'), text('x')) }),
    refusedGlobal('pickle.loads'),
  ],
  [
    'a module of numpy that runs what it is given',
    stateDict({
      a: reduced(global('numpy.testing._private.utils', 'runstring')),
    }),
    refusedGlobal('numpy.testing._private.utils.runstring'),
  ],
  [
    'an allowed name with a NUL',
    stateDict({ a: global('collections', 'OrderedDict\0') }),
    refusedGlobal('collections.OrderedDict\0'),
  ],
  [
    'an allowed name with a blank',
    stateDict({ a: global('collections ', 'OrderedDict') }),
    refusedGlobal('collections .OrderedDict'),
  ],
];

function ORDERED() {
  return reduced(global('collections', 'OrderedDict'));
}

/** Opcodes that make or hide a call in other ways than torch's own pickles. */
const OPCODES: readonly Row[] = [
  [
    'STACK_GLOBAL of two texts',
    pickle([0x80, 4], short('os'), short('system'), [0x93, STOP]),
    refusedOpcode(0x8c),
  ],
  [
    'STACK_GLOBAL of texts that torch takes',
    pickle(P2, text('os'), text('system'), [0x93, STOP]),
    refusedOpcode(0x93),
  ],
  [
    'STACK_GLOBAL of texts from the memo',
    pickle(P2, text('os'), [0x71, 0, 0x30], text('system'), [
      0x68,
      0,
      0x93,
      STOP,
    ]),
    refusedOpcode(0x30),
  ],
  [
    'STACK_GLOBAL of the old STRING',
    pickle([0x53], line("'os'"), [0x53], line("'system'"), [0x93, STOP]),
    refusedOpcode(0x53),
  ],
  [
    'STACK_GLOBAL of a number for a name',
    pickle(P2, text('os'), int(1), [0x93, STOP]),
    refusedOpcode(0x93),
  ],
  ['INST', pickle([0x28], line('os'), [0x69, STOP]), { kind: 'opcode' }],
  [
    'INST of a module and a name',
    pickle([0x28, 0x69], line('os'), line('system'), [STOP]),
    refusedOpcode(0x69),
  ],
  [
    'OBJ',
    pickle(P2, [0x28], global('collections', 'OrderedDict'), [0x6f, STOP]),
    refusedOpcode(0x6f),
  ],
  [
    'OBJ whose result is dropped',
    pickle(P2, [0x28], global('os', 'system'), text('x'), [
      0x6f,
      0x30,
      0x7d,
      STOP,
    ]),
    { kind: 'blocked-global' },
  ],
  [
    'a call whose result is dropped',
    pickle(P2, EVAL, [0x30, 0x7d, STOP]),
    refusedGlobal('builtins.eval'),
  ],
  [
    'NEWOBJ_EX',
    pickle(P2, ORDERED(), [0x29, 0x7d, 0x92, STOP]),
    refusedOpcode(0x92),
  ],
  ['EXT1', pickle(P2, [0x82, 1, STOP]), refusedOpcode(0x82)],
  ['EXT2', pickle(P2, [0x83, 1, 0, STOP]), refusedOpcode(0x83)],
  ['EXT4', pickle(P2, [0x84, 1, 0, 0, 0, STOP]), refusedOpcode(0x84)],
  ['PERSID', pickle([0x50], line('os.system'), [STOP]), refusedOpcode(0x50)],
  [
    'REDUCE of a text',
    pickle(P2, text('f'), [0x29, 0x52, STOP]),
    { kind: 'call' },
  ],
  [
    'REDUCE of a number',
    pickle(P2, int(1), [0x29, 0x52, STOP]),
    { kind: 'call' },
  ],
  [
    'NEWOBJ of a text',
    pickle(P2, text('f'), [0x29, 0x81, STOP]),
    { kind: 'call' },
  ],
  ['BUILD of a list', pickle(P2, [0x5d, 0x7d, 0x62, STOP]), { kind: 'build' }],
  [
    'BUILD of a class',
    pickle(P2, global('torch', 'Tensor'), [0x7d, 0x62, STOP]),
    { kind: 'build' },
  ],
  [
    'APPEND to a dict',
    pickle(P2, [0x7d, 0x4e, 0x61, STOP]),
    { kind: 'container' },
  ],
  [
    'SETITEM on a tensor, which overwrote memory before torch 2.10',
    pickle(P2, A, int(0), int(1), [0x73, STOP]),
    { kind: 'container' },
  ],
  [
    'a dict for a key',
    pickle(P2, [0x7d, 0x7d, 0x4e, 0x73, STOP]),
    { kind: 'container' },
  ],
  [
    'an id that stands for no storage',
    pickle(P2, tuple(text('module')), [0x51, STOP]),
    { kind: 'persistent-id' },
  ],
  [
    'an id that is a number',
    pickle(P2, int(7), [0x51, STOP]),
    { kind: 'persistent-id' },
  ],
  [
    'an id without fields',
    pickle(P2, [0x29, 0x51, STOP]),
    { kind: 'persistent-id' },
  ],
  [
    'FRAME, whose length scanners trust',
    pickle([0x80, 4, 0x95, 255, 255, 255, 255, 255, 255, 255, 255], EVAL, [
      STOP,
    ]),
    refusedOpcode(0x95),
  ],
  ['MEMOIZE', pickle(P2, [0x7d, 0x94, STOP]), refusedOpcode(0x94)],
  ['NEXT_BUFFER', pickle([0x80, 5, 0x97, STOP]), refusedOpcode(0x97)],
  ['DUP', pickle(P2, [0x7d, 0x32, STOP]), refusedOpcode(0x32)],
];

/** Broken behind the payload, so that a scanner stops before it reports. */
const BROKEN: readonly Row[] = [
  [
    'bytes that are no opcode',
    pickle(P2, EVAL, [0xff, 0xfe]),
    refusedGlobal('builtins.eval'),
  ],
  ['nothing at all', pickle(P2, EVAL), refusedGlobal('builtins.eval')],
  [
    'a text longer than the file',
    pickle(P2, EVAL, [0x58, 255, 255, 255, 127]),
    refusedGlobal('builtins.eval'),
  ],
  [
    'an empty memo',
    pickle(P2, EVAL, [0x68, 99]),
    refusedGlobal('builtins.eval'),
  ],
];

/** Operations until the end, counted by who watches. */
function operationsOf(bytes: Uint8Array): number {
  const profile = weightsOnlyProfile(5);
  let operations = 0;
  unpickle(bytes, PICKLE_LIMITS, (...watched) => {
    operations += 1;
    return profile.watch(...watched);
  });
  return operations;
}

test.each([...NAMES, ...OPCODES, ...BROKEN])(
  '%s ends as a refusal within 40 operations',
  (_name, bytes, refusal) => {
    expect(parseTorchState(bytes, () => 32)).toMatchObject({
      ok: false,
      defect: { code: 'refused', refusal },
    });
    // A million operations behind it are not worked through.
    const padded = new Uint8Array(bytes.length + 2_000_000).fill(0x4e);
    padded.set(bytes);
    expect(operationsOf(padded)).toBeLessThanOrEqual(40);
  },
);
