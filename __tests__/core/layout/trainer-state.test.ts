import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseJson } from '../../../src/core/formats/json/parse.ts';
import { logEntry } from '../../../src/core/layout/log-entry.ts';
import { loggedSteps, trainerState } from '../../builders/trainer-state.ts';
import {
  anyEntry,
  anyFields,
  byPieces,
  byTree,
  factsOf,
  written,
} from '../../helpers/trainer-state.ts';

describe('all of a state', () => {
  test('as a Trainer writes it', async () => {
    const { facts } = factsOf(trainerState(3));
    const whole = await facts.whole();
    if (!whole.ok) throw new Error(whole.defect.code);
    const { log, ...fields } = whole.value;
    expect(fields).toEqual({
      globalStep: 3,
      maxSteps: 1000,
      epoch: 0.03,
      numTrainEpochs: 3,
      saveSteps: 10,
      loggingSteps: 1,
      evalSteps: 500,
      trainBatchSize: 8,
      bestModelCheckpoint: null,
      bestGlobalStep: null,
      hasEnded: false,
      hasStep: true,
      unknown: [],
      hasMoreUnknown: false,
      refused: [],
      doubts: [],
    });
    expect(log.entries.map(({ step }) => step)).toEqual([1, 2, 3]);
    expect(log).toMatchObject({ last: { step: 3 }, isWhole: true });
  });

  test.each([
    [
      'NaN and Infinity',
      '{"log_history": [{"loss": NaN, "grad_norm": -Infinity, "step": 1}]}',
    ],
    [
      'numbers as texts',
      '{"log_history": [{"loss": "nan", "grad_norm": " 1.5 ", "learning_rate": "-inf", "step": "12"}]}',
    ],
    [
      'a log that comes twice',
      '{"log_history": [{"step": 1}], "log_history": [{"step": 2}]}',
    ],
    [
      'a log that is none later',
      '{"log_history": [{"step": 1}], "log_history": 5}',
    ],
    [
      'a log that is one later',
      '{"log_history": 5, "log_history": [{"step": 2}]}',
    ],
    [
      'a nested log',
      '{"a": {"log_history": [1], "global_step": 3}, "global_step": 4}',
    ],
    [
      'a log of other things',
      '{"log_history": [1, "x", null, [], {}, [{"step": 1}], true]}',
    ],
    ['an empty log', '{"log_history": [ ]}'],
    ['a step that is repeated', '{"global_step": 1, "global_step": 2}'],
    [
      'a number beyond a double',
      '{"global_step": 1e400, "max_steps": 123456789012345678901234567890}',
    ],
    ['no object', '[{"global_step": 1}]'],
    ['a number alone', ' 12 '],
    ['nothing', ''],
    ['spaces', ' \n'],
    ['a byte order mark', '\ufeff{}'],
    ['a byte order mark within', '{"a": "\ufeff"}'],
    ['two documents', '{"log_history": []}{}'],
    ['a comma too many', '{"log_history": [1,]}'],
    ['depth', `{"log_history": ${'['.repeat(130)}${']'.repeat(130)}}`],
    ['depth elsewhere', `{"a": ${'['.repeat(126)}${']'.repeat(126)}}`],
  ])('is what a tree of it says: %s', async (_name, text) => {
    const { facts, bytes } = factsOf(text);
    expect(await byPieces(facts)).toEqual(byTree(bytes));
  });

  test('keeps of each entry a digest of all that it says', () => {
    const digest = (text: string) => {
      const json = parseJson(new TextEncoder().encode(text), 'python');
      if (!json.ok) throw new Error(json.defect.code);
      return logEntry(json.value).digest;
    };
    expect(digest('{"a": 1, "b": [2]}')).toBe(digest('{"a":1,"b":[ 2 ]}'));
    const texts = [
      '{"a": 1, "b": 2}',
      '{"b": 2, "a": 1}',
      '{"a": 1, "b": 2.0}',
      '{"a": "1", "b": 2}',
      '{"a": [1, "b"], "b": 2}',
      '{"a": 1}',
      '{"ab": 1}',
      '{"a": "b1"}',
      '{"a": [[], []]}',
      '{"a": [[[]]]}',
      '{"a": null}',
      '{"a": "null"}',
      '{"a": {}}',
      '{"a": []}',
      '{}',
      '[]',
      '0',
      'false',
    ];
    expect(new Set(texts.map(digest)).size).toBe(texts.length);
    const many = loggedSteps(20_000).map((one) => digest(JSON.stringify(one)));
    expect(new Set(many).size).toBe(20_000);
  });
});

describe('of states of any kind', () => {
  test('a state in pieces is what a tree of it says, whole or damaged', async () => {
    const damage = fc.record({
      at: fc.nat(),
      drop: fc.integer({ min: 0, max: 4 }),
      put: fc.constantFrom(
        '',
        '',
        '"',
        '{',
        ']',
        ',',
        '\\',
        '\0',
        'NaN',
        '1',
        '\u00e9',
        '\ud83d\ude00',
      ),
      bytes: fc.constantFrom([], [], [], [0xff], [0xe2, 0x82], [0xc3]),
      isCut: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        anyFields,
        fc.array(anyEntry, { maxLength: 5 }),
        fc.option(damage),
        fc.constantFrom(undefined, 2),
        async (some, log, harm, indent) => {
          const text = written({ ...some, log_history: log, zzz: 1 }, indent);
          const { facts, bytes } = factsOf(
            harm === null ? text : harmed(text, harm),
          );
          expect(await byPieces(facts)).toEqual(byTree(bytes));
        },
      ),
      { numRuns: 500 },
    );
  });

  interface Damage {
    readonly at: number;
    readonly drop: number;
    readonly put: string;
    readonly bytes: readonly number[];
    readonly isCut: boolean;
  }

  function harmed(text: string, { at, drop, put, bytes, isCut }: Damage) {
    const before = new TextEncoder().encode(text);
    const place = at % (before.length + 1);
    return Uint8Array.from([
      ...before.slice(0, place),
      ...new TextEncoder().encode(put),
      ...bytes,
      ...(isCut ? [] : before.slice(place + drop)),
    ]);
  }
});

describe('in pieces', () => {
  test('an entry is read across the pieces in which it comes', async () => {
    const text = trainerState(6000, {
      trial_name: '\u00e9\u20ac\ud83d\ude00'.repeat(50_000),
    });
    const { facts, bytes } = factsOf(text);
    expect(await byPieces(facts)).toEqual(byTree(bytes));
  });

  test.each([
    ['a byte that is no UTF-8 counts before what is no JSON', 0xff],
    ['what is no JSON is found where it is', 0x7d],
  ])('%s', async (_name, byte) => {
    const bytes = new TextEncoder().encode(trainerState(6000));
    bytes[300_001] = 0x7d;
    bytes[900_001] = byte;
    const { facts } = factsOf(bytes);
    const whole = await facts.whole();
    expect(whole.ok).toBe(false);
    expect(whole).toEqual(byTree(bytes));
  });

  test('one piece of it that is too large is beyond this tool', async () => {
    const { facts } = factsOf(`{"trial_name": "${'x'.repeat(16 << 20)}"}`);
    expect(await facts.whole()).toMatchObject({
      ok: false,
      defect: { code: 'too-many-values' },
    });
  });
});
