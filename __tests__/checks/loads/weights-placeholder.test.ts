import { weightsPlaceholder } from '../../../src/core/checks/loads/weights-placeholder.ts';
import { adapterConfig, adapterFiles } from '../../builders/checkpoint.ts';
import { testCheck } from '../../helpers/test-check.ts';

const adapter = (content: Uint8Array | string) => ({
  'adapter_config.json': adapterConfig(),
  'adapter_model.safetensors': content,
});
const POINTER = `version https://git-lfs.github.com/spec/v1
oid sha256:${'4d7a2146'.repeat(8)}
size 161533192
`;

testCheck(weightsPlaceholder, {
  clean: {
    'a healthy adapter': adapterFiles(),
    'a broken .bin that is not read': {
      ...adapterFiles(),
      'adapter_model.bin': 'temp model data',
    },
    'content of no known format, which is another check': adapter(
      new Uint8Array([1, 2, 3, 250, 251, 0, 7, 9, 200]),
    ),
  },
  found: {
    'an empty file': {
      files: adapter(''),
      expect: [
        {
          message: 'empty',
          severity: 'error',
          path: 'run/adapter_model.safetensors',
          text: /0 bytes/,
        },
      ],
    },
    'zeros only': {
      files: adapter(new Uint8Array(300_000)),
      expect: [{ message: 'zeros', text: /300,000 bytes/ }],
    },
    'a Git LFS pointer': {
      files: adapter(POINTER),
      expect: [{ message: 'lfsPointer', text: /161,533,192 bytes/ }],
    },
    'an HTML page': {
      files: adapter('<!DOCTYPE html><title>Sign in</title>'),
      expect: [{ message: 'html', text: /"Sign in"/ }],
    },
    'an HTML page without a title': {
      files: adapter('<!DOCTYPE html><p>Sign in</p>'),
      expect: [{ message: 'html', text: /is an HTML page\.$/ }],
    },
    'a JSON document without an error': {
      files: adapter('{"weights":[]}'),
      expect: [{ message: 'json', text: /is a JSON document\.$/ }],
    },
    'an XML document': {
      files: adapter('<?xml version="1.0"?><Error><Code>x</Code></Error>'),
      expect: [{ message: 'xml', text: /<Error>/ }],
    },
    'a JSON error': {
      files: adapter('{"error":"Repository not found"}'),
      expect: [{ message: 'json', text: /Repository not found/ }],
    },
    'the mock of a script': {
      files: {
        'adapter_config.json': adapterConfig(),
        'adapter_model.bin': 'mock model weights',
      },
      expect: [
        { message: 'text', text: /text of 18 bytes: "mock model weights"/ },
      ],
    },
  },
});
