import { readFileSync } from 'node:fs';
import type { RunningConsortium } from '../../support/running-consortium.js';
import type { Case, World } from '../support/hostile/case.js';
import { claimCases } from '../support/hostile/claims.js';
import { financingCases } from '../support/hostile/financings.js';
import { documentCases } from '../support/hostile/order-documents.js';
import { orderCases } from '../support/hostile/order-acts.js';
import { type OpenApi, sweep } from '../support/hostile/sweep.js';
import { transportCases } from '../support/hostile/transport.js';
import { prepareWorld } from '../support/hostile/world.js';
import { send, sendBytes } from '../support/raw-request.js';
import { atRest, type Standing } from '../support/standing.js';

/** What is refused, and does nothing at any member, whoever asks it. */
export function hostile(running: () => RunningConsortium): void {
  let consortium: RunningConsortium;
  let world: World;
  let before: Standing;

  beforeAll(async () => {
    consortium = running();
    world = await prepareWorld(consortium);
    before = await atRest(consortium);
  });

  const groups: [string, Case[]][] = [
    ['the request itself', transportCases],
    ['an order’s document', documentCases],
    ['orders and who may do what', orderCases],
    ['claims and who may do what', claimCases],
    ['money and who may do what', financingCases],
  ];

  describe.each(groups)('bad input: %s', (_, cases) => {
    it.each(cases.map((each) => [each.title, each] as const))('%s', async (_title, { as, request, refusal }) => {
      const answer = await send(world[as], request(world));
      expect([answer.status, answer.code, answer.text]).toEqual([...refusal, expect.anything()]);
      expect(answer.type).toMatch(/^application\/problem\+json/);
    });

    it('did nothing, at no member', async () => {
      expect(await atRest(consortium)).toEqual(before);
    });
  });

  describe('bad input: odd values in each place of each route', () => {
    const codes = new Set(
      [...readFileSync('docs/errors.md', 'utf8').matchAll(/^\| `(\w+)`/gm)].map(([, code]) => code),
    );

    it.each(['core', 'supplier', 'bank'] as const)(
      'get coded refusals, or an empty answer: %s',
      async (who) => {
        const api = JSON.parse((await send(world[who], { path: '/openapi.json' })).text) as OpenApi;
        const wrong: string[] = [];
        let asked = 0;
        for (const request of sweep(api)) {
          asked++;
          const { status, type, code, text } = await send(world[who], request);
          const coded = type.startsWith('application/problem+json') && codes.has(String(code));
          if (status >= 500 || (status >= 400 && !coded) || (status >= 200 && status < 300 && request.method !== 'GET'))
            wrong.push(`${request.method} ${request.path} ${request.body ?? ''} -> ${status} ${text}`);
        }
        expect(wrong).toEqual([]);
        expect(asked).toBeGreaterThan(500);
      },
      600_000,
    );

    it('did nothing, at no member', async () => {
      expect(await atRest(consortium)).toEqual(before);
    });
  });

  describe('bad input: no HTTP at all', () => {
    it.each([
      ['noise', '\u0001\u0002 what\r\n\r\n', 400, 'REQUEST_MALFORMED'],
      [
        'two lengths',
        'POST /v1/orders HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\ncontent-length: 4\r\n\r\nabcd',
        400,
        'REQUEST_MALFORMED',
      ],
      [
        'a length and chunks',
        'POST /v1/orders HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
        400,
        'REQUEST_MALFORMED',
      ],
    ])('%s', async (_title, bytes, status, code) => {
      const answer = await sendBytes(world.core, bytes);
      expect([answer.status, answer.code]).toEqual([status, code]);
    });
  });
}
