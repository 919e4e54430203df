import type { OrderModel, PricedLineModel } from '../../documents/model/index.js';
import { allowanceOf, type CallOffVersions, requireAllowed, requireKept } from './allowance.js';

const party = { entities: [] };
const line = (id: string, seller: string, quantity?: string, more: Partial<PricedLineModel> = {}): PricedLineModel => ({
  id,
  item: { seller },
  quantity,
  unit: 'LTR',
  ...more,
});
const order = (amount: string | undefined, lines: PricedLineModel[] = [], currency = 'EUR'): OrderModel => ({
  ...{ kind: 'ORDER', number: 'PO', issueDate: '2026-11-22', currency, buyer: party, seller: party },
  amount,
  lines,
});
/** Orders of which no change may come. */
const settled = (...orders: OrderModel[]) => orders.map((each): CallOffVersions => [each]);
const framework = order('1000.00', [line('1', 'PAINT', '100'), line('2', 'BRUSH')]);
const refusal = (code: string, facts: object = {}) =>
  expect.objectContaining({ code, facts: expect.objectContaining(facts) });

describe('what is left of a framework contract', () => {
  it('is its amount and its quantities less what is called off, exact', () => {
    const callOffs = settled(
      order('333.33', [line('7', 'PAINT', '33.5')]),
      order('0.01', [line('1', 'PAINT', '0.25'), line('2', 'PAINT', '1')]),
    );
    expect(allowanceOf(framework, callOffs)).toEqual({
      currency: 'EUR',
      amount: { ceiling: '1000.00', calledOff: '333.34', remaining: '666.66' },
      lines: [{ line: '1', item: 'PAINT', unit: 'LTR', ceiling: '100', calledOff: '34.75', remaining: '65.25' }],
    });
  });

  it.each([
    ['JPY', '1000', '1', '999'],
    ['BHD', '1000.000', '0.001', '999.999'],
  ])('is written to the minor unit of %s', (currency, ceiling, calledOff, remaining) => {
    const { amount } = allowanceOf(order(ceiling, [], currency), settled(order(calledOff, [], currency)));
    expect(amount).toEqual({ ceiling, calledOff, remaining });
  });

  it('bounds no amount that the contract does not state, and no line without a quantity', () => {
    const callOffs = settled(order('5.00', [line('1', 'PAINT', '3')]));
    expect(allowanceOf(order(undefined, [line('1', 'PAINT')]), callOffs)).toEqual({
      currency: 'EUR',
      amount: null,
      lines: [],
    });
  });

  it('never falls below nothing, and gives nothing back for what takes away', () => {
    const { amount, lines } = allowanceOf(
      framework,
      settled(order('1500.00', [line('1', 'PAINT', '130')]), order('-900.00', [line('1', 'PAINT', '-90')])),
    );
    expect(amount).toEqual({ ceiling: '1000.00', calledOff: '1500.00', remaining: '0.00' });
    expect(lines[0]).toMatchObject({ calledOff: '130', remaining: '0' });
  });
});

describe('a call-off of which a change may come', () => {
  it('counts as the more of the two, of the amount and of each line by itself', () => {
    const versions: CallOffVersions = [
      order('300.00', [line('1', 'PAINT', '10')]),
      order('200.00', [line('1', 'PAINT', '30')]),
    ];
    const { amount, lines } = allowanceOf(framework, [versions, ...settled(order('1.00', [line('1', 'PAINT', '1')]))]);
    expect([amount?.calledOff, lines[0]?.calledOff]).toEqual(['301.00', '31']);
  });
});

describe('a change of the contract', () => {
  const callOffs = settled(order('400.00', [line('1', 'PAINT', '40'), line('2', 'BRUSH', '7')]), order('0.50'));
  const change = (next: OrderModel) => () => requireKept(framework, next, callOffs);

  it('may take it down to what is called off, or bound quantities no more', () => {
    expect(change(order('400.50', [line('1', 'PAINT', '40'), line('2', 'BRUSH', '7')]))).not.toThrow();
    expect(change(order('400.50', [line('3', 'GLUE')]))).not.toThrow();
    expect(change(order(undefined, [line('2', 'BRUSH', '7'), line('1', 'PAINT')]))).not.toThrow();
  });

  it.each([
    ['amount', order('400.49'), { currency: 'EUR', ceiling: '400.49', calledOff: '400.50', excess: '0.01' }],
    [
      'quantity of a line',
      order('1000.00', [line('2', 'BRUSH'), line('1', 'PAINT', '39.5')]),
      { line: '1', ceiling: '39.5', calledOff: '40', excess: '0.5' },
    ],
    [
      'line, which is not in it any more',
      order('1000.00', [line('1', 'PAINT', '100')]),
      { line: '2', ceiling: '0', calledOff: '7', excess: '7' },
    ],
  ])('is refused below what is called off of its %s', (_, next, facts) => {
    expect(change(next)).toThrow(refusal('FRAMEWORK_BELOW_CALLED_OFF', facts));
  });

  it('may raise what is below it, or leave it as it is: what both agreed to before, or the chain alone, has let it come so far', () => {
    const low = order('300.00', [line('1', 'PAINT', '30'), line('2', 'BRUSH', '5')]);
    const from = (next: OrderModel) => () => requireKept(low, next, callOffs);
    expect(from(low)).not.toThrow();
    expect(from(order('350.00', [line('1', 'PAINT', '31'), line('2', 'BRUSH', '5')]))).not.toThrow();
    expect(from(order('299.99', [...low.lines]))).toThrow(refusal('FRAMEWORK_BELOW_CALLED_OFF', { ceiling: '299.99' }));
    expect(from(order('300.00', [line('1', 'PAINT', '30'), line('2', 'BRUSH', '4')]))).toThrow(
      refusal('FRAMEWORK_BELOW_CALLED_OFF', { line: '2', excess: '3' }),
    );
  });

  it('is refused where a line counts in another unit than what is called off of it', () => {
    const next = order('1000.00', [line('1', 'PAINT', '200', { unit: 'MLT' }), line('2', 'BRUSH')]);
    expect(change(next)).toThrow(refusal('FRAMEWORK_MISMATCH', { expected: 'MLT', found: 'LTR' }));
  });

  it('is refused where its amount is in another currency than the call-offs', () => {
    const open = order(undefined, [], undefined);
    expect(() => requireKept(open, order('9000.00', [], 'USD'), callOffs)).toThrow(refusal('CURRENCY_MISMATCH'));
  });
});

describe('a call-off', () => {
  const others = settled(order('400.00', [line('1', 'PAINT', '40')]));

  it('may take all that is left', () => {
    expect(() => requireAllowed(framework, others, order('600.00', [line('1', 'PAINT', '60')]))).not.toThrow();
  });

  it('is refused one minor unit beyond it, which is named', () => {
    expect(() => requireAllowed(framework, others, order('600.01'))).toThrow(
      refusal('FRAMEWORK_EXCEEDED', { ceiling: '1000.00', remaining: '600.00', asked: '600.01', excess: '0.01' }),
    );
  });

  it('is refused beyond the quantity of a line, over its own lines together', () => {
    const next = order('10.00', [line('1', 'PAINT', '50'), line('2', 'PAINT', '10.125')]);
    expect(() => requireAllowed(framework, others, next)).toThrow(
      refusal('FRAMEWORK_EXCEEDED', { line: '1', remaining: '60', asked: '60.125', excess: '0.125' }),
    );
  });

  it.each([
    ['in another currency', order('1.00', [], 'USD'), 'CURRENCY_MISMATCH', { expected: 'EUR' }],
    ['without an amount', order(undefined), 'FRAMEWORK_MISMATCH', { field: '/amount' }],
    [
      'of an item that the contract has not',
      order('1.00', [line('9', 'GLUE', '1')]),
      'FRAMEWORK_MISMATCH',
      { line: '9' },
    ],
    ['without a quantity', order('1.00', [line('1', 'PAINT')]), 'FRAMEWORK_MISMATCH', { line: '1' }],
    [
      'in another unit',
      order('1.00', [line('1', 'PAINT', '1', { unit: 'KGM' })]),
      'FRAMEWORK_MISMATCH',
      { expected: 'LTR', found: 'KGM' },
    ],
  ])('is refused %s', (_, next, code, facts) => {
    expect(() => requireAllowed(framework, [], next)).toThrow(refusal(code, facts));
  });

  it('is counted by amount alone where the contract bounds no quantity', () => {
    const open = order('100.00', [line('1', 'PAINT')]);
    expect(() => requireAllowed(open, [], order('99.00', [line('9', 'GLUE', '5')]))).not.toThrow();
  });
});
