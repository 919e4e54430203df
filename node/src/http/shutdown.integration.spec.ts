import { testApi } from '../../../test/support/api.js';
import { ProbeRoom, ProbeSwitches } from '../../../test/support/probe-room.js';

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

  const first = post();
  await inside;
  const stopped = api.stop();
  let ready = await api.app.inject({ url: '/ready' });
  while (ready.statusCode === 200) ready = await api.app.inject({ url: '/ready' });
  expect([ready.statusCode, ready.json<{ status: string }>().status]).toEqual([503, 'stopping']);
  let late = await api.app.inject({ method: 'POST', url: '/v1/probes/plain', headers });
  while (late.statusCode === 201) late = await api.app.inject({ method: 'POST', url: '/v1/probes/plain', headers });
  expect([late.statusCode, late.json<{ code: string }>().code]).toEqual([503, 'SHUTTING_DOWN']);
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
