import { doctypeRefused, encodingUnsupported, malformed } from './problems.js';

const ENCODINGS = new Set([
  'utf-8',
  'us-ascii',
  'iso-8859-1',
  'iso-8859-15',
  'windows-1252',
  'utf-16',
  'utf-16le',
  'utf-16be',
]);
const DECLARATION = /^<\?xml\s[^>]*?\?>/;
const PROLOG = /(?:\s+|<!--[^]*?-->|<\?[^]*?\?>)*/y;
const DECLARED_ENCODING = /\sencoding\s*=\s*["']([\w.:-]+)["']/;

/**
 * The text of an XML document without its declaration. The encoding is the byte order mark's, else the declared one,
 * else UTF-8. Throws DOCUMENT_DOCTYPE_REFUSED for a document type declaration (so there are no entities to expand),
 * DOCUMENT_ENCODING_UNSUPPORTED, DOCUMENT_MALFORMED.
 */
export function decodeXml(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes);
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw malformed(`the document is not ${encoding}`);
  }
  const content = text.replace(DECLARATION, '');
  refuseDoctype(content);
  return content;
}

function encodingOf(bytes: Uint8Array): string {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a === 0x3c && b === 0) return 'utf-16le';
  if (a === 0 && b === 0x3c) return 'utf-16be';
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 200)).toString('latin1');
  const declaration = DECLARATION.exec(start.replace(/^\xef\xbb\xbf/, ''))?.[0] ?? '';
  const declared = DECLARED_ENCODING.exec(declaration)?.[1]?.toLowerCase() ?? 'utf-8';
  if (!ENCODINGS.has(declared)) throw encodingUnsupported(`${declared} is not one of ${[...ENCODINGS].join(', ')}`);
  // A declaration that reads as bytes cannot be in a 16-bit encoding; the bytes decide.
  return declared.startsWith('utf-16') || start.startsWith('\xef\xbb\xbf') ? 'utf-8' : declared;
}

/** Only the prolog can hold one; comments and processing instructions may come before it. */
function refuseDoctype(text: string): void {
  PROLOG.lastIndex = 0;
  const start = PROLOG.exec(text)![0].length;
  if (/^<!doctype/i.test(text.slice(start, start + 9))) throw doctypeRefused('send the document without <!DOCTYPE>');
}
