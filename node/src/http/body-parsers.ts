import type { FastifyInstance, FastifyRequest } from 'fastify';
import { requestMalformed } from '../errors/index.js';
import { depthOf, MAX_DEPTH } from '../kernel/json-depth.js';
import { Problem } from '../kernel/problem.js';
import { repeatedKey } from '../kernel/repeated-key.js';
import './request.js';

/** Documents, envelopes and commitments: handed to the route as a Buffer, byte for byte. */
const RAW = [
  'application/xml',
  'text/xml',
  'application/ld+json',
  'application/x-ndjson',
  'application/jose',
  'application/octet-stream',
];

/** The member whose value is a document: its own parser reads it again, and refuses in its own words. */
const DOCUMENT = 'document';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * JSON is parsed for `@Body()`, and kept as it came for `@RawBody()` (numbers lose digits when parsed). Refuses __proto__
 * keys and keys that occur twice; a `document` inside is left to its own parser, which reads the raw bytes again.
 */
export function registerBodyParsers(instance: FastifyInstance): void {
  instance.removeAllContentTypeParsers();
  instance.addContentTypeParser(RAW, { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    request.rawBody = body;
    done(null, body);
  });
  instance.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    request.rawBody = body;
    try {
      done(null, body.length === 0 ? undefined : parse(request, body, instance));
    } catch (error) {
      done(error instanceof Problem ? error : requestMalformed('the body is not JSON in UTF-8'));
    }
  });
}

function parse(request: FastifyRequest, body: Buffer, instance: FastifyInstance): unknown {
  const text = utf8.decode(body);
  if (depthOf(text) > MAX_DEPTH) throw new Error('too deep');
  const safeParse = instance.getDefaultJsonParser('error', 'error');
  let value: unknown;
  // The parser calls back before it returns; it takes no promise because none is given.
  void safeParse(request, text, (error: Error | null, result?: unknown) => {
    if (error) throw error;
    value = result;
  });
  const twice = repeatedKey(text, DOCUMENT);
  if (twice !== undefined) throw requestMalformed('a key occurs twice in one object', { key: twice.slice(0, 100) });
  return value;
}
