import { type AddressInfo, connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LightMyRequestResponse as Response } from 'fastify';
import { testApi } from '../../../test/support/api.js';
import { ProbeRoom, ProbeSwitches } from '../../../test/support/probe-room.js';

/** The first answer that is a 503, within 30 s. */
async function refused(send: () => Promise<Response>): Promise<Response> {
  for (const end = Date.now() + 30_000; Date.now() < end; await sleep(5)) {
    const response = await send();
    if (response.statusCode === 503) return response;
  }
  throw new Error('the process did not begin to stop');
}

/** A request that is within its route until `resume` is called, and a process that stops its server when `proceed` is. */
async function requestInside() {
  const api = await testApi([ProbeRoom]);
  await api.app.listen(0, '127.0.0.1');
  const url = await api.app.getUrl();
  const headers = { authorization: await api.bearer('ORDER_DESK'), 'content-type': 'application/json' };

  const switches = api.app.get(ProbeSwitches, { strict: false });
  let [entered, resume, proceed] = [() => {}, () => {}, () => {}];
  const inside = new Promise<void>((resolve) => (entered = resolve));
  const resumed = new Promise<void>((resolve) => (resume = resolve));
  const proceeded = new Promise<void>((resolve) => (proceed = resolve));
  switches.pause = () => (entered(), resumed);
  switches.stopping = () => proceeded;
  const answer = fetch(`${url}/v1/probes`, { method: 'POST', headers, body: '{"text":"a"}' });
  await Promise.race([inside, answer.then((response) => Promise.reject(new Error(`answered ${response.status}`)))]);
  return { api, headers, answer, resume, proceed };
}

it('ends what is under way, refuses what comes after, and says so to load balancers', async () => {
  const { api, headers, answer, resume, proceed } = await requestInside();
  const stopped = api.stop();
  const ready = await refused(() => api.app.inject({ url: '/ready' }));
  expect(ready.json<{ status: string }>().status).toBe('stopping');
  const late = await refused(() => api.app.inject({ method: 'POST', url: '/v1/probes/plain', headers }));
  expect(late.json<{ code: string }>().code).toBe('SHUTTING_DOWN');
  resume();
  proceed();
  expect((await answer).status).toBe(201);
  await stopped;
});

it('does not wait for a connection that is kept alive by an answer sent while the server closes', async () => {
  const { api, answer, resume, proceed } = await requestInside();
  const server = api.app.getHttpServer();
  const stopped = api.stop();
  proceed();
  while (server.listening) await sleep(5);
  resume();
  const { status, headers: answered } = await answer;
  expect([status, answered.get('connection')]).toEqual([201, 'close']);
  await stopped;
});

it('does not wait for a connection that has said nothing, or half a head', async () => {
  const api = await testApi([ProbeRoom], { requestTimeoutSeconds: 600 });
  await api.app.listen(0, '127.0.0.1');
  const server = api.app.getHttpServer();
  const { port } = server.address() as AddressInfo;
  const ended = ['', 'GET /health HTTP/1.1\r\nhost: a\r\n'].map((text) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    return new Promise((resolve) => socket.on('error', resolve).once('close', resolve).resume());
  });
  const count = () => new Promise<number>((resolve) => server.getConnections((_, open) => resolve(open)));
  while ((await count()) < 2) await sleep(5);
  await api.stop();
  await Promise.all(ended);
});

it('serves only its own health in a process without the role api', async () => {
  const api = await testApi([ProbeRoom], { roles: ['worker'] });
  for (const url of ['/v1/probes/open', '/%761/probes/open']) {
    const response = await api.app.inject({ url });
    expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([503, 'NOT_SERVED_HERE']);
  }
  for (const url of ['/health', '/ready', '/metrics']) expect((await api.app.inject({ url })).statusCode).toBe(200);
  await api.stop();
});
