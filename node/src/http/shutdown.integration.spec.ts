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

it('ends what is under way, refuses what comes after, and says so to load balancers', async () => {
  const api = await testApi([ProbeRoom]);
  await api.app.listen(0, '127.0.0.1');
  const url = await api.app.getUrl();
  const headers = { authorization: await api.bearer('ORDER_DESK'), 'content-type': 'application/json' };
  const post = () => fetch(`${url}/v1/probes`, { method: 'POST', headers, body: '{"text":"a"}' });

  const switches = api.app.get(ProbeSwitches, { strict: false });
  let entered = () => {};
  let resume = () => {};
  const inside = new Promise<void>((resolve) => (entered = resolve));
  const release = new Promise<void>((resolve) => (resume = resolve));
  switches.pause = () => (entered(), release);
  switches.stopping = () => release;

  const first = post();
  await Promise.race([inside, first.then((response) => Promise.reject(new Error(`answered ${response.status}`)))]);
  const stopped = api.stop();
  const ready = await refused(() => api.app.inject({ url: '/ready' }));
  expect(ready.json<{ status: string }>().status).toBe('stopping');
  const late = await refused(() => api.app.inject({ method: 'POST', url: '/v1/probes/plain', headers }));
  expect(late.json<{ code: string }>().code).toBe('SHUTTING_DOWN');
  resume();
  expect((await first).status).toBe(201);
  await stopped;
});

it('serves only its own health in a process without the role api', async () => {
  const api = await testApi([ProbeRoom], { roles: ['worker'] });
  const response = await api.app.inject({ url: '/v1/probes/open' });
  expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([503, 'NOT_SERVED_HERE']);
  for (const url of ['/health', '/ready', '/metrics']) expect((await api.app.inject({ url })).statusCode).toBe(200);
  await api.stop();
});
