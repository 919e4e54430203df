import { jest } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LightMyRequestResponse } from 'fastify';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { testApi, type TestApi } from '../../../test/support/api.js';
import { ProbeRoom } from '../../../test/support/probe-room.js';
import { UnitOfWork } from '../database/index.js';

const get = (api: TestApi, url: string, authorization?: string, method: 'GET' | 'POST' | 'DELETE' = 'GET') =>
  api.app.inject({ method, url, headers: authorization ? { authorization } : {} }) as Promise<LightMyRequestResponse>;

describe('tokens of the member’s own issuer', () => {
  let api: TestApi;
  let issuer: string;
  let server: Server;
  let signing: CryptoKey;
  /** The issuer's key set, as it answers when asked. */
  let listed: JWK[];

  beforeAll(async () => {
    const pair = await generateKeyPair('ES256');
    signing = pair.privateKey;
    listed = [{ ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'ES256' }];
    server = createServer((request, response) => {
      const body = request.url?.endsWith('openid-configuration')
        ? { issuer, jwks_uri: `${issuer}/keys` }
        : { keys: listed };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    api = await testApi([ProbeRoom], { oidcIssuer: issuer, oidcAudience: 'tradeproof-core' });
  });
  afterAll(async () => {
    await api.stop();
    server.close();
  });

  const token = (
    claims: object,
    change: (jwt: SignJWT) => SignJWT = (jwt) => jwt,
    key: CryptoKey | Uint8Array = signing,
    alg = 'ES256',
  ) =>
    change(
      new SignJWT({ roles: ['LENDER_DESK', 'janitor'], ...claims })
        .setProtectedHeader({ alg, kid: 'k1' })
        .setIssuer(issuer)
        .setAudience('tradeproof-core')
        .setSubject('mei')
        .setExpirationTime('5 min'),
    ).sign(key);

  it('let in with the roles that they name', async () => {
    const response = await get(api, '/v1/probes/whoami', `Bearer ${await token({ preferred_username: 'Mei' })}`);
    expect(response.json()).toEqual({ credential: 'oidc:mei', name: 'Mei', roles: ['LENDER_DESK'] });
    expect((await get(api, '/v1/api-keys', `Bearer ${await token({ roles: 'LENDER_DESK,ADMIN' })}`)).statusCode).toBe(
      200,
    );
    expect((await get(api, '/v1/api-keys', `Bearer ${await token({ roles: { ADMIN: true } })}`)).statusCode).toBe(403);
  });

  it('are refused when they are of another issuer, audience, time, key or algorithm', async () => {
    const stranger = (await generateKeyPair('ES256')).privateKey;
    const bad = await Promise.all([
      token({}, (jwt) => jwt.setIssuer('https://other.example')),
      token({}, (jwt) => jwt.setAudience('tradeproof-bank')),
      token({}, (jwt) => jwt.setExpirationTime('-1 min')),
      token({}, (jwt) => jwt.setNotBefore('5 min')),
      token({}, (jwt) => jwt, stranger),
      token({}, (jwt) => jwt, randomBytes(32), 'HS256'),
      new SignJWT({ roles: ['ADMIN'] })
        .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
        .setIssuer(issuer)
        .setAudience('tradeproof-core')
        .setSubject('mei')
        .sign(signing),
    ]);
    for (const jwt of bad) expect((await get(api, '/v1/probes/whoami', `Bearer ${jwt}`)).statusCode).toBe(401);
  });

  it('may be a little early or late by another clock, and for several audiences', async () => {
    const status = async (change: (jwt: SignJWT) => SignJWT) =>
      (await get(api, '/v1/probes/whoami', `Bearer ${await token({}, change)}`)).statusCode;
    const at = (seconds: number) => new Date(Date.now() + seconds * 1000);
    expect(await status((jwt) => jwt.setExpirationTime(at(-15)))).toBe(200);
    expect(await status((jwt) => jwt.setExpirationTime(at(-60)))).toBe(401);
    expect(await status((jwt) => jwt.setNotBefore(at(15)))).toBe(200);
    expect(await status((jwt) => jwt.setNotBefore(at(60)))).toBe(401);
    expect(await status((jwt) => jwt.setAudience(['erp', 'tradeproof-core']))).toBe(200);
    expect(await status((jwt) => jwt.setAudience([]))).toBe(401);
  });

  it('are refused when they name an algorithm of their own choice', async () => {
    const parts = (await token({ roles: ['ADMIN'] })).split('.');
    const header = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const forged = [
      [header({ alg: 'none' }), parts[1], ''],
      [header({ alg: 'none', kid: 'k1' }), parts[1], parts[2]],
      [header({ alg: 'HS256', kid: 'k1' }), parts[1], parts[2]],
      [header({ alg: 'ES256', kid: 'k1', crit: ['x'], x: 1 }), parts[1], parts[2]],
      [header({ alg: 'ES256', jwk: listed[0] }), parts[1], parts[2]],
      [parts[0], Buffer.from('{"sub":"mei","roles":["ADMIN"]}').toString('base64url'), parts[2]],
    ];
    for (const jwt of forged) {
      expect((await get(api, '/v1/probes/whoami', `Bearer ${jwt.join('.')}`)).statusCode).toBe(401);
    }
  });

  it('may name roles in a nested claim', async () => {
    const nested = await testApi([ProbeRoom], {
      oidcIssuer: issuer,
      oidcAudience: 'tradeproof-core',
      oidcRolesClaim: '/realm_access/roles',
    });
    const roles = async (claims: object) =>
      (await get(nested, '/v1/probes/whoami', `Bearer ${await token(claims)}`)).json<{ roles?: string[] }>().roles;
    expect(await roles({ realm_access: { roles: ['LENDER_DESK', 'ADMIN'] } })).toEqual(['LENDER_DESK', 'ADMIN']);
    expect(await roles({ roles: ['ADMIN'] })).toBeUndefined();
    expect(await roles({ realm_access: 'ADMIN' })).toBeUndefined();
    await nested.stop();
  });

  it('are those of a key that the issuer has changed to, within seconds', async () => {
    const next = await generateKeyPair('ES256');
    listed = [...listed, { ...(await exportJWK(next.publicKey)), kid: 'k2', alg: 'ES256' }];
    const jwt = await new SignJWT({ roles: ['LENDER_DESK'] })
      .setProtectedHeader({ alg: 'ES256', kid: 'k2' })
      .setIssuer(issuer)
      .setAudience('tradeproof-core')
      .setSubject('mei')
      .setExpirationTime('5 min')
      .sign(next.privateKey);
    for (const end = Date.now() + 60_000; ; await new Promise((go) => setTimeout(go, 500))) {
      const { statusCode } = await get(api, '/v1/probes/whoami', `Bearer ${jwt}`);
      if (statusCode === 200) break;
      expect([statusCode, Date.now() < end]).toEqual([401, true]);
    }
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ['says that it cannot', (response) => response.writeHead(502).end()],
    ['shows a page instead', (response) => response.setHeader('content-type', 'text/html').end('<h1>Back soon</h1>')],
    ['lists nothing', (response) => response.setHeader('content-type', 'application/json').end('{}')],
    ['is not there', (response) => response.destroy()],
  ])('are answered 503 and are no failed logins while an issuer that is known %s', async (_, answer) => {
    let failing = false;
    const other = createServer((_request, response) => {
      if (failing) answer(response);
      else response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: listed }));
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const oidcJwksUrl = `http://127.0.0.1:${(other.address() as AddressInfo).port}/keys`;
    const mine = await testApi([ProbeRoom], { oidcIssuer: issuer, oidcAudience: 'tradeproof-core', oidcJwksUrl });
    const ask = async () => get(mine, '/v1/probes/whoami', `Bearer ${await token({})}`);
    expect((await ask()).statusCode).toBe(200);

    failing = true;
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 11 * 60_000);
    const response = await ask().finally(() => clock.mockRestore());
    expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([503, 'TOKEN_ISSUER_UNAVAILABLE']);
    const failures = await mine.app.get(UnitOfWork).manager.query(`SELECT 1 FROM audit_log WHERE action = 'login'`);
    expect(failures).toEqual([]);
    await mine.stop();
    other.close();
  });

  it('are answered 503, not 401, when the issuer’s keys cannot be had', async () => {
    const nowhere = 'http://127.0.0.1:1';
    const lonely = await testApi([ProbeRoom], { oidcIssuer: nowhere, oidcAudience: 'tradeproof-core' });
    const jwt = await token({}, (one) => one.setIssuer(nowhere));
    const response = await get(lonely, '/v1/probes/whoami', `Bearer ${jwt}`);
    expect([response.statusCode, response.json<{ code: string }>().code]).toEqual([503, 'TOKEN_ISSUER_UNAVAILABLE']);
    await lonely.stop();
  });

  describe('while the issuer is down', () => {
    let [asked, broken] = [0, ''];
    let down: Server;
    let place: string;
    beforeAll(async () => {
      down = createServer((request, response) => {
        asked++;
        const isDiscovery = request.url!.endsWith('openid-configuration');
        if (isDiscovery && broken === 'keys')
          return void response.end(JSON.stringify({ issuer: place, jwks_uri: `${place}/keys` }));
        setTimeout(() => response.writeHead(502).end(), 50);
      });
      await new Promise<void>((resolve) => down.listen(0, '127.0.0.1', resolve));
      place = `http://127.0.0.1:${(down.address() as AddressInfo).port}`;
    });
    afterAll(() => down.close());

    it.each([
      ['discovery', 1],
      ['keys', 2],
    ])('it is asked once for many tokens: %s', async (what, times) => {
      [asked, broken] = [0, what];
      const lonely = await testApi([ProbeRoom], { oidcIssuer: place, oidcAudience: 'tradeproof-core' });
      const status = async (jwt: string) => (await get(lonely, '/v1/probes/whoami', `Bearer ${jwt}`)).statusCode;
      expect(await Promise.all([status('x'), status(await token({}))])).toEqual([401, 401]);
      expect(asked).toBe(0);
      const jwt = await token({}, (one) => one.setIssuer(place));
      const statuses = await Promise.all(Array.from({ length: 5 }, () => status(jwt)));
      expect([...statuses, await status(jwt), await status(jwt)]).toEqual(Array(7).fill(503));
      expect(asked).toBe(times);
      await lonely.stop();
    });
  });
});
