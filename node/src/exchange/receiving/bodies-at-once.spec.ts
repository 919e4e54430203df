import { connect, type AddressInfo, type Socket } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { Problem } from '../../kernel/problem.js';
import { bytesHeldAtOnce, largestSealedBytes, SMALL_BODY_BYTES } from '../domain/limits.js';
import { BodiesAtOnce } from './bodies-at-once.js';

const MAX_BODY_BYTES = 64 * 1024;
const LARGEST = largestSealedBytes(MAX_BODY_BYTES);
const AT_ONCE = bytesHeldAtOnce(MAX_BODY_BYTES) / LARGEST;

let bodies: BodiesAtOnce;
let server: FastifyInstance;
let port: number;
const sockets: Socket[] = [];
const seen: string[] = [];

beforeAll(async () => {
  bodies = new BodiesAtOnce(MAX_BODY_BYTES);
  server = fastify({ bodyLimit: LARGEST });
  server.addContentTypeParser('application/jose', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  server.setErrorHandler((error, _request, reply) => {
    seen.push(error instanceof Problem ? error.code : (error as Error).message);
    return reply.code(error instanceof Problem ? error.status : 400).send(seen.at(-1));
  });
  server.post(
    '/',
    { preParsing: (request, reply, _body, done) => done(null, bodies.counted(request.raw, reply.raw)) },
    (request) => String((request.body as Buffer).length),
  );
  await server.listen({ host: '127.0.0.1', port: 0 });
  port = (server.server.address() as AddressInfo).port;
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  seen.length = 0;
});
afterAll(() => server.close());

const headOf = (framing: string) =>
  `POST / HTTP/1.1\r\nhost: a\r\ncontent-type: application/jose\r\n${framing}\r\n\r\n`;

/** A connection, and what it is answered. */
function open(text: string, body = Buffer.alloc(0)) {
  const socket = connect(port, '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => undefined);
  const answer = new Promise<string>((resolve) => socket.once('data', (data) => resolve(String(data))));
  socket.write(text);
  socket.write(body);
  return { socket, answer };
}

/** A request of which the last byte has not been sent. */
const begin = (length: number) => open(headOf(`content-length: ${length}`), Buffer.alloc(length - 1));

async function untilHeld(bytes: number): Promise<void> {
  while (bodies.held !== bytes) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** As many of the largest as may be held: three bytes more, and it is too much. */
async function fill() {
  const held = Array.from({ length: AT_ONCE }, () => begin(LARGEST));
  await untilHeld(AT_ONCE * (LARGEST - 1));
  return held;
}

it('takes so many of the largest at once, refuses one more, and takes small ones all the same', async () => {
  const held = await fill();
  expect(await begin(LARGEST).answer).toMatch(/^HTTP\/1\.1 503 [^]*ENVELOPE_NOT_NOW$/);
  const small = begin(SMALL_BODY_BYTES);
  small.socket.write('.');
  expect(await small.answer).toMatch(new RegExp(`^HTTP/1\\.1 200 [^]*${SMALL_BODY_BYTES}$`));
  for (const { socket, answer } of held) {
    socket.write('.');
    expect(await answer).toMatch(new RegExp(`^HTTP/1\\.1 200 [^]*${LARGEST}$`));
  }
  await untilHeld(0);
});

it('holds nothing of what it refuses', async () => {
  const held = await fill();
  for (let i = 0; i < 3; i++) expect(await begin(LARGEST).answer).toContain('ENVELOPE_NOT_NOW');
  expect(bodies.held).toBe(AT_ONCE * (LARGEST - 1));
  for (const { socket } of held) socket.destroy();
  await untilHeld(0);
});

it('counts no more what callers left behind', async () => {
  for (let i = 1; i <= 3; i++) {
    for (const { socket } of await fill()) socket.destroy();
    await untilHeld(0);
  }
  // Whoever read them was told.
  expect(seen).toHaveLength(3 * AT_ONCE);
});

it('counts what does not say how long it is, and leaves to the head what is too large', async () => {
  const held = await fill();
  const size = SMALL_BODY_BYTES.toString(16);
  const chunked = open(`${headOf('transfer-encoding: chunked')}${size}\r\n`, Buffer.alloc(SMALL_BODY_BYTES));
  expect(await chunked.answer).toContain('ENVELOPE_NOT_NOW');
  expect(await open(headOf(`content-length: ${LARGEST + 1}`)).answer).toContain('Request body is too large');
  for (const { socket } of held) socket.destroy();
  await untilHeld(0);
});
