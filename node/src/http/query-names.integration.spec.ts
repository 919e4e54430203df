import { Controller, Get, Module, Query } from '@nestjs/common';
import { testApi, type TestApi } from '../../../test/support/api.js';
import { ProbeRoom } from '../../../test/support/probe-room.js';
import { Allow } from '../auth/index.js';

@Controller('v1/named')
@Allow('ORDER_DESK')
class NamedRoutes {
  @Get()
  get(@Query('label') label: string | undefined): { label: string | null } {
    return { label: label ?? null };
  }
}

@Module({ controllers: [NamedRoutes] })
class NamedRoom {}

let api: TestApi;
let authorization: string;

beforeAll(async () => {
  api = await testApi([ProbeRoom, NamedRoom]);
  authorization = await api.bearer('ORDER_DESK');
});
afterAll(() => api.stop());

async function answerTo(method: 'GET' | 'HEAD' | 'POST' | 'DELETE', url: string) {
  const payload = method === 'POST' ? { text: 'a' } : undefined;
  const { statusCode, body } = await api.app.inject({ method, url, headers: { authorization }, payload });
  const { code, facts } = (body ? JSON.parse(body) : {}) as { code?: string; facts?: object };
  return [statusCode, code, facts];
}

const unknown = (parameter: string, ...known: string[]) => [400, 'PARAMETER_UNKNOWN', { parameter, known }];

it.each<[method: 'GET' | 'POST' | 'DELETE', url: string, answer: unknown[]]>([
  ['POST', '/v1/probes?lable=x', unknown('lable', 'label')],
  ['POST', '/v1/probes?label=x&expires=y', unknown('expires', 'label')],
  ['POST', '/v1/probes/submitted?label=x', unknown('label')],
  ['GET', '/v1/probes/whoami?limit=1', unknown('limit')],
  ['GET', '/v1/named?lable=x', unknown('lable', 'label')],
  ['GET', '/v1/named?__proto__=x', unknown('__proto__', 'label')],
  ['GET', '/v1/named?LABEL=x', unknown('LABEL', 'label')],
  ['DELETE', '/v1/probes/1?force=true', unknown('force')],
])('a parameter that its route does not have is refused by name: %s %s', async (method, url, answer) => {
  expect(await answerTo(method, url)).toEqual(answer);
});

it('of a long name so much is quoted', async () => {
  expect(await answerTo('GET', `/v1/named?${'x'.repeat(500)}=1`)).toEqual(unknown('x'.repeat(100), 'label'));
});

it('one without a value is refused, wherever it stands among others', async () => {
  for (const url of ['/v1/probes?label=', '/v1/probes?label', '/v1/probes?label=x&label='])
    expect(await answerTo('POST', url)).toEqual([400, 'PARAMETER_EMPTY', { parameter: 'label' }]);
});

it('one that the route has, is taken', async () => {
  expect(await answerTo('GET', '/v1/named?label=x')).toEqual([200, undefined, undefined]);
  expect(await answerTo('POST', '/v1/probes?label=x')).toEqual([201, undefined, undefined]);
});

it('HEAD has those of GET', async () => {
  expect((await answerTo('HEAD', '/v1/named?label=x'))[0]).toBe(200);
  expect((await answerTo('HEAD', '/v1/named?lable=x'))[0]).toBe(400);
});

it('who may not call a route is not told its parameters', async () => {
  const { statusCode } = await api.app.inject({ url: '/v1/named?lable=x' });
  const asked = await api.app.inject({
    url: '/v1/named?lable=x',
    headers: { authorization: await api.bearer('AUDITOR') },
  });
  expect([statusCode, asked.statusCode]).toEqual([401, 403]);
});

it('a route that is not here is unknown, whatever parameters it is asked with', async () => {
  const [status, code] = await answerTo('GET', '/v1/something-newer?limit=10');
  expect([status, code]).toEqual([404, 'ROUTE_NOT_FOUND']);
});

it('links, to which mail programs add parameters of their own, lead where they led', async () => {
  const { statusCode } = await api.app.inject({ url: '/v1/probes/open?utm_source=mail' });
  expect(statusCode).toBe(200);
});

it('the node refuses to start with a query that does not name its parameters', async () => {
  @Controller('v1/vague')
  @Allow('ORDER_DESK')
  class VagueRoutes {
    @Get()
    get(@Query() _: unknown): void {}
  }
  @Module({ controllers: [VagueRoutes] })
  class VagueRoom {}
  await expect(testApi([VagueRoom])).rejects.toThrow(
    'route GET /v1/vague has a query that does not name its parameters',
  );
});
