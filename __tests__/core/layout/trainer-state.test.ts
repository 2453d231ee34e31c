import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  TRAINER_STATE_EDGE_BYTES,
  TRAINER_STATE_WHOLE_BYTES,
} from '../../../src/core/bytes/limits.ts';
import { asArray, asObject } from '../../../src/core/formats/json/access.ts';
import { parseJson } from '../../../src/core/formats/json/parse.ts';
import { fileFacts } from '../../../src/core/layout/file-facts.ts';
import { logEntry } from '../../../src/core/layout/log-entry.ts';
import { shelfOf } from '../../../src/core/layout/shelf.ts';
import { headerRecall } from '../../../src/core/formats/safetensors/recall.ts';
import { StateMembers } from '../../../src/core/layout/trainer-state-fields.ts';
import { trainerStateFacts } from '../../../src/core/layout/trainer-state.ts';
import type { TrainerStateFacts } from '../../../src/core/layout/trainer-state.ts';
import {
  loggedSteps,
  stateFields,
  trainerState,
} from '../../builders/trainer-state.ts';
import { countingSource } from '../../helpers/counting-source.ts';
import { memorySource } from '../../helpers/memory-source.ts';

const PATH = 'trainer_state.json';

function factsOf(content: string | Uint8Array) {
  const { source, counts } = countingSource(
    memorySource('run', { [PATH]: content }),
  );
  const bytes =
    typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const file = fileFacts(
    source,
    { path: PATH, kind: 'file', sizeBytes: bytes.length },
    { recall: headerRecall(), shelf: shelfOf(1) },
  );
  const facts = trainerStateFacts(file, shelfOf(1 << 24));
  if (facts === null) throw new Error('there is a file');
  return { facts, bytes, read: () => counts.get(PATH)?.bytes ?? 0 };
}

/** The state by way of a tree of the whole document. */
function byTree(bytes: Uint8Array) {
  const json = parseJson(bytes, 'python');
  if (!json.ok) return json;
  const fields = asObject(json.value);
  if (fields === null) return 'no object';
  const members = new StateMembers();
  for (const [key, node] of fields)
    members.take(
      key,
      key === 'log_history' && node.kind === 'array' ? null : node,
    );
  const entries = (asArray(fields.get('log_history')) ?? []).map(logEntry);
  return {
    ok: true,
    value: {
      ...members.fields(),
      log: { entries, last: entries.at(-1) ?? null, isWhole: true },
    },
  };
}

async function byPieces(facts: TrainerStateFacts) {
  const whole = await facts.whole();
  return !whole.ok && whole.defect.code === 'not-object' ? 'no object' : whole;
}

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
      refused: [],
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

const json = fc.jsonValue({ maxDepth: 3 });
const numbers = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom('nan', 'inf', '-Infinity', ' 3 ', '', 'x', null, true),
);
const entry = fc.oneof(
  fc.record(
    {
      step: numbers,
      loss: numbers,
      grad_norm: numbers,
      learning_rate: numbers,
      epoch: numbers,
      rewards: json,
      frac_reward_zero_std: numbers,
      'é"\\': json,
    },
    { requiredKeys: [] },
  ),
  json,
);
const fields = fc.record(
  {
    global_step: fc.oneof(numbers, json),
    max_steps: numbers,
    epoch: numbers,
    best_model_checkpoint: fc.oneof(fc.string(), json),
    stateful_callbacks: fc.oneof(
      json,
      fc.constant({ TrainerControl: { args: { should_training_stop: true } } }),
    ),
    trial_name: fc.constantFrom(
      '\n  ],\n  "global_step": 9',
      '"global_step": 7',
    ),
    trial_params: json,
    other: json,
    save_steps: numbers,
  },
  { requiredKeys: [] },
);
/** NaN and the infinities as the bare words that Python writes. */
const written = (value: unknown, indent?: number) =>
  JSON.stringify(
    value,
    (_key, one: unknown) =>
      typeof one === 'number' && !Number.isFinite(one) ? `@${one}@` : one,
    indent,
  ).replace(/"@(NaN|-?Infinity)@"/g, '$1');

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
        fields,
        fc.array(entry, { maxLength: 5 }),
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

  test('of a large one, the edges say of every field what all of it says', async () => {
    let edges = 0;
    await fc.assert(
      fc.asyncProperty(
        fields,
        fc.array(entry, { maxLength: 4 }),
        fc.array(entry, { maxLength: 4 }),
        fc.boolean(),
        async (some, first, last, isWindows) => {
          const log_history = [...first, ...loggedSteps(400), ...last];
          const all = stateFields(5, { ...some, log_history });
          const sorted = Object.fromEntries(
            Object.keys(all)
              .sort()
              .map((key) => [key, all[key]]),
          );
          const text = `${written(sorted, 2)}\n`;
          const { facts } = factsOf(
            isWindows ? text.replaceAll('\n', '\r\n') : text,
          );
          const [brief, whole] = [await facts.brief(), await facts.whole()];
          if (!brief.ok || !whole.ok) return expect(brief).toEqual(whole);
          edges += brief.value.log.isWhole ? 0 : 1;
          const { log, ...rest } = brief.value;
          const { log: allLog, ...allRest } = whole.value;
          expect(rest).toEqual(allRest);
          expect(log.last).toEqual(allLog.last);
          expect(log.entries).toEqual(
            allLog.entries.slice(0, log.entries.length),
          );
          return undefined;
        },
      ),
      { numRuns: 60 },
    );
    expect(edges).toBeGreaterThan(20);
  });
});

describe('of a large state', () => {
  const large = trainerState(1000);

  test('no more than its beginning and its end is read', async () => {
    expect(large.length).toBeGreaterThan(TRAINER_STATE_WHOLE_BYTES);
    const { facts, read } = factsOf(large);
    const brief = await facts.brief();
    if (!brief.ok) throw new Error(brief.defect.code);
    expect(read()).toBe(2 * TRAINER_STATE_EDGE_BYTES);
    const { globalStep, maxSteps, log } = brief.value;
    expect({ globalStep, maxSteps }).toEqual({
      globalStep: 1000,
      maxSteps: 1000,
    });
    expect(log.isWhole).toBe(false);
    expect(log.entries.length).toBeGreaterThan(50);
    expect(log.last?.step).toBe(1000);
    const whole = await facts.whole();
    if (!whole.ok) throw new Error(whole.defect.code);
    expect(whole.value.log.entries).toHaveLength(1000);
    expect(log.entries).toEqual(
      whole.value.log.entries.slice(0, log.entries.length),
    );
  });

  const log_history = loggedSteps(1000);
  const last = loggedSteps(999);
  test.each([
    ['on one line', JSON.stringify(stateFields(1000))],
    ['with an indentation of four', JSON.stringify(stateFields(1000), null, 4)],
    [
      'in another order',
      JSON.stringify({ ...stateFields(1000), global_step: 4 }, null, 2)
        .replace('"global_step"', '"zzz"')
        .replace('"trial_name": null', '"global_step": 7'),
    ],
    [
      'with a long field before the log',
      trainerState(1000, { best_model_checkpoint: 'x'.repeat(20_000) }),
    ],
    [
      'with a long field behind it',
      trainerState(1000, { trial_params: { x: 'y'.repeat(20_000) } }),
    ],
    [
      'with a last entry that is no object',
      trainerState(1000, { log_history: [...log_history, 5] }),
    ],
    [
      'with a long last entry',
      trainerState(1000, {
        log_history: [...last, { step: 1, x: 'y'.repeat(20_000) }],
      }),
    ],
    [
      'with no log',
      trainerState(1000, { log_history: [], trial_params: log_history }),
    ],
    [
      'with another list behind it',
      trainerState(1000, { log_history: [1], loggers: log_history }),
    ],
    ['that is cut', large.slice(0, -10)],
    ['with more behind it', `${large}{}`],
    ['with a first byte that is wrong', `x${large}`],
    ['with a byte order mark', `\ufeff${large}`],
  ])('all is read where it lies otherwise: %s', async (_name, text) => {
    const { facts, bytes } = factsOf(text);
    const brief = await facts.brief();
    expect(brief).toEqual(await facts.whole());
    expect(brief).toEqual(byTree(bytes));
  });

  test('what only looks like a field is none', async () => {
    const text = '\n  ],\n  "logging_steps": 9,\n  "global_step": 9}';
    const callbacks = {
      Mine: {
        args: { global_step: 9, max_steps: [{ log_history: [] }] },
        attributes: { text },
      },
    };
    const fooling = trainerState(1000, {
      best_model_checkpoint: '"global_step": 9',
      stateful_callbacks: callbacks,
      trial_name: text,
    });
    const { facts } = factsOf(fooling);
    const brief = await facts.brief();
    if (!brief.ok) throw new Error(brief.defect.code);
    expect(brief.value).toMatchObject({
      globalStep: 1000,
      loggingSteps: 1,
      log: { isWhole: false, last: { step: 1000 } },
    });
  });

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
