import { expect, test } from '@jest/globals';
import { parseTorchState } from '../../src/core/formats/torch-state.ts';
import { global, pickle, text } from '../builders/pickle.ts';

const P2 = [0x80, 2];
const STOP = 0x2e;

test('the same argument of a hundred thousand calls is looked at within bounds', () => {
  // A set of a list, a size of a tuple and bytes of a text, each long and shared.
  const long = Array.from({ length: 20_000 }, () => [0x4b, 1]).flat();
  const shared = [
    ...[0x5d, 0x28, ...long, 0x65, 0x71, 0],
    ...[0x28, ...long, 0x74, 0x71, 1],
    ...[...text('x'.repeat(1_000_000)), 0x71, 2],
  ];
  const calls = [
    [...global('builtins', 'set'), 0x68, 0, 0x85, 0x52],
    [...global('torch', 'Size'), 0x68, 1, 0x85, 0x52],
    [...global('_codecs', 'encode'), 0x68, 2, ...text('latin1'), 0x86, 0x52],
  ].flat();
  const bytes = pickle(
    P2,
    shared,
    Array.from({ length: 30_000 }, () => calls).flat(),
    [STOP],
  );
  // Looked at whole each time, these would be 30 billion characters.
  expect(parseTorchState(bytes, () => 32)).toMatchObject({
    ok: true,
    value: { unknown: expect.stringMatching(/^an object of/) },
  });
});
