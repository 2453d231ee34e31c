import { expect, test } from '@jest/globals';
import { readText } from '../../scripts/check-catalogue.mjs';
import { archiveEntryDamaged } from '../../src/core/checks/loads/archive-entry-damaged.ts';
import { archiveMalformed } from '../../src/core/checks/progress/archive-malformed.ts';
import type { AnyCheck } from '../../src/core/define-check.ts';
import { adapterFiles } from '../builders/checkpoint.ts';
import { buildZip } from '../builders/zip.ts';
import { inspectWith } from '../helpers/test-check.ts';

const FILES = Object.entries(adapterFiles('checkpoint-2')).flatMap(
  ([name, content]) =>
    typeof content === 'string' || content instanceof Uint8Array
      ? [{ name, content }]
      : [],
);
const whole = buildZip(FILES, { hasDescriptors: true });
const otherSum = buildZip(
  FILES.map((file) =>
    file.name.endsWith('.safetensors')
      ? { ...file, directory: { crc32: 1 } }
      : file,
  ),
  { hasDescriptors: true },
);

// The corpus holds folders: an archive is built here.
test.each<[AnyCheck, Uint8Array]>([
  [archiveMalformed, whole.slice(0, -100)],
  [archiveEntryDamaged, otherSum],
])(
  'an example of archives is what the tool says (%#)',
  async (check, bytes) => {
    const { findings } = await inspectWith(check, bytes);
    const page = readText(`docs/checks/${check.meta.id}.md`);
    const example = /```text\n\w+: \[[\w-]+\]\n([\s\S]*?)```/.exec(page)?.[1];
    expect(findings.map(({ text }) => text)).toEqual([
      example?.trim().split(/\s+/).join(' '),
    ]);
  },
);
