import { orderDocument, orderXml } from '../../orders/testing/documents.js';
import { incomingDocument, requiredDocument } from './index.js';

/** As the body parsers hand it on. */
function request(mediaType: string | undefined, text: string) {
  const rawBody = Buffer.from(text);
  const json = mediaType === 'application/json';
  const body: unknown = json ? (text === '' ? undefined : JSON.parse(text)) : rawBody;
  return { headers: { 'content-type': mediaType }, rawBody, body };
}
const json = (value: object) => request('application/json', JSON.stringify(value));
const refused = (code: string, facts?: object) => expect.objectContaining({ code, ...(facts && { facts }) });

const document = orderDocument();

describe('a document that must be there', () => {
  it.each([
    ['as XML', request('application/xml', orderXml('1'))],
    ['in JSON', json({ document })],
  ])('is taken %s', (_, sent) => expect(requiredDocument(sent, 'ORDER').kind).toBe('ORDER'));

  it.each([
    ['what the query is for', { document, expiresAt: '2099-01-01T00:00:00Z' }, ['/expiresAt']],
    ['a line of a bulk request', { supplier: 'supplier-1', document, type: 'FRAMEWORK' }, ['/supplier', '/type']],
    ['a member with an odd name', { document, 'a/b~': null }, ['/a~1b~0']],
  ])('is refused with %s beside it', (_, body, pointers) => {
    const faults = pointers.map((pointer) => ({ pointer, message: 'not taken beside the document' }));
    expect(() => requiredDocument(json(body), 'ORDER')).toThrow(refused('REQUEST_INVALID', { faults }));
  });

  it.each([
    ['nothing', request(undefined, '')],
    ['an empty JSON body', request('application/json', '')],
    ['the document without its member', json(document)],
  ])('is asked for in place of %s', (_, sent) => {
    expect(() => requiredDocument(sent, 'ORDER')).toThrow(refused('REQUEST_INVALID', {}));
  });
});

describe('a document that may be there', () => {
  it.each([
    ['no body', { headers: {}, rawBody: undefined, body: undefined }],
    ['an empty JSON body', request('application/json', '')],
    ['{}', json({})],
    ['{"document":null}', json({ document: null })],
  ])('is not with %s', (_, sent) => expect(incomingDocument(sent, 'ORDER')).toBeUndefined());

  it.each(['application/xml', 'text/xml; charset=utf-8', 'application/ld+json'])(
    'was lost with 0 bytes of %s',
    (type) => {
      for (const sent of [
        request(type, ''),
        { headers: { 'content-type': type }, rawBody: undefined, body: undefined },
      ])
        expect(() => incomingDocument(sent, 'ORDER')).toThrow(refused('DOCUMENT_MALFORMED'));
    },
  );
});
