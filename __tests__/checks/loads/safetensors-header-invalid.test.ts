import { safetensorsHeaderInvalid } from '../../../src/core/checks/loads/safetensors-header-invalid.ts';
import { adapterConfig, adapterFiles } from '../../builders/checkpoint.ts';
import { safetensorsOf } from '../../builders/safetensors.ts';
import { testCheck } from '../../helpers/test-check.ts';

const adapter = (content: Uint8Array) => ({
  'adapter_config.json': adapterConfig(),
  'adapter_model.safetensors': content,
});
const tensor = (fields: string) => adapter(safetensorsOf(`{"t":${fields}}`));

testCheck(safetensorsHeaderInvalid, {
  clean: {
    'a whole file': adapterFiles(),
    'a torch file': adapter(new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 0, 0])),
  },
  found: {
    'a length above the limit': {
      files: adapter(safetensorsOf('{}', undefined, 100_000_001)),
      expect: [
        { message: 'length', severity: 'error', text: /100,000,001 bytes/ },
      ],
    },
    'a header that is not UTF-8': {
      files: adapter(safetensorsOf(new Uint8Array([0x7b, 0x22, 0xff, 0x22]))),
      expect: [{ message: 'encoding', text: /at its byte 2/ }],
    },
    'a header that is not JSON': {
      files: adapter(safetensorsOf('{"t":}')),
      expect: [{ message: 'json', text: /not valid JSON at byte 5/ }],
    },
    'metadata that is no text': {
      files: adapter(safetensorsOf('{"__metadata__":{"step":6}}')),
      expect: [{ message: 'metadata', text: /whose step is not a text/ }],
    },
    'metadata that is a list': {
      files: adapter(safetensorsOf('{"__metadata__":[]}')),
      expect: [{ message: 'metadata', text: /no object/ }],
    },
    'a tensor without a shape': {
      files: tensor('{"dtype":"F32","data_offsets":[0,0]}'),
      expect: [{ message: 'entry', text: /tensor t lacks/ }],
    },
    'a shape of fractions': {
      files: tensor('{"dtype":"F32","shape":[1.5],"data_offsets":[0,0]}'),
      expect: [{ message: 'entry', text: /whole numbers/ }],
    },
    'a dtype of the future': {
      files: tensor('{"dtype":"F128","shape":[0],"data_offsets":[0,0]}'),
      expect: [{ message: 'dtype', text: /the dtype F128/ }],
    },
  },
});
