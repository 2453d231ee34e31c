import type { Content } from './content.ts';
import { parseLfsPointer } from './lfs-pointer.ts';

/** Characters of a first line or title that a message has room for. */
const LINE_MAX_CHARACTERS = 120;

/**
 * C0 controls but for tab, line ends, backspace and escape (both are in captured
 * terminal output), DEL, C1 controls, noncharacters and lone surrogates.
 */
const UNPRINTABLE =
  // eslint-disable-next-line no-control-regex -- these are what is looked for
  /[\0-\x07\x0e-\x1a\x1c-\x1f\x7f-\x9f\ufffe\uffff]|\p{Cs}/u;

/**
 * What kind of text these first bytes of a file are, or `null` where they are
 * none: UTF-8, or UTF-16 as some servers send their pages, printable throughout.
 * A character cut by the end of `head` is fine if the file goes on.
 */
export function classifyText(
  head: Uint8Array,
  sizeBytes: number,
): Content | null {
  const text = decodeText(head, head.length < sizeBytes);
  if (text === null || UNPRINTABLE.test(text)) return null;
  return (
    parseLfsPointer(text, sizeBytes) ??
    classifyHtml(text) ??
    classifyXml(text) ??
    classifyJson(text) ??
    describeText(text)
  );
}

function decodeText(head: Uint8Array, goesOn: boolean): string | null {
  const [first, second, third, fourth] = head;
  if (first === 0xff && second === 0xfe)
    return decodeUtf16(head.subarray(2), 0);
  if (first === 0xfe && second === 0xff)
    return decodeUtf16(head.subarray(2), 1);
  // Without a mark, ASCII characters in every other byte tell.
  if (second === 0 && fourth === 0 && first !== 0 && third !== 0)
    return decodeUtf16(head, 0);
  if (first === 0 && third === 0 && second !== 0 && fourth !== 0)
    return decodeUtf16(head, 1);
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    return decoder.decode(head, { stream: goesOn });
  } catch {
    return null;
  }
}

/** `lowAt`: 0 for little-endian, 1 for big-endian. A cut last pair is dropped. */
function decodeUtf16(bytes: Uint8Array, lowAt: 0 | 1): string {
  let text = '';
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    const low = bytes[at + lowAt] ?? 0;
    const high = bytes[at + 1 - lowAt] ?? 0;
    text += String.fromCharCode(high * 256 + low);
  }
  return text.replace(/[\ud800-\udbff]$/, '');
}

function classifyHtml(text: string): Content | null {
  const start = text.trimStart();
  const isPage =
    /^<(?:!doctype\s+html|html|head|body)[\s>]/i.test(start) ||
    (/^<(?:\?xml|!--)/.test(start) &&
      /<(?:!doctype\s+html|html)[\s>]/i.test(start));
  if (!isPage) return null;
  const title = /<title[^<>]{0,200}>([^<]{1,1000})/i.exec(start)?.[1];
  return { kind: 'html', title: title === undefined ? null : capLine(title) };
}

function classifyXml(text: string): Content | null {
  const start = text.trimStart();
  if (
    !/^<(?:\?xml[\s?]|!DOCTYPE[\s>]|[A-Za-z_][\w:.-]*(?:[\s>]|\/>))/.test(start)
  )
    return null;
  const root = /<([A-Za-z_][\w:.-]{0,99})[\s/>]/.exec(start)?.[1];
  return { kind: 'xml', root: root ?? null };
}

/** By its first two marks: `{"`, `{}`, `[{`, `["`, `[[`, `[]`. */
function classifyJson(text: string): Content | null {
  const start = text.trimStart();
  if (!/^(?:\{\s*["}]|\[\s*[[{"\]])/.test(start)) return null;
  const error =
    /^\{\s*"(?:error|errors|message|detail)"\s*:\s*"([^"\\]{1,1000})/i;
  const message = error.exec(start)?.[1];
  return {
    kind: 'json',
    error: message === undefined ? null : capLine(message),
  };
}

function describeText(text: string): Content {
  const line = /\S[^\r\n]*/.exec(text)?.[0] ?? '';
  const firstLine = capLine(line);
  return {
    kind: 'text',
    firstLine,
    isCapped: firstLine.length < line.trim().length,
  };
}

function capLine(line: string): string {
  const characters = Array.from(line.trim().slice(0, 2 * LINE_MAX_CHARACTERS));
  return characters.slice(0, LINE_MAX_CHARACTERS).join('');
}
