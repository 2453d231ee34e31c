import { expect, test } from '@jest/globals';
import { factsOf } from '../../helpers/trainer-state.ts';

/** What transformers 5.18 said when it resumed from a state with this value. */
test.each([
  [
    'global_step',
    '"4"',
    "TypeError: unsupported operand type(s) for //: 'str' and 'int'",
  ],
  [
    'global_step',
    'null',
    "TypeError: unsupported operand type(s) for //: 'NoneType' and 'int'",
  ],
  [
    'global_step',
    '[4]',
    "TypeError: unsupported operand type(s) for //: 'list' and 'int'",
  ],
  ['global_step', 'NaN', 'ValueError: cannot convert float NaN to integer'],
  [
    'global_step',
    'Infinity',
    'ValueError: cannot convert float NaN to integer',
  ],
  [
    'global_step',
    '4.5',
    "TypeError: 'float' object cannot be interpreted as an integer",
  ],
  [
    'logging_steps',
    'null',
    "TypeError: unsupported operand type(s) for %: 'int' and 'NoneType'",
  ],
  [
    'save_steps',
    '"2"',
    "TypeError: unsupported operand type(s) for %: 'int' and 'str'",
  ],
  [
    'total_flos',
    '{}',
    "TypeError: unsupported operand type(s) for +=: 'dict' and 'float'",
  ],
  [
    'train_batch_size',
    'null',
    "TypeError: unsupported operand type(s) for //: 'NoneType' and 'int'",
  ],
  [
    'best_model_checkpoint',
    '["out"]',
    'TypeError: stat: path should be string, bytes, os.PathLike or integer, not list',
  ],
  [
    'log_history',
    '5',
    "AttributeError: 'int' object has no attribute 'append'",
  ],
  [
    'log_history',
    '"x"',
    "AttributeError: 'str' object has no attribute 'append'",
  ],
  [
    'log_history',
    '{}',
    "AttributeError: 'dict' object has no attribute 'append'",
  ],
  ['stateful_callbacks', '5', "TypeError: 'int' object is not iterable"],
  ['stateful_callbacks', 'true', "TypeError: 'bool' object is not iterable"],
  [
    'stateful_callbacks',
    '[1]',
    'TypeError: All callbacks passed to be saved must inherit `ExportableState`',
  ],
  [
    'stateful_callbacks',
    '"abc"',
    'TypeError: All callbacks passed to be saved must inherit `ExportableState`',
  ],
])(
  '`%s` of %s is refused with the words of the loader',
  async (field, value, loaderError) => {
    const whole = await factsOf(`{"${field}": ${value}}`).facts.whole();
    expect(whole).toMatchObject({
      ok: true,
      value: { refused: [{ field, loaderError }] },
    });
  },
);

/** It resumed from a state with these. */
test.each([
  ['global_step', 'true'],
  ['global_step', '-4'],
  ['global_step', '1000000000000000000000000000000'],
  ['log_history', 'null'],
  ['log_history', '[3, null]'],
  ['epoch', '"x"'],
  ['max_steps', '"x"'],
  ['best_metric', '"x"'],
  ['num_train_epochs', 'null'],
  ['logging_steps', '0.5'],
  ['save_steps', 'true'],
  ['total_flos', 'NaN'],
  ['train_batch_size', '-1'],
  ['best_model_checkpoint', 'false'],
])('`%s` of %s is taken', async (field, value) => {
  const whole = await factsOf(`{"${field}": ${value}}`).facts.whole();
  expect(whole).toMatchObject({ ok: true, value: { refused: [] } });
});

test.each([
  ['global_step', '4.0', 'no whole number'],
  ['eval_steps', '"500"', 'a text'],
])(
  'whether `%s` of %s is taken depends on the arguments',
  async (field, value, found) => {
    const text = `{"train_batch_size": 8, "${field}": ${value}}`;
    const whole = await factsOf(text).facts.whole();
    expect(whole).toMatchObject({
      value: { refused: [], doubts: [{ field, found }] },
    });
  },
);

test('a state of a version that wrote no batch size is taken by such a version', async () => {
  const whole = await factsOf('{"global_step": 4}').facts.whole();
  expect(whole).toMatchObject({
    value: {
      refused: [],
      doubts: [{ field: 'train_batch_size', found: 'not there' }],
    },
  });
});
