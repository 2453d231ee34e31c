import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  contentName,
  recognise,
  recogniseSample,
  type Content,
} from '../../../src/core/formats/recognise.ts';
import { buildTorchZip } from '../../builders/torch-zip.ts';
import { archiveReader, buildZip, concatBytes } from '../../builders/zip.ts';

const HEAD_BYTES = 8192;

function contentOf(bytes: Uint8Array | string): Content {
  const all =
    typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
  const head = all.subarray(0, HEAD_BYTES);
  return recogniseSample({ head, sizeBytes: all.length });
}

function hex(text: string): Uint8Array {
  return Uint8Array.from(text.trim().split(' '), (byte) =>
    Number.parseInt(byte, 16),
  );
}

function utf16(text: string, isBigEndian: boolean, mark = true): Uint8Array {
  const units = Array.from((mark ? '\ufeff' : '') + text, (character) => {
    const unit = character.charCodeAt(0);
    const pair = [unit & 0xff, unit >> 8];
    return isBigEndian ? pair.reverse() : pair;
  });
  return Uint8Array.from(units.flat());
}

function safetensors(header: string, dataBytes = 0): Uint8Array {
  const json = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + json.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  return bytes;
}

const LEGACY = '8a 0a 6c fc 9c 46 f9 20 6a a8 50 19 2e';

describe('binary formats', () => {
  const tar = new Uint8Array(512);
  tar.set(new TextEncoder().encode('pickle'));
  tar.set(new TextEncoder().encode('ustar'), 257);

  test.each<[string, string, Uint8Array]>([
    ['safetensors', 'the smallest', safetensors('{}')],
    ['safetensors', 'one tensor', safetensors('{"a":1}', 10)],
    ['safetensors', 'white space first', safetensors(' \n{}')],
    ['safetensors', 'truncated', safetensors('{"a":{"dtype"').subarray(0, 12)],
    ['safetensors', 'N = 123', safetensors(`{${' '.repeat(121)}}`)],
    ['zip', 'torch', buildTorchZip()],
    ['zip', 'without entries', buildZip([])],
    ['torch-legacy', 'protocol 2', hex(`80 02 ${LEGACY} 80 02`)],
    [
      'torch-legacy',
      'protocol 4',
      hex(`80 04 95 0d 00 00 00 00 00 00 00 ${LEGACY}`),
    ],
    [
      'torch-legacy',
      'protocol 0',
      new TextEncoder().encode('L119547037146038801333356L\n.I1001\n.'),
    ],
    ['pickle', 'protocol 2', hex('80 02 7d 71 00 2e')],
    ['pickle', 'protocol 4', hex('80 04 4e 2e')],
    ['pickle', 'protocol 0', new TextEncoder().encode("(dp0\nS'a'\nI1\ns.")],
    ['pickle', 'protocol 1', hex('7d 71 00 55 01 61 4b 01 73 2e')],
    [
      'pickle',
      'a class',
      new TextEncoder().encode('ccopy_reg\n_reconstructor\np0\n(c'),
    ],
    ['gguf', '', hex('47 47 55 46 03 00 00 00')],
    ['npy', '', hex('93 4e 55 4d 50 59 01 00')],
    ['7z', '', hex('37 7a bc af 27 1c 00 04')],
    ['gzip', '', hex('1f 8b 08 00')],
    ['zstd', '', hex('28 b5 2f fd 04')],
    ['xz', '', hex('fd 37 7a 58 5a 00')],
    ['bzip2', '', hex('42 5a 68 39 31 41 59 26 53 59 00')],
    ['tar', '', tar],
    ['hdf5', '', hex('89 48 44 46 0d 0a 1a 0a')],
    ['tflite', '', hex('1c 00 00 00 54 46 4c 33')],
    ['torch-preview', '', hex('50 59 54 4f 52 43 48 31 00 00')],
    ['unknown', 'proto and no opcode', hex('80 02 00 00')],
    ['unknown', 'random', hex('de ad be ef de ad be ef 01')],
    ['unknown', 'N of 1', hex('01 00 00 00 00 00 00 00 7b')],
  ])('%s: %s', (kind, _, bytes) => {
    expect(contentOf(bytes).kind).toBe(kind);
  });

  test('what is unknown shows its first bytes', () => {
    expect(contentOf(hex('de ad 00 01 02 03 04 05 06'))).toEqual({
      kind: 'unknown',
      firstBytes: 'de ad 00 01 02 03 04 05',
    });
  });
});

describe('a Git LFS pointer', () => {
  const oid = 'a1'.repeat(32);
  const pointer = (version: string, rest: string) =>
    `version ${version}\n${rest}`;
  const spec = 'https://git-lfs.github.com/spec/v1';
  const rest = `oid sha256:${oid}\nsize 13655912\n`;

  test.each([
    ['as written', pointer(spec, rest)],
    ['of old', pointer('https://hawser.github.com/spec/v1', rest)],
    ['CRLF', pointer(spec, rest).replaceAll('\n', '\r\n')],
    ['no last line end', pointer(spec, rest).trimEnd()],
    ['extension', pointer(spec, `ext-0-foo sha256:${oid}\n${rest}`)],
  ])('%s', (_, text) => {
    expect(contentOf(text)).toEqual({
      kind: 'lfs-pointer',
      oid,
      sizeBytes: 13_655_912,
    });
  });

  test.each([
    ['no oid', pointer(spec, 'size 1\n')],
    ['short oid', pointer(spec, 'oid sha256:abc\nsize 1\n')],
    ['cut', pointer(spec, `oid sha256:${oid}\nsi`)],
    ['negative size', pointer(spec, rest.replace('size ', 'size -'))],
    ['huge size', pointer(spec, `oid sha256:${oid}\nsize ${'9'.repeat(30)}`)],
    ['other spec', pointer('https://example.org/v1', rest)],
    ['not first', `oid sha256:${oid}\nversion ${spec}\nsize 1\n`],
    ['too long', pointer(spec, rest + `x-y ${'z'.repeat(1024)}\n`)],
  ])('is not: %s', (_, text) => {
    expect(contentOf(text).kind).toBe('text');
  });
});

describe('pages and documents', () => {
  const page = '<html><head><title> Not Found </title></head></html>';

  test.each([
    ['plain', page],
    ['doctype', `<!DOCTYPE html>\n${page}`],
    ['white space', `\r\n \t${page}`],
    ['byte order mark', `\ufeff${page}`],
    ['upper case', page.toUpperCase().replace('NOT FOUND', 'Not Found')],
    ['XHTML', `<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x">${page}`],
    ['comment', `<!-- x -->${page}`],
    ['UTF-16 little-endian', utf16(page, false)],
    ['UTF-16 big-endian', utf16(page, true)],
    ['UTF-16 without a mark', utf16(page, false, false)],
    ['UTF-16 big-endian without a mark', utf16(page, true, false)],
  ])('HTML: %s', (_, bytes) => {
    expect(contentOf(bytes)).toEqual({ kind: 'html', title: 'Not Found' });
  });

  test.each([
    ['<html>', { kind: 'html', title: null }],
    [
      '<?xml version="1.0"?><Error><Code>NoSuchKey</Code></Error>',
      { kind: 'xml', root: 'Error' },
    ],
    ['<Error>\n</Error>', { kind: 'xml', root: 'Error' }],
    ['<?xml ?>', { kind: 'xml', root: null }],
    [
      '{"error":"Invalid username"}',
      { kind: 'json', error: 'Invalid username' },
    ],
    ['{"test": "config"}', { kind: 'json', error: null }],
    [' {\n}', { kind: 'json', error: null }],
    ['[{"a":1}]', { kind: 'json', error: null }],
    [
      '[2026-11-24] started',
      { kind: 'text', firstLine: '[2026-11-24] started', isCapped: false },
    ],
    ['<3 tensors', { kind: 'text', firstLine: '<3 tensors', isCapped: false }],
  ])('%s', (text, content) => {
    expect(contentOf(text)).toEqual(content);
  });
});

describe('text', () => {
  test('is the mock of the founding case', () => {
    expect(contentOf('mock model weights')).toEqual({
      kind: 'text',
      firstLine: 'mock model weights',
      isCapped: false,
    });
  });

  test.each([
    ['blank lines first', '\n \n  héllo wörld \nx', 'héllo wörld', false],
    ['white space only', ' \n\t', '', false],
    ['terminal colours', '\x1b[31mred\x1b[0m', '\x1b[31mred\x1b[0m', false],
    ['a long line', '😀'.repeat(200), '😀'.repeat(120), true],
    ['begins like GGUF', 'GGUF is a format', 'GGUF is a format', false],
    ['begins like a class', 'color\nred\nblue', 'color', false],
  ])('%s', (_, text, firstLine, isCapped) => {
    expect(contentOf(text)).toEqual({ kind: 'text', firstLine, isCapped });
  });

  test.each([
    ['a NUL', 'abc\0def'],
    ['a control character', 'abc\x01'],
    ['a C1 control character', 'abc\u0085'],
  ])('is not: %s', (_, text) => {
    expect(contentOf(text).kind).toBe('unknown');
  });

  test('a character cut by the end of the head is fine, by that of the file not', () => {
    const long = new TextEncoder().encode(`x${'é'.repeat(5000)}`);
    expect(contentOf(long).kind).toBe('text');
    expect(contentOf(long.subarray(0, 8192)).kind).toBe('unknown');
  });
});

describe('zeros', () => {
  const MIB = 1024 * 1024;

  async function ofReader(
    tail: Uint8Array,
    sizeBytes: number,
    access?: 'prefix',
  ) {
    const file = archiveReader(tail, sizeBytes);
    const reader = access === undefined ? file : { ...file, access };
    const head = await reader.read(0, Math.min(HEAD_BYTES, sizeBytes));
    return { content: await recognise(head, reader), reads: file.reads };
  }

  test('nothing is an empty file', async () => {
    const { content } = await ofReader(new Uint8Array(), 0);
    expect(content).toEqual({ kind: 'empty' });
  });

  test.each([1, 100, 8193, 70_000, MIB])('%d of them', async (count) => {
    const { content, reads } = await ofReader(new Uint8Array(count), count);
    expect(content).toEqual({ kind: 'zero-filled' });
    const bytes = reads.reduce((sum, { length }) => sum + length, 0);
    expect(bytes).toBe(Math.min(count, 128 * 1024));
  });

  test.each([8200, 70_000, MIB - 1])('but for byte %d', async (at) => {
    const bytes = new Uint8Array(MIB);
    bytes[at] = 1;
    const { content } = await ofReader(bytes, MIB);
    const isSeen = at < 65_536 || at >= MIB - 65_536;
    expect(content.kind).toBe(isSeen ? 'unknown' : 'zero-filled');
  });

  test('no more than the head is read of anything else', async () => {
    const { reads } = await ofReader(Uint8Array.of(1), 20 * MIB);
    expect(reads).toEqual([{ start: 0, length: HEAD_BYTES }]);
  });

  test('the end of a prefix reader is out of reach: unknown', async () => {
    const { content } = await ofReader(new Uint8Array(MIB), MIB, 'prefix');
    expect(content.kind).toBe('unknown');
  });
});

test('every kind has a name for people', () => {
  expect(contentName('lfs-pointer')).toBe('a Git LFS pointer');
  expect(contentName('html')).toBe('an HTML page');
  expect(contentName('gzip')).toBe('a gzip archive');
});

test('any bytes are something', () => {
  const start = fc.constantFrom(
    '80 02',
    '50 4b 03 04',
    'ff fe',
    '3c',
    '7b',
    '28',
  );
  fc.assert(
    fc.property(start, fc.uint8Array({ maxLength: 300 }), (first, bytes) => {
      expect(contentOf(bytes)).toHaveProperty('kind');
      expect(contentOf(concatBytes([hex(first), bytes]))).toHaveProperty(
        'kind',
      );
    }),
    { numRuns: 500 },
  );
});
