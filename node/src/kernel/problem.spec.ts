import { defineProblem, Problem, problemTypes, restoreProblem } from './problem.js';

const broken = defineProblem({ code: 'TEST_BROKEN', status: 409, title: 'It broke', rule: '6' });

it('is made with what failed', () => {
  const problem = broken('at three', { at: 3 });
  expect(problem).toBeInstanceOf(Problem);
  expect(problem).toMatchObject({
    code: 'TEST_BROKEN',
    status: 409,
    title: 'It broke',
    rule: '6',
    detail: 'at three',
    facts: { at: 3 },
  });
});

it('comes back from its record as it was', () => {
  const problem = broken('at three', { at: 3 });
  expect(restoreProblem(JSON.parse(JSON.stringify(problem.toRecord())) as never)).toEqual(problem);
  expect(restoreProblem({ code: 'NO_LONGER_KNOWN', detail: 'd' })).toMatchObject({ status: 409, facts: {} });
});

it('is known by its code', () => {
  expect(problemTypes().find(({ code }) => code === 'TEST_BROKEN')?.title).toBe('It broke');
  const codes = problemTypes().map((type) => type.code);
  expect(codes).toEqual([...codes].sort());
});

it.each([
  [{ code: 'TEST_BROKEN', status: 409, title: 't' }, 'twice'],
  [{ code: 'testBroken', status: 409, title: 't' }, 'UPPER_SNAKE'],
  [{ code: 'TEST_OK', status: 200, title: 't' }, 'status'],
])('is refused as a defect: %j', (type, message) => {
  expect(() => defineProblem(type)).toThrow(message);
});
