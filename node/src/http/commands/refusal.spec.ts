import { defineProblem, problemTypes } from '../../kernel/problem.js';
import '../idempotency/problems.js';
import { againGets, Refusal } from './refusal.js';

const type = (status: number, passing?: true) => ({ code: `AGAIN_${status}`, status, title: 'Tested', passing });

it.each([
  ['final', [type(403), type(409), type(410), type(422)]],
  ['may pass', [type(409, true), type(422, true), type(404), type(408), type(429), type(500), type(503)]],
  ['mend', [type(400), type(401), type(412), type(413), type(415)]],
])('the same request under the same key gets what is %s', (again, types) => {
  expect(types.map(againGets)).toEqual(types.map(() => again));
});

it('a request that is still running is no final answer', () => {
  const inUse = problemTypes().find(({ code }) => code === 'IDEMPOTENCY_KEY_IN_USE')!;
  expect(againGets(inUse)).toBe('may pass');
});

it('what is not kept under its key is never called final', () => {
  for (let status = 400; status < 600; status++) {
    const kept = Refusal.of(defineProblem(type(status))('tested')) instanceof Refusal;
    expect([status, againGets(type(status)) === 'final']).toEqual([status, kept]);
  }
});
