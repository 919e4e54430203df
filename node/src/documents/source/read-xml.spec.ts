import { MAX_DEPTH, MAX_DOCUMENT_BYTES, MAX_POINTER, MAX_VALUES } from './limits.js';
import { readXml } from './read-xml.js';

const code = (code: string) => expect.objectContaining({ code });

/** Of a namespace: as long as a document may be, nearly. */
const LONG = 'n'.repeat(3_000_000);

describe('readXml', () => {
  const xml = (text: string | Uint8Array) => readXml(typeof text === 'string' ? Buffer.from(text) : text, ['urn:c']);
  const values = (text: string | Uint8Array) =>
    Object.fromEntries(
      xml(text)
        .root.rest('')
        .map(({ path, value }) => [path, value]),
    );

  it('reads elements, attributes, repeats and namespaces', () => {
    const text = `<?xml version="1.0"?><!-- x --><?p i?><a xmlns="urn:a" xmlns:c="urn:c" xmlns:x="urn:x" k="1">
      <c:b u="2"> t </c:b><d/><e>1</e><e><f>2</f></e><x:g x:h="3"><![CDATA[<&>]]></x:g><!-- no --></a><?p i?>`;
    expect(values(text)).toEqual({
      '/@k': '1',
      '/b': 't',
      '/b/@u': '2',
      '/d': '',
      '/e/-': '2',
      '/e/0': '1',
      '/e/1/f': '2',
      '/{urn:x}g': '<&>',
      '/{urn:x}g/@{urn:x}h': '3',
    });
  });

  it.each([
    ['UTF-8', Buffer.from('<?xml version="1.0" encoding="utf-8"?><a>é</a>')],
    ['UTF-8 with a mark', Buffer.from('\ufeff<?xml version="1.0" encoding="UTF-8"?><a>é</a>')],
    ['ISO-8859-1', Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>', 'latin1')],
    ['UTF-16LE', Buffer.from('\ufeff<?xml version="1.0" encoding="UTF-16"?><a>é</a>', 'utf16le')],
    ['UTF-16BE', Buffer.from('\ufeff<?xml version="1.0" encoding="UTF-16"?><a>é</a>', 'utf16le').swap16()],
  ])('reads %s', (_, bytes) => expect(values(bytes)).toEqual({ '': 'é' }));

  const bomb = Array.from({ length: 10 }, (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`).join('');
  it.each([
    ['billion laughs', `<!DOCTYPE a [<!ENTITY e0 "ha">${bomb}]><a>&e10;</a>`, 'DOCUMENT_DOCTYPE_REFUSED'],
    [
      'an external entity',
      '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
      'DOCUMENT_DOCTYPE_REFUSED',
    ],
    ['a DTD after much space', `${' '.repeat(200_000)}<!DOCTYPE a SYSTEM "x"><a/>`, 'DOCUMENT_DOCTYPE_REFUSED'],
    [
      'a DTD behind comments',
      `<?xml version="1.0"?><!-- <a/> --><?p i?>\n<!DOCTYPE a><a/>`,
      'DOCUMENT_DOCTYPE_REFUSED',
    ],
    ['a DTD in lower case', '<!doctype html><a/>', 'DOCUMENT_DOCTYPE_REFUSED'],
    ['a DTD in 16 bits', Buffer.from('\ufeff<!DOCTYPE a><a/>', 'utf16le'), 'DOCUMENT_DOCTYPE_REFUSED'],
    ['an undeclared entity', '<a>&nbsp;</a>', 'DOCUMENT_MALFORMED'],
    ['nothing', '', 'DOCUMENT_MALFORMED'],
    ['no XML', 'hello', 'DOCUMENT_MALFORMED'],
    ['a prolog that does not end', '<!-- <a/>', 'DOCUMENT_MALFORMED'],
    ['a truncated document', '<a><b>1</b>', 'DOCUMENT_MALFORMED'],
    ['two roots', '<a/><b/>', 'DOCUMENT_MALFORMED'],
    ['an unbound prefix', '<x:a/>', 'DOCUMENT_MALFORMED'],
    ['a repeated attribute', '<a k="1" k="2"/>', 'DOCUMENT_MALFORMED'],
    ['an instruction before what else is said', '<a><b>1</b><?x?><b>2</b></a>', 'DOCUMENT_MALFORMED'],
    ['an instruction at the end', '<a><b>1<?x?></b></a>', 'DOCUMENT_MALFORMED'],
    [
      'bytes that are not of the encoding',
      Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e]),
      'DOCUMENT_MALFORMED',
    ],
    ['an unusual encoding', '<?xml version="1.0" encoding="UTF-7"?><a/>', 'DOCUMENT_ENCODING_UNSUPPORTED'],
    ['deep nesting', '<a>'.repeat(MAX_DEPTH + 2) + '</a>'.repeat(MAX_DEPTH + 2), 'DOCUMENT_TOO_DEEP'],
    ['very deep nesting', '<a>'.repeat(100_000), 'DOCUMENT_TOO_DEEP'],
    ['many elements', `<a>${'<b/>'.repeat(MAX_VALUES + 1)}</a>`, 'DOCUMENT_TOO_LARGE'],
    ['many bytes', `<a>${'x'.repeat(MAX_DOCUMENT_BYTES)}</a>`, 'DOCUMENT_TOO_LARGE'],
    ['a long name', `<a><${'b'.repeat(MAX_POINTER)}/></a>`, 'DOCUMENT_TOO_LARGE'],
    ['a long namespace', `<a xmlns:x="urn:${LONG}">${'<x:b/>'.repeat(5_000)}</a>`, 'DOCUMENT_TOO_LARGE'],
    ["a long namespace of the root's", `<a xmlns="urn:${LONG}">${'<b/>'.repeat(5_000)}</a>`, 'DOCUMENT_TOO_LARGE'],
    ['a long namespace of attributes', `<a xmlns:x="urn:${LONG}" x:b="1"/>`, 'DOCUMENT_TOO_LARGE'],
  ])('refuses %s', (_, text, refusal) => expect(() => xml(text)).toThrow(code(refusal)));

  it('takes an entity that is no DTD, and a DTD that is only told of', () => {
    expect(values('<a>&lt;!DOCTYPE a&gt;&#233;</a>')).toEqual({ '': '<!DOCTYPE a>é' });
    expect(values('<!-- <!DOCTYPE a> --><a/>')).toEqual({ '': '' });
  });
});
