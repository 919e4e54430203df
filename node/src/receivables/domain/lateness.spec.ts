import { requireLate, requireUnmarked } from './lateness.js';

const id = `0x${'01'.repeat(32)}` as const;
const at = (time: string) => Date.parse(time) / 1000;

describe('a claim is late', () => {
  it('when its due date and the days of grace are over, to the second', () => {
    const late = (grace: number, time: string) => () => requireLate({ id }, '2026-02-27', grace, at(time));
    expect(late(0, '2026-02-28T00:00:00Z')).not.toThrow();
    expect(late(3, '2026-03-03T00:00:00Z')).not.toThrow();
    expect(late(3, '2026-03-02T23:59:59Z')).toThrow(
      expect.objectContaining({
        code: 'RECEIVABLE_NOT_DUE',
        facts: { receivable: id, dueDate: '2026-02-27', graceDays: 3, overdueFrom: '2026-03-03T00:00:00.000Z' },
      }),
    );
    expect(late(0, '2026-02-27T23:59:59Z')).toThrow('RECEIVABLE_NOT_DUE');
  });

  it('and is said to be so once', () => {
    expect(() => requireUnmarked({ id, marks: ['OVERDUE'] }, 'DEFAULTED')).not.toThrow();
    expect(() => requireUnmarked({ id, marks: ['OVERDUE'] }, 'OVERDUE')).toThrow('RECEIVABLE_ALREADY_MARKED');
  });
});
