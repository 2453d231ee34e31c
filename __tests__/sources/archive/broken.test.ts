import { describe, expect, test } from '@jest/globals';
import { CHECKS } from '../../../src/core/checks/index.ts';
import { SourceError } from '../../../src/core/bytes/reader.ts';
import type { ByteReader } from '../../../src/core/bytes/reader.ts';
import { inspect } from '../../../src/core/inspect.ts';
import { archiveSource } from '../../../src/sources/archive.ts';
import { adapterFiles } from '../../builders/checkpoint.ts';
import { buildZip } from '../../builders/zip.ts';
import { archiveOf, factsOf } from '../../helpers/archive.ts';
import { memoryReader } from '../../helpers/memory-source.ts';

const FILES = Object.entries(adapterFiles('checkpoint-2')).flatMap(
  ([name, content]) =>
    typeof content === 'string' || content instanceof Uint8Array
      ? [{ name, content, level: 6 }]
      : [],
);
const whole = buildZip(FILES, { hasDescriptors: true });

async function verdictOf(reader: ByteReader): Promise<string> {
  const source = archiveSource({
    label: 'run.zip',
    open: () => Promise.resolve(reader),
  });
  const report = await inspect({
    targets: [{ named: 'run.zip', sources: [source] }],
    options: { expect: 'auto', require: 'all' },
    checks: CHECKS,
  });
  return report.verdict;
}

test('an archive of a checkpoint is judged as the folder is', async () => {
  const source = archiveOf(whole);
  const report = await inspect({
    targets: [{ named: 'run.zip', sources: [source] }],
    options: { expect: 'auto', require: 'all' },
    checks: CHECKS,
  });
  expect(report.checkpoints.map(({ path }) => path)).toEqual([
    'run.zip/checkpoint-2',
  ]);
  expect(report.checkpoints[0]?.answers.loads).toEqual({ value: 'yes' });
  expect(report.skipped).toEqual([]);
});

test('every cut of an archive fails', async () => {
  for (let length = 0; length < whole.length; length += 1) {
    const cut = whole.slice(0, length);
    const { entries, archive } = await archiveOf(cut).list();
    expect([length, entries, archive?.defect === null]).toEqual([
      length,
      [],
      false,
    ]);
  }
  for (let length = 0; length < whole.length; length += 97)
    expect(await verdictOf(memoryReader(whole.slice(0, length)))).toBe('fail');
}, 60_000);

/**
 * The verdict where the read of that number fails and all after it: what was fetched
 * ahead in vain is read once more. `null` where there are not as many.
 */
async function verdictFailing(
  bytes: Uint8Array,
  failing: number,
): Promise<string | null> {
  let reads = 0;
  const reader = memoryReader(bytes);
  const verdict = await verdictOf({
    ...reader,
    read: (start, length) => {
      reads += 1;
      return reads >= failing
        ? Promise.reject(new SourceError('EIO', 'refused by the test'))
        : reader.read(start, length);
    },
  });
  return reads < failing ? null : verdict;
}

test.each([true, false])(
  'no read that fails becomes a pass (%s)',
  async (hasDescriptors) => {
    const filler = { name: 'filler', content: new Uint8Array(200_000).fill(7) };
    const bytes = buildZip([filler, ...FILES, { ...filler, name: 'z' }], {
      hasDescriptors,
    });
    const verdicts: string[] = [];
    for (
      let verdict = await verdictFailing(bytes, 1);
      verdict !== null;
      verdict = await verdictFailing(bytes, verdicts.length + 1)
    )
      verdicts.push(verdict);
    // The end of the archive, and what is wanted of all files.
    expect(verdicts.length).toBeGreaterThanOrEqual(2);
    expect(new Set(verdicts)).toEqual(new Set(['inconclusive']));
  },
);

describe('names', () => {
  const list = async (...names: string[]) => {
    const listing = await archiveOf(
      buildZip(names.map((name) => ({ name, content: name }))),
    ).list();
    return {
      paths: listing.entries.map(({ path }) => path),
      faults: factsOf(listing).faults,
      unlisted: listing.unlisted.map(({ path, cause }) => `${cause} ${path}`),
    };
  };

  test.each([
    '/etc/passwd',
    '../up',
    'a/../b',
    'a\\b',
    'C:/x',
    'c:x',
    'a//b',
    'nul\0.txt',
    '',
  ])('%j is no path', async (name) => {
    const { paths, faults } = await list(name, 'fine.txt');
    expect(paths).toEqual(['fine.txt']);
    expect(faults).toMatchObject([{ code: 'unsafe-name', count: 1 }]);
  });

  test('folders that are passed over are named', async () => {
    const { paths, unlisted } = await list(
      'b.txt',
      'node_modules/x/y.js',
      'models--a--b/z',
      'a/b',
      'a-b',
    );
    expect(paths).toEqual([
      'a',
      'a/b',
      'a-b',
      'b.txt',
      'models--a--b',
      'node_modules',
    ]);
    expect(unlisted).toEqual(['ignored models--a--b', 'ignored node_modules']);
  });

  test('what lies too deep is named', async () => {
    const { paths, unlisted } = await list(`${'d/'.repeat(40)}x`);
    expect(paths).toHaveLength(33);
    expect(unlisted).toEqual([`limit ${'d/'.repeat(32)}d`]);
  });
});

test('links and encrypted files are listed and not opened', async () => {
  const source = archiveOf(
    buildZip([
      { name: 'link', content: '/etc/passwd', mode: 0o120_777 },
      { name: 'secret', content: 'x', flags: 1 },
    ]),
  );
  const listing = await source.list();
  expect(listing.entries.map(({ kind }) => kind)).toEqual(['symlink', 'other']);
  await expect(source.open('link')).rejects.toMatchObject({ code: 'LINK' });
  await expect(source.open('secret')).rejects.toMatchObject({
    code: 'NOT_A_FILE',
  });
  await expect(source.open('none')).rejects.toMatchObject({ code: 'ENOENT' });
});

test('damage that one pass found is known afterwards', async () => {
  const bytes = buildZip(
    [
      { name: 'a', content: 'one', directory: { crc32: 5 } },
      { name: 'b', content: 'two' },
    ],
    { hasDescriptors: true },
  );
  const source = archiveOf(bytes);
  const ended: string[] = [];
  await source.sweep?.((path) =>
    Promise.resolve({
      feed: () => undefined,
      end: () => void ended.push(path),
    }),
  );
  expect(ended).toEqual(['b']);
  await expect(source.open('a')).rejects.toThrow(
    /checksum [0-9a-f]{8} .*promises 00000005/,
  );
  await source.close?.();
});
