import { connect, type Socket } from 'node:net';
import { testApi, type TestApi } from '../../../test/support/api.js';
import { ProbeRoom } from '../../../test/support/probe-room.js';

const MAX_CONNECTIONS = 20;
const PATIENCE_MS = 30_000;

let api: TestApi;
let port: number;
let bearer: string;
const sockets = new Set<Socket>();

beforeAll(async () => {
  const limits = {
    headersTimeoutSeconds: 1,
    requestTimeoutSeconds: 2,
    maxWaitSeconds: 4,
    maxConnections: MAX_CONNECTIONS,
  };
  api = await testApi([ProbeRoom], { ...limits, maxBodyBytes: 2048 });
  bearer = await api.bearer('ORDER_DESK');
  await api.app.listen(0, '127.0.0.1');
  port = Number(new URL(await api.app.getUrl()).port);
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  await eventually(async () => (await connections()) === 0);
});
afterAll(() => api.stop());

async function eventually(condition: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; !(await condition()); await new Promise((go) => setTimeout(go, 20)))
    if (Date.now() > end) throw new Error('it did not happen in time');
}

const connections = (): Promise<number> =>
  new Promise((resolve, reject) =>
    api.app
      .getHttpServer()
      .getConnections((error: Error | null, count: number) => (error ? reject(error) : resolve(count))),
  );

interface Line {
  readonly socket: Socket;
  /** All that came back, once the other side has closed. */
  readonly ended: Promise<string>;
}

/** A connection, and what the test sends over it. */
function open(talk: (socket: Socket) => void): Line {
  const socket = connect(port, '127.0.0.1', () => talk(socket));
  sockets.add(socket);
  let text = '';
  socket.on('data', (chunk) => (text += String(chunk)));
  socket.on('error', () => undefined);
  return { socket, ended: new Promise((resolve) => socket.once('close', () => resolve(text))) };
}

/** Writes a little every 100 ms for as long as it may. */
function trickle(socket: Socket, piece: string): void {
  const timer = setInterval(() => socket.write(piece), 100);
  socket.once('close', () => clearInterval(timer));
}

const head = (length: number) =>
  `POST /v1/probes HTTP/1.1\r\nhost: a\r\nauthorization: ${bearer}\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;

/** Whether others are served, over a connection of their own. */
const serves = async (): Promise<boolean> =>
  /^HTTP\/1.1 200 /.test(
    await open((socket) => socket.write('GET /v1/probes/open HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n')).ended,
  );

it('ends a connection that says nothing, and one whose head never ends', async () => {
  const silent = open(() => undefined);
  const slow = open((socket) => {
    socket.write('GET /v1/probes/open HTTP/1.1\r\nhost: a\r\n');
    trickle(socket, 'x-a: b\r\n');
  });
  expect(await serves()).toBe(true);
  expect(await slow.ended).toMatch(/^HTTP\/1.1 408 [^]*REQUEST_TIMEOUT/);
  expect(await silent.ended).toMatch(/^(HTTP\/1.1 408 [^]*)?$/);
});

it('ends a request whose body trickles in, and takes nothing in', async () => {
  const slow = open((socket) => {
    socket.write(head(2000));
    trickle(socket, ' ');
  });
  expect(await slow.ended).toMatch(/^HTTP\/1.1 408 [^]*REQUEST_TIMEOUT/);
  expect(await serves()).toBe(true);
});

it('takes nothing of a request that breaks off half-way', async () => {
  const seen = api.logs.length;
  const half = open((socket) => socket.write(`${head(500)}{"text":"ha`, () => socket.destroy()));
  await half.ended;
  const closed = open((socket) => socket.end(`${head(500)}{"text":"ha`));
  expect(await closed.ended).not.toMatch(/ 20\d /);
  await eventually(async () => (await connections()) === 0);
  expect(await serves()).toBe(true);
  const errors = api.logs.slice(seen).filter((line) => /"level":"(error|fatal)"/.test(line));
  expect(errors).toEqual([]);
});

it('refuses a body that says it is too large before it is sent, and one that turns out to be', async () => {
  const promised = open((socket) => socket.write(head(10_000_000)));
  // It is read on for as long as a request may take, so that who is still sending meets the answer, not a broken pipe.
  expect(await promised.ended).toMatch(/^HTTP\/1.1 (413 [^]*BODY_TOO_LARGE|408 [^]*REQUEST_TIMEOUT)/);
  const chunked = head(0).replace('content-length: 0', 'transfer-encoding: chunked\r\nconnection: close');
  const grown = open((socket) => socket.write(`${chunked}1000\r\n${'x'.repeat(4096)}\r\n0\r\n\r\n`));
  expect(await grown.ended).toMatch(/^HTTP\/1.1 413 [^]*BODY_TOO_LARGE/);
});

it('holds no more connections than it may, and serves again once some are gone', async () => {
  for (let answer: string | undefined; answer !== '';) {
    const idle = Array.from({ length: MAX_CONNECTIONS }, () => open((socket) => trickle(socket, 'G')));
    await eventually(
      async () => (await connections()) === MAX_CONNECTIONS || idle.some(({ socket }) => socket.destroyed),
    );
    const over = open((socket) => socket.write('GET /health HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n'));
    answer = await over.ended;
    // On a slow machine the first of them may be ended for their slowness before the last one has come: then once more.
    if ((await connections()) === MAX_CONNECTIONS) expect(answer).toBe('');
    await Promise.all(idle.map(({ ended }) => ended));
  }
  expect(await serves()).toBe(true);
});

it.each([
  [
    'a header of its own',
    'GET /v1/probes/open HTTP/1.1\r\nhost: a\r\nx-request-id: aaaaaaaa\rset-cookie: b=c\r\nconnection: close\r\n\r\n',
  ],
  [
    'a line in the log',
    'GET /v1/probes/%0d%0a%7b%22level%22:%22fatal%22%7d HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n',
  ],
  [
    'a second request',
    'GET /v1/probes/open HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /metrics HTTP/1.1\r\nhost: a\r\n\r\n',
  ],
  [
    'a host that is none',
    'GET /docs HTTP/1.1\r\nhost: evil.example/\\@a\r\nx-forwarded-host: evil.example\r\nconnection: close\r\n\r\n',
  ],
])(
  'lets nobody write %s',
  async (_, bytes) => {
    const seen = api.logs.length;
    const answer = await open((socket) => socket.write(bytes)).ended;
    expect(answer).not.toMatch(/set-cookie|evil\.example/i);
    expect(answer.match(/HTTP\/1\.1 \d/g)).toHaveLength(1);
    for (const line of api.logs.slice(seen)) {
      expect(line.trimEnd()).not.toMatch(/[\r\n]/);
      expect((JSON.parse(line) as { level: string }).level).not.toBe('fatal');
    }
  },
  300_000,
);
