import { requireInstalment, requireInstalmentShown } from './instalments.js';

const receivable = (instalment: number, instalments: number) => ({ id: '0x01' as const, instalment, instalments });
const whole = new Map([['/amount', '107.50']]);
const second = new Map([
  ['/instalment', '1'],
  ['/amount', '53.75'],
  ['/invoiceAmount', '107.50'],
  ['/instalments/-', '2'],
  ['/instalments/0/amount', '53.75'],
  ['/instalments/1/amount', '53.75'],
]);
const without = (path: string) => new Map([...second].filter(([each]) => each !== path));
const refused = { code: 'INSTALMENT_MISMATCH' };

describe('what the chain counts', () => {
  it('is what was invoiced', () => {
    expect(() => requireInstalment(receivable(2, 3), 1, 3)).not.toThrow();
  });

  it.each([
    [1, 3],
    [2, 2],
    [0, 0],
  ])('not as %i of %i', (k, n) => {
    expect(() => requireInstalment(receivable(k, n), 1, 3)).toThrow(expect.objectContaining(refused));
  });
});

describe('what an invoice shows', () => {
  it('is enough when it is the only instalment, or shows all that make it up', () => {
    expect(() => requireInstalmentShown(receivable(1, 1), whole)).not.toThrow();
    expect(() => requireInstalmentShown(receivable(2, 2), second)).not.toThrow();
  });

  it.each([
    ['a whole invoice confirmed as a part', receivable(1, 2), whole],
    ['a part confirmed as the whole', receivable(1, 1), second],
    ['another place', receivable(1, 2), second],
    ['another count', receivable(2, 3), second],
    ['a withheld instalment', receivable(2, 2), without('/instalments/0/amount')],
    ['a withheld total', receivable(2, 2), without('/invoiceAmount')],
    [
      'instalments that are more than the invoice',
      receivable(2, 2),
      new Map([...second, ['/instalments/0/amount', '107.50']]),
    ],
    ['another amount than its instalment’s', receivable(2, 2), new Map([...second, ['/amount', '107.50']])],
  ])('is refused for %s', (_, counted, invoice) => {
    expect(() => requireInstalmentShown(counted, invoice)).toThrow(expect.objectContaining(refused));
  });
});
