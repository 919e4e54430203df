import type { OrderModel } from '../../documents/model/index.js';
import type { Hex } from '../../kernel/hex.js';
import { entryHash, ZERO } from './fulfilment-log.js';
import { kindNumber, type MilestoneKind } from './milestone-kinds.js';
import {
  ordersNamed,
  type OrdersNamed,
  receivedByLine,
  type ReportedEntry,
  type ReportedLine,
} from './received-by-line.js';

const party = { entities: [] };
const order: OrderModel = {
  kind: 'ORDER',
  number: '34',
  issueDate: '2026-11-22',
  buyer: party,
  seller: party,
  lines: [
    { id: '1', item: { seller: 'PAINT' }, quantity: '100' },
    { id: '2', item: { seller: 'BRUSH' }, quantity: '5' },
  ],
};

function report(...lines: Partial<ReportedLine>[]): NonNullable<ReportedEntry['report']> {
  const numbered = lines.map((line, place) => ({ id: `${place + 1}`, item: {}, ...line }));
  return { lines: numbered };
}

let index = 0;
const entry = (
  kind: MilestoneKind,
  documents?: ReportedEntry['report'],
  supersedes: Hex = ZERO,
  author = 1,
): ReportedEntry => ({
  order: `0x${'01'.repeat(32)}`,
  index: index++,
  kind: kindNumber(kind),
  author,
  commitment: `0x${'02'.repeat(32)}`,
  supersedes,
  recordedAt: 1_700_000_000,
  report: documents,
});

const told = (entries: ReportedEntry[]) =>
  receivedByLine(order, entries).lines.map(({ received, rejected, returned }) => [received, rejected, returned].join());

beforeEach(() => {
  index = 0;
});

describe('receivedByLine', () => {
  it('lists each line of the order, received or not', () => expect(told([])).toEqual(['0,0,0', '0,0,0']));

  it('sums receipts by line and takes rejected and returned apart', () => {
    const entries = [
      entry('DESPATCHED', report({ orderLine: '1', quantity: '100' })),
      entry('RECEIVED', report({ orderLine: '1', quantity: '60.5' }, { orderLine: '2', quantity: '5', rejected: '1' })),
      entry('RECEIVED', report({ orderLine: '1', quantity: '29.5' })),
      entry('INSPECTED', report({ orderLine: '1', quantity: '90', rejected: '2' }), ZERO, 7),
      entry('RETURNED', report({ orderLine: '1', quantity: '3' }), ZERO, 2),
    ];
    expect(told(entries)).toEqual(['90,2,3', '5,1,0']);
  });

  it('counts a corrected receipt once', () => {
    const first = entry('RECEIVED', report({ orderLine: '1', quantity: '100' }));
    const second = entry('RECEIVED', report({ orderLine: '1', quantity: '90' }), entryHash(first));
    expect(told([first, second])).toEqual(['90,0,0', '0,0,0']);
  });

  it('meets lines by item and by number, and says which it could not', () => {
    const entries = [
      entry('RECEIVED', report({ id: '9', item: { seller: 'BRUSH' }, quantity: '4' }, { id: '1', quantity: '7' })),
      entry('RECEIVED', report({ id: '8', item: { seller: 'NAIL' }, quantity: '1' })),
    ];
    expect(told(entries)).toEqual(['7,0,0', '4,0,0']);
    expect(receivedByLine(order, entries).unmet).toEqual([{ entry: entryHash(entries[1]!), line: '8' }]);
  });

  it('counts no line whose hidden item ids would decide where it belongs', () => {
    const hidden = { hidden: true };
    const entries = [
      entry('RECEIVED', report({ orderLine: '1', item: hidden, quantity: '7' })),
      entry('RETURNED', report({ id: '2', item: hidden, quantity: '3' })),
    ];
    expect(told(entries)).toEqual(['7,0,0', '0,0,0']);
    expect(receivedByLine(order, entries).undecided).toEqual([entryHash(entries[1]!)]);
  });

  describe('of a document over several orders, recorded on each of them', () => {
    const both = () => [
      entry(
        'RECEIVED',
        report(
          { orderLine: '1', orderNumber: 'po 0034', quantity: '50' },
          { orderLine: '1', orderNumber: 'PO-35', quantity: '40' },
        ),
      ),
    ];
    const receivedOf = (number: string) =>
      receivedByLine({ ...order, number }, both()).lines.map(({ received }) => received.toString());

    it('counts for each the lines that name it', () => {
      expect(receivedOf('PO-34')).toEqual(['50', '0']);
      expect(receivedOf('PO-35')).toEqual(['40', '0']);
      expect(receivedOf('PO-36')).toEqual(['0', '0']);
      expect(receivedByLine({ ...order, number: 'PO-35' }, both()).unmet).toMatchObject([{ line: '1' }]);
    });

    it('counts nothing yet while the number of either side is hidden', () => {
      const entries = both();
      expect(receivedByLine({ ...order, number: '' }, entries).undecided).toEqual([entryHash(entries[0]!)]);
      const hiding = [entry('RECEIVED', report({ orderLine: '1', orderNumberHidden: true, quantity: '50' }))];
      expect(receivedByLine(order, hiding).undecided).toEqual([entryHash(hiding[0]!)]);
      expect(told(hiding)).toEqual(['0,0,0', '0,0,0']);
    });

    describe('a line that names none', () => {
      const unnamed = { orderLine: '1', quantity: '50' };
      const of = (number: string, orderNumber: string) => ({ orderLine: '2', quantity: number, orderNumber });
      const receivedBy = (orders: OrdersNamed, ...lines: Partial<ReportedLine>[]) =>
        told([entry('RECEIVED', { ...report(unnamed, ...lines), orders })]);

      it('counts for none where the header names several', () => {
        expect(receivedBy('SEVERAL', of('2', '34'))).toEqual(['0,0,0', '2,0,0']);
      });

      it('counts for none where the header names none and a line another order', () => {
        expect(receivedBy('NONE', of('2', '34'), of('3', '35'))).toEqual(['0,0,0', '2,0,0']);
        expect(receivedBy('NONE', of('3', '35'))).toEqual(['0,0,0', '0,0,0']);
      });

      it('is about the order of the header, and of a document that names no other', () => {
        expect(receivedBy('ONE', of('3', '35'))).toEqual(['50,0,0', '0,0,0']);
        expect(receivedBy('NONE', of('2', '34'))).toEqual(['50,0,0', '2,0,0']);
        expect(receivedBy('NONE')).toEqual(['50,0,0', '0,0,0']);
      });

      it('is not decided where it is not shown how many orders the header names', () => {
        const entries = [
          entry('RECEIVED', { ...report(unnamed), orders: 'UNKNOWN' }),
          entry('RECEIVED', { ...report(of('2', '34')), orders: 'UNKNOWN' }),
          entry('RECEIVED', { ...report({ id: '9', item: { seller: 'NAIL' }, quantity: '1' }), orders: 'UNKNOWN' }),
        ];
        expect(told(entries)).toEqual(['0,0,0', '2,0,0']);
        expect(receivedByLine(order, entries).undecided).toEqual([entryHash(entries[0]!)]);
      });

      it('is not decided where it takes away', () => {
        const returned = [entry('RETURNED', { ...report(unnamed), orders: 'SEVERAL' })];
        expect(receivedByLine(order, returned).undecided).toEqual([entryHash(returned[0]!)]);
      });
    });

    it('knows one order by its number, however it is written', () => {
      expect([[], ['PO-34', 'po 0034'], ['PO-34', 'PO-35']].map(ordersNamed)).toEqual(['NONE', 'ONE', 'SEVERAL']);
    });

    it('takes a number without letter or digit as that of no order', () => {
      const entries = [entry('RETURNED', report({ orderLine: '1', orderNumber: '#', quantity: '50' }))];
      expect(told(entries)).toEqual(['0,0,0', '0,0,0']);
      expect(receivedByLine(order, entries).unmet).toHaveLength(1);
    });
  });

  describe('in another unit than the order', () => {
    const cases: OrderModel = { ...order, lines: [{ id: '1', item: {}, quantity: '100', unit: 'CS' }] };
    const tallied = (of: OrderModel, entries: ReportedEntry[]) => {
      const { lines, unmet, undecided } = receivedByLine(of, entries);
      const sums = lines.map(({ received, rejected, returned }) => [received, rejected, returned].join());
      return [
        sums[0],
        unmet.map(({ line }) => line),
        undecided.map((hash) => entries.findIndex((e) => entryHash(e) === hash)),
      ];
    };
    const line = (quantity: string, unit?: string, rejected?: string) =>
      report({ orderLine: '1', quantity, unit, rejected });

    it('counts nothing received, and says so', () => {
      expect(tallied(cases, [entry('RECEIVED', line('90', 'EA'))])).toEqual(['0,0,0', ['1'], []]);
      expect(tallied(cases, [entry('RECEIVED', line('90', 'EA', '2'))])).toEqual(['0,0,0', ['1'], []]);
      expect(tallied(cases, [entry('RECEIVED', line('90', 'CS')), entry('RECEIVED', line('5'))])).toEqual([
        '95,0,0',
        [],
        [],
      ]);
    });

    it('decides nothing when it takes away', () => {
      const received = () => entry('RECEIVED', line('90', 'CS'));
      expect(tallied(cases, [received(), entry('RETURNED', line('20', 'EA'))])).toEqual(['90,0,0', ['1'], [1]]);
      expect(tallied(cases, [received(), entry('INSPECTED', line('90', 'EA', '2'))])).toEqual(['90,0,0', ['1'], [1]]);
      expect(tallied(cases, [received(), entry('RECEIVED', line('0', 'EA', '2'))])).toEqual(['90,0,0', ['1'], [1]]);
      expect(tallied(cases, [received(), entry('INSPECTED', line('90', 'EA'))])).toEqual(['90,0,0', ['1'], []]);
      expect(tallied(cases, [received(), entry('RETURNED', line('20', 'CS'))])).toEqual(['90,0,20', [], []]);
    });

    it('takes what was reported first as the unit where the order states none', () => {
      const bare = { ...cases, lines: [{ id: '1', item: {}, quantity: '100' }] };
      const entries = () => [entry('RECEIVED', line('90', 'CS')), entry('RECEIVED', line('40', 'EA'))];
      expect(tallied(bare, entries())).toEqual(['90,0,0', ['1'], []]);
      expect(receivedByLine(bare, entries()).lines[0]!.unit).toBe('CS');
    });

    it('takes codes of single things as one', () => {
      const pieces = { ...cases, lines: [{ id: '1', item: {}, quantity: '100', unit: 'C62' }] };
      expect(tallied(pieces, [entry('RECEIVED', line('90', 'EA')), entry('RETURNED', line('1', 'H87'))])).toEqual([
        '90,0,1',
        [],
        [],
      ]);
    });
  });

  it('names the entries that move cover without saying by how much', () => {
    const entries = [entry('RECEIVED'), entry('IN_TRANSIT'), entry('RETURNED', report())];
    const { silent } = receivedByLine(order, entries);
    expect(silent).toEqual([entryHash(entries[0]!), entryHash(entries[2]!)]);
  });
});
