import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { AddressRules } from './address-rules.js';
import { OutboundPost } from './outbound-post.js';

const LIMITS = { withinMs: 500, sockets: 2, answerBytes: 1000 };
const within = new OutboundPost(new AddressRules({ networks: [], embedded: true }), LIMITS);
const abroad = new OutboundPost(new AddressRules({ networks: [], embedded: false }), LIMITS);

let server: Server;
let visits: string[];
let answer: RequestListener;
let port: number;

beforeAll(async () => {
  server = createServer((request, response) => {
    visits.push(request.url!);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});
beforeEach(() => {
  visits = [];
  answer = (request, response) => void request.pipe(response.writeHead(201));
});
afterAll(() => {
  for (const post of [within, abroad]) post.onApplicationShutdown();
  server.closeAllConnections();
  server.close();
});

const send = (post: OutboundPost, host = '127.0.0.1', path = '/hook') =>
  post.send(`http://${host}:${port}${path}`, 'sent', { 'content-type': 'text/plain' });

it('gives the answer, whatever its status', async () => {
  expect(await send(within, 'localhost')).toEqual({ status: 201, body: 'sent' });
  expect(visits).toEqual(['/hook']);
});

it('never speaks to this machine when the rules say no, by address or by name', async () => {
  await expect(send(abroad)).rejects.toThrow('127.0.0.1 is not a public address');
  await expect(send(abroad, 'localhost')).rejects.toThrow('not a public address');
  expect(visits).toEqual([]);
});

it('follows no redirect', async () => {
  answer = (_, response) => void response.writeHead(307, { location: '/secret' }).end();
  expect(await send(within)).toEqual({ status: 307, body: '' });
  expect(visits).toEqual(['/hook']);
});

it('gives up at once on an answer that would speak another protocol, whether or not that was asked for', async () => {
  const switching = createTcpServer((socket) => {
    socket.once('data', () =>
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'),
    );
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => switching.listen(0, '127.0.0.1', resolve));
  const place = `http://127.0.0.1:${(switching.address() as AddressInfo).port}/hook`;
  try {
    await expect(within.send(place, 'sent', {})).rejects.toThrow('another protocol');
  } finally {
    switching.close();
  }
});

it('gives up on an answer that is too large, or that trickles in', async () => {
  answer = (_, response) => void response.end('x'.repeat(1001));
  await expect(send(within)).rejects.toThrow('too large');
  answer = (_, response) => {
    const drip = setInterval(() => response.write('x'), 50);
    response.on('close', () => clearInterval(drip));
  };
  await expect(send(within)).rejects.toThrow();
});
