import type { OrderModel } from '../../documents/model/index.js';
import {
  framingBinding,
  requireBegun,
  requireCallable,
  requireContract,
  requireFraming,
  requireFrameworkItself,
  requireNoFramework,
  requireTerm,
  UNFRAMED,
} from './framework.js';
import { ORDER_STATUSES } from './order-status.js';
import type { Order } from './order.js';

const id = `0x${'01'.repeat(32)}` as const;
const other = `0x${'02'.repeat(32)}` as const;
const framework = { id, type: 'FRAMEWORK', framework: null, buyer: 1, status: 'ACCEPTED', expiry: 100 } as Order;
const code = (name: string) => expect.objectContaining({ code: name });

describe('requireCallable', () => {
  it('lets the buyer call off what both accepted, until its last second', () => {
    expect(() => requireCallable(framework, 1, 100)).not.toThrow();
    expect(() => requireCallable(framework, 1, 101)).toThrow(code('ORDER_LAPSED'));
    expect(() => requireCallable(framework, 2, 0)).toThrow(code('ORDER_UNAUTHORIZED'));
    expect(() => requireCallable({ ...framework, type: 'ORDER' }, 1, 0)).toThrow(code('ORDER_NOT_FRAMEWORK'));
  });

  it.each(ORDER_STATUSES.filter((status) => status !== 'ACCEPTED'))('refuses one that is %s', (status) => {
    expect(() => requireCallable({ ...framework, status }, 1, 0)).toThrow(code('ORDER_INVALID_STATUS'));
  });
});

it('framework contracts and orders are told apart', () => {
  expect(() => requireNoFramework(framework)).toThrow(code('ORDER_IS_FRAMEWORK'));
  expect(() => requireNoFramework({ id, type: 'ORDER' })).not.toThrow();
  expect(() => requireFrameworkItself({ id, type: 'ORDER' })).toThrow(code('ORDER_NOT_FRAMEWORK'));
  expect(() => requireFrameworkItself(framework)).not.toThrow();
});

describe('the term of a framework contract', () => {
  const second = Date.parse('2027-03-01T00:00:00Z') / 1000;
  const contract = { number: 'FW-17', validFrom: '2027-03-01' } as OrderModel;

  it('begins with the first second of its first day', () => {
    expect(() => requireBegun(contract, second - 1)).toThrow(code('FRAMEWORK_NOT_BEGUN'));
    expect(() => requireBegun(contract, second)).not.toThrow();
    expect(() => requireBegun({ ...contract, validFrom: undefined }, 0)).not.toThrow();
  });

  it('ends after it begins', () => {
    expect(() => requireTerm(contract, second - 1)).toThrow(code('FRAMEWORK_TERM_EMPTY'));
    expect(() => requireTerm(contract, second)).not.toThrow();
    expect(() => requireTerm({ ...contract, validFrom: undefined }, 0)).not.toThrow();
  });
});

describe('a document', () => {
  const contract = { number: 'FW-17' } as OrderModel;

  it('names its contract in any spelling, or none', () => {
    expect(() => requireContract(contract, { contract: 'fw 017' } as OrderModel)).not.toThrow();
    expect(() => requireContract(contract, {} as OrderModel)).not.toThrow();
    expect(() => requireContract(contract, { contract: 'FW-18' } as OrderModel)).toThrow(code('FRAMEWORK_MISMATCH'));
  });

  it.each([
    ['an order', UNFRAMED],
    ['a framework contract', { type: 'FRAMEWORK', framework: null } as const],
    ['a call-off', { type: 'ORDER', framework: other } as const],
  ])('of %s says so, as the chain does, and passes for nothing else', (_, framing) => {
    const fields = Object.entries(framingBinding(framing)).map(([name, value]) => ({ path: `/${name}`, value }));
    expect(() => requireFraming({ id, ...framing }, fields)).not.toThrow();
    for (const onChain of [
      UNFRAMED,
      { type: 'FRAMEWORK', framework: null },
      { type: 'ORDER', framework: id },
    ] as const) {
      if (onChain.type === framing.type && onChain.framework === framing.framework) continue;
      expect(() => requireFraming({ id, ...onChain }, fields)).toThrow(code('FRAMEWORK_MISMATCH'));
    }
  });
});
