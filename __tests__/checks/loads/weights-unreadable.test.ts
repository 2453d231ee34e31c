import { weightsUnreadable } from '../../../src/core/checks/loads/weights-unreadable.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { testCheck } from '../../helpers/test-check.ts';

const adapter = (code: string, mode?: number) => ({
  ...adapterFiles(),
  'adapter_model.safetensors': {
    error: code,
    ...(mode === undefined ? {} : { mode }),
  },
});

testCheck(weightsUnreadable, {
  clean: {
    'a healthy adapter': adapterFiles(),
    'a disk that fails, which is no question of rights': adapter('EIO'),
  },
  found: {
    'a file for its owner only': {
      files: adapter('EACCES', 0o600),
      expect: [
        {
          message: 'denied',
          severity: 'warning',
          path: 'run/adapter_model.safetensors',
          text: /mode 0600 and belongs to uid 1000.*runs as uid 1001/,
        },
      ],
    },
    'a file of unknown mode': {
      files: adapter('EPERM'),
      expect: [{ message: 'deniedUnknown', text: /EPERM/ }],
    },
  },
});
