import { random32 } from '../support/votes.js';
import type { Signer } from '../support/chain.js';
import { Desk, ENCUMBRANCE, KIND } from './desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
beforeEach(() => desk.reset());

type State = keyof typeof MAKE;
type What = 'receivable' | 'order';
const made = (what: What) => (what === 'order' ? desk.trade.accepted() : desk.confirmed());

/** How an encumbrance of each state comes about. `NOTICED` is assigned with notice given, `LAPSED` reserved and overdue. */
const MAKE = {
  NONE: (what: What) => made(what),
  RESERVED: async (what: What) => {
    const object = await made(what);
    await desk.reserve(object);
    return object;
  },
  LAPSED: async (what: What) => {
    const object = await MAKE.RESERVED(what);
    await desk.trade.pass(3 * 86_400);
    return object;
  },
  PLEDGED: async (what: What) => {
    const object = await made(what);
    await desk.reserve(object, {}, { kind: KIND.PLEDGE });
    await desk.disburse(object);
    return object;
  },
  ASSIGNED: async (what: What) => {
    const object = await MAKE.RESERVED(what);
    await desk.disburse(object);
    return object;
  },
  NOTICED: async () => {
    const object = await MAKE.ASSIGNED('receivable');
    await desk.receivables.send(desk.lenderOf(object), 'notify', object, random32());
    return object;
  },
  NOTIFIED: async () => {
    const object = await MAKE.NOTICED();
    await desk.acknowledgeNotice(object);
    return object;
  },
};
const VALUE = { ...ENCUMBRANCE, LAPSED: ENCUMBRANCE.NONE, NOTICED: ENCUMBRANCE.ASSIGNED };

interface Act {
  readonly fn: string;
  readonly args: (object: string) => readonly unknown[];
  readonly by: 'lender' | 'obligor' | 'anyone';
  readonly outcome: Record<State, string>;
}
const INVALID = 'EncumbranceInvalidTransition';
const NOBODYS = 'EncumbranceUnauthorized';

const ACTS: Record<string, Act> = {
  disburse: {
    fn: 'disburse',
    by: 'lender',
    args: (object) => [object, random32()],
    outcome: {
      NONE: NOBODYS,
      RESERVED: 'is done',
      LAPSED: NOBODYS,
      PLEDGED: INVALID,
      ASSIGNED: INVALID,
      NOTICED: INVALID,
      NOTIFIED: INVALID,
    },
  },
  drop: {
    fn: 'drop',
    by: 'lender',
    args: (object) => [object],
    outcome: {
      NONE: NOBODYS,
      RESERVED: 'is done',
      LAPSED: NOBODYS,
      PLEDGED: INVALID,
      ASSIGNED: INVALID,
      NOTICED: INVALID,
      NOTIFIED: INVALID,
    },
  },
  lapse: {
    fn: 'lapse',
    by: 'anyone',
    args: (object) => [object],
    outcome: {
      NONE: INVALID,
      RESERVED: 'EncumbranceNotLapsed',
      LAPSED: 'is done',
      PLEDGED: INVALID,
      ASSIGNED: INVALID,
      NOTICED: INVALID,
      NOTIFIED: INVALID,
    },
  },
  notify: {
    fn: 'notify',
    by: 'lender',
    args: (object) => [object, random32()],
    outcome: {
      NONE: NOBODYS,
      RESERVED: INVALID,
      LAPSED: NOBODYS,
      PLEDGED: 'is done',
      ASSIGNED: 'is done',
      NOTICED: 'NoticeAlreadyGiven',
      NOTIFIED: INVALID,
    },
  },
  acknowledgeNotice: {
    fn: 'acknowledgeNotice',
    by: 'obligor',
    args: (object) => [object, (desk.lenderOf(object) ?? desk.stranger()).address],
    outcome: {
      NONE: INVALID,
      RESERVED: INVALID,
      LAPSED: INVALID,
      PLEDGED: 'NoticeMissing',
      ASSIGNED: 'NoticeMissing',
      NOTICED: 'is done',
      NOTIFIED: INVALID,
    },
  },
  release: {
    fn: 'release',
    by: 'lender',
    args: (object) => [object, random32()],
    outcome: {
      NONE: NOBODYS,
      RESERVED: INVALID,
      LAPSED: NOBODYS,
      PLEDGED: 'is done',
      ASSIGNED: 'is done',
      NOTICED: 'is done',
      NOTIFIED: 'is done',
    },
  },
};

const actor = (by: Act['by'], object: string): Signer =>
  by === 'obligor' ? desk.buyer.operator : (by === 'lender' && desk.lenderOf(object)) || desk.stranger();

const CASES = Object.entries(ACTS).flatMap(([name, act]) =>
  Object.entries(act.outcome).flatMap(([state, outcome]) => {
    const receivable = [name, 'receivable', state as State, outcome, act] as const;
    const onOrder = !state.startsWith('NOTI') && !['notify', 'acknowledgeNotice'].includes(name);
    return onOrder ? [receivable, [name, 'order', state as State, outcome, act] as const] : [receivable];
  }),
);

it.each(CASES)('%s of the encumbrance of a(n) %s that is %s: %s', async (_, what, state, outcome, { fn, by, args }) => {
  const object = await MAKE[state](what);
  const before = await desk.encumbrance(object);
  expect(before.state).toBe(VALUE[state]);
  const from = actor(by, object);
  if (outcome === 'is done') return void (await desk.receivables.send(from, fn, ...args(object)));
  expect((await desk.receivables.refusal(from, fn, ...args(object))).name).toBe(outcome);
  expect(await desk.encumbrance(object)).toEqual(before);
});

it.each(Object.entries(ACTS).filter(([, { by }]) => by !== 'anyone'))(
  '%s is nobody else’s',
  async (name, { fn, args }) => {
    const object = await MAKE[name === 'disburse' || name === 'drop' ? 'RESERVED' : 'NOTICED']('receivable');
    const others = [
      desk.stranger(),
      desk.supplier.operator,
      desk.holderOf(object),
      desk.trade.consortium.member('bank-a').operator,
    ];
    for (const other of others) {
      expect((await desk.receivables.refusal(other, fn, ...args(object))).name).toMatch(
        name === 'acknowledgeNotice' ? /^(ReceivableUnauthorized|MemberUnknownOperator)$/ : /^EncumbranceUnauthorized$/,
      );
    }
  },
);

it('each act says what it did', async () => {
  const object = await desk.confirmed();
  await desk.reserve(object);
  const lender = desk.lenderOf(object);
  const [paymentReference, notice, reason] = [random32(), random32(), random32()];
  const events = async (from: Signer, fn: string, ...args: unknown[]) =>
    (await desk.receivables.send(from, fn, object, ...args)).events;
  expect(await events(lender, 'disburse', paymentReference)).toEqual([
    { name: 'EncumbranceDisbursed', args: { object, state: ENCUMBRANCE.ASSIGNED, paymentReference } },
  ]);
  expect(await events(lender, 'notify', notice)).toEqual([{ name: 'NoticeGiven', args: { object, notice } }]);
  expect(await events(desk.buyer.operator, 'acknowledgeNotice', lender.address)).toEqual([
    { name: 'NoticeAcknowledged', args: { object } },
  ]);
  expect(await events(lender, 'release', reason)).toEqual([{ name: 'EncumbranceReleased', args: { object, reason } }]);
  await desk.reserve(object);
  expect(await events(desk.lenderOf(object), 'drop')).toEqual([{ name: 'EncumbranceDropped', args: { object } }]);
  await desk.reserve(object);
  await desk.trade.pass(3 * 86_400);
  expect(await events(desk.stranger(), 'lapse')).toEqual([{ name: 'EncumbranceLapsed', args: { object } }]);
});

it('a reservation is disbursed until the very second that it names', async () => {
  const object = await desk.confirmed();
  const disburseBy = (await desk.trade.now()) + 3600;
  await desk.reserve(object, {}, { disburseBy });
  const { provider } = desk.trade.consortium.chain;
  await provider.request({ method: 'evm_setNextBlockTimestamp', params: [disburseBy] });
  await desk.disburse(object);
});

it('notice of a claim on an order redirects nothing', async () => {
  const order = await MAKE.ASSIGNED('order');
  expect(await desk.receivables.refusal(desk.lenderOf(order), 'notify', order, random32())).toEqual({
    name: 'EncumbranceOnOrder',
    args: { order },
  });
});

it('a released claim leaves no notice to the next lender', async () => {
  const object = await MAKE.NOTIFIED();
  await desk.receivables.send(desk.lenderOf(object), 'release', object, random32());
  await desk.reserve(object);
  await desk.disburse(object);
  expect((await desk.encumbrance(object)).noticeGiven).toBe(false);
  const lender = desk.lenderOf(object).address;
  expect((await desk.receivables.refusal(desk.buyer.operator, 'acknowledgeNotice', object, lender)).name).toBe(
    'NoticeMissing',
  );
});

it('a notice is acknowledged as whose it was when it was read, not as that of who came in between', async () => {
  const object = await MAKE.NOTICED();
  const read = desk.lenderOf(object);
  await desk.receivables.send(read, 'release', object, random32());
  await desk.reserve(object);
  await desk.disburse(object);
  const lender = desk.lenderOf(object);
  await desk.receivables.send(lender, 'notify', object, random32());
  const args = [object, read.address] as const;
  expect(await desk.receivables.refusal(desk.buyer.operator, 'acknowledgeNotice', ...args)).toEqual({
    name: 'NoticeOfAnotherLender',
    args: { object, given: read.address, lender: lender.address },
  });
  await desk.acknowledgeNotice(object);
});
