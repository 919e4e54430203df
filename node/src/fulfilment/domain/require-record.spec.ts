import { ORDER_STATUSES } from '../../orders/domain/order-status.js';
import { type MilestoneKind, kindNumber, kindOf, kindsMask, kindsOf, MILESTONE_KINDS } from './milestone-kinds.js';
import { ENTRIES_AN_AUTHOR, type Recording, requireRecord } from './require-record.js';

const order = { id: `0x${'01'.repeat(32)}`, buyer: 1, supplier: 2, status: 'ACCEPTED', type: 'ORDER' } as const;
const recording = (kind: MilestoneKind, part: Partial<Recording> = {}): Recording => ({
  kind,
  author: 1,
  appointments: [],
  corrects: false,
  entries: 0,
  now: 100,
  ...part,
});
const code = (name: string) => expect.objectContaining({ code: name });

describe('kinds', () => {
  it('are numbered from 1 and fit a mask', () => {
    expect(MILESTONE_KINDS.map((kind) => kindOf(kindNumber(kind)))).toEqual([...MILESTONE_KINDS]);
    expect(kindsOf(kindsMask(['DESPATCHED', 'RETURNED']))).toEqual(['DESPATCHED', 'RETURNED']);
    expect(kindsMask(['PRODUCTION_STARTED', 'RETURNED'])).toBe(0b1_0000_0010);
    expect(() => kindOf(0)).toThrow(RangeError);
    expect(() => kindOf(9)).toThrow(RangeError);
  });
});

describe('requireRecord', () => {
  it.each([...MILESTONE_KINDS])('lets the buyer record %s, and the supplier all but receipts', (kind) => {
    expect(() => requireRecord(order, recording(kind))).not.toThrow();
    const bySupplier = () => requireRecord(order, recording(kind, { author: 2 }));
    if (kind === 'RECEIVED') expect(bySupplier).toThrow(code('MILESTONE_UNAUTHORIZED'));
    else expect(bySupplier).not.toThrow();
  });

  it('lets others record what either side appointed them for, until its last second', () => {
    const appointments = [
      { kinds: kindsMask(['IN_TRANSIT']), until: 99 },
      { kinds: kindsMask(['DELIVERED']), until: 100 },
    ];
    const by = (kind: MilestoneKind) => () => requireRecord(order, recording(kind, { author: 3, appointments }));
    expect(by('DELIVERED')).not.toThrow();
    expect(by('IN_TRANSIT')).toThrow(code('MILESTONE_UNAUTHORIZED'));
    expect(by('INSPECTED')).toThrow(code('MILESTONE_UNAUTHORIZED'));
  });

  it.each(ORDER_STATUSES.filter((status) => !['ACCEPTED', 'COMPLETED'].includes(status)))(
    'keeps the log of an order that is %s shut',
    (status) => {
      const attempt = () => requireRecord({ ...order, status }, recording('DELIVERED'));
      expect(attempt).toThrow(code('ORDER_INVALID_STATUS'));
    },
  );

  it('keeps that of a framework contract shut', () => {
    const framework = { ...order, type: 'FRAMEWORK' } as const;
    expect(() => requireRecord(framework, recording('DESPATCHED'))).toThrow(code('ORDER_IS_FRAMEWORK'));
  });

  it('lets nobody record more on an order than the contract takes of a member', () => {
    const attempt = (entries: number) => () => requireRecord(order, recording('DELIVERED', { entries }));
    expect(attempt(ENTRIES_AN_AUTHOR - 1)).not.toThrow();
    expect(attempt(ENTRIES_AN_AUTHOR)).toThrow(code('MILESTONE_LIMIT_REACHED'));
  });

  it('takes inspections, returns and corrected receipts of a completed order alone', () => {
    const completed = { ...order, status: 'COMPLETED' } as const;
    const attempt = (kind: MilestoneKind, corrects: boolean) => () =>
      requireRecord(completed, recording(kind, { corrects }));
    for (const kind of ['INSPECTED', 'RETURNED'] as const) expect(attempt(kind, false)).not.toThrow();
    expect(attempt('RECEIVED', true)).not.toThrow();
    expect(attempt('RECEIVED', false)).toThrow(code('MILESTONE_LOG_CLOSED'));
    expect(attempt('DELIVERED', true)).toThrow(code('MILESTONE_LOG_CLOSED'));
  });
});
