import { safetensorsNotCanonical } from '../../../src/core/checks/loads/safetensors-not-canonical.ts';
import { adapterConfig, adapterFiles } from '../../builders/checkpoint.ts';
import { safetensorsOf } from '../../builders/safetensors.ts';
import { testCheck } from '../../helpers/test-check.ts';

const adapter = (content: Uint8Array) => ({
  'adapter_config.json': adapterConfig(),
  'adapter_model.safetensors': content,
});
const EMPTY = '{"dtype":"F32","shape":[0],"data_offsets":[0,0]}';
const header = (text: string) => adapter(safetensorsOf(text));

testCheck(safetensorsNotCanonical, {
  clean: {
    'a whole file': adapterFiles(),
    'spaces after the header': header(`{"t":${EMPTY}}   `),
    'a file that the loader refuses': header('{"t":{}}'),
  },
  found: {
    'a tensor described twice': {
      files: header(`{"t":${EMPTY},"t":${EMPTY}}`),
      expect: [
        { message: 'duplicateTensor', severity: 'warning', text: /twice: t\./ },
      ],
    },
    'a metadata key twice': {
      files: header('{"__metadata__":{"a":"1","a":"2"}}'),
      expect: [{ message: 'duplicateMetadata', text: /twice: a\./ }],
    },
    'white space before the header': {
      files: header(` {"t":${EMPTY}}`),
      expect: [{ message: 'leadingSpace', text: /begins with white space/ }],
    },
    'a tensor as a list': {
      files: header('{"t":["F32",[0],[0,0]]}'),
      expect: [{ message: 'otherNotation', text: /: t\.$/ }],
    },
    'a field that the format does not have': {
      files: header(
        '{"t":{"dtype":"F32","shape":[0],"data_offsets":[0,0],"x":1}}',
      ),
      expect: [{ message: 'unknownField', text: /: t\.$/ }],
    },
  },
});
