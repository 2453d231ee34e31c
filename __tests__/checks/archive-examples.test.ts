import { expect, test } from '@jest/globals';
import { readText } from '../../scripts/check-catalogue.mjs';
import { archiveEntryDamaged } from '../../src/core/checks/loads/archive-entry-damaged.ts';
import { archiveCompressed } from '../../src/core/checks/progress/archive-compressed.ts';
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

const compressed = buildZip([
  ...FILES,
  // At level 0 deflate is quick, and as large as what it compresses.
  {
    name: 'checkpoint-2/optimizer.pt',
    content: new Uint8Array(33 * 1024 * 1024),
    level: 0,
  },
]);

// The corpus holds folders: an archive is built here.
test.each<[AnyCheck, Uint8Array]>([
  [archiveMalformed, whole.slice(0, -100)],
  [archiveCompressed, compressed],
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
