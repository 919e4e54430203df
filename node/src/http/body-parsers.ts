import type { FastifyInstance, FastifyRequest } from 'fastify';
import { requestMalformed } from '../errors/index.js';
import { Problem } from '../kernel/problem.js';
import { repeatedKey } from './repeated-key.js';
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

/** JSON objects nest no deeper than this; parsers and mappers recurse. */
const MAX_DEPTH = 64;

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
  const twice = repeatedKey(text);
  if (twice !== undefined) throw requestMalformed('a key occurs twice in one object', { key: twice.slice(0, 100) });
  return value;
}

/** The deepest nesting of a JSON text, brackets in strings aside. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (quoted) {
      if (c === 0x5c) i++;
      else if (c === 0x22) quoted = false;
    } else if (c === 0x22) quoted = true;
    else if (c === 0x7b || c === 0x5b) deepest = Math.max(deepest, ++depth);
    else if (c === 0x7d || c === 0x5d) depth--;
  }
  return deepest;
}
