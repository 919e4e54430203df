import { ZeroHash, id } from 'ethers';
import { random32 } from '../support/votes.js';
import { Desk, RECEIVABLE, type SignedConsent, hash } from './desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
beforeEach(() => desk.reset());

/** How a receivable of each state comes about. */
const MAKE = {
  NONE: async () => random32(),
  ISSUED: () => desk.issued(),
  CONFIRMED: () => desk.confirmed(),
  SETTLED: async () => {
    const receivable = await desk.confirmed();
    const index = await desk.claim(receivable);
    await desk.receivables.send(desk.holderOf(receivable), 'acknowledgePayment', receivable, index, true, []);
    return receivable;
  },
  SPLIT: async () => {
    const receivable = await desk.confirmed();
    await desk.split(receivable);
    return receivable;
  },
  WRITTEN_OFF: async () => {
    const receivable = await desk.confirmed();
    await desk.reserve(receivable);
    await desk.disburse(receivable);
    await desk.receivables.send(desk.lenderOf(receivable), 'writeOff', receivable, random32(), []);
    return receivable;
  },
  VOID: async () => {
    const receivable = await desk.confirmed();
    await desk.receivables.send(desk.buyer.operator, 'voidReceivable', ...(await voiding(receivable)));
    return receivable;
  },
};
type State = keyof typeof MAKE;

const UNSIGNED: SignedConsent = {
  signer: '0x00000000000000000000000000000000000000aa',
  nonce: ZeroHash,
  deadline: 2 ** 40,
  coverVersion: 0,
  signature: '0x',
};
const voiding = async (receivable: string) => {
  const holder = desk.holderOf(receivable);
  const details = hash(['bytes32', 'bytes32'], [receivable, ZeroHash]);
  const consent = holder ? await desk.consent(holder, receivable, 'VOID', details) : UNSIGNED;
  return [receivable, ZeroHash, consent, []] as const;
};

interface Act {
  readonly send: (receivable: string) => Promise<unknown>;
  readonly refusal: (receivable: string) => Promise<{ name: string }>;
  readonly outcome: Partial<Record<State, true | string>> & { else: string };
}
const by = (
  from: (receivable: string) => Parameters<Desk['receivables']['send']>[0],
  fn: string,
  args: (receivable: string) => readonly unknown[] | Promise<readonly unknown[]>,
  outcome: Act['outcome'],
): Act => ({
  send: async (receivable) => desk.receivables.send(from(receivable), fn, ...(await args(receivable))),
  refusal: async (receivable) => desk.receivables.refusal(from(receivable), fn, ...(await args(receivable))),
  outcome,
});
const obligor = () => desk.buyer.operator;
const supplier = () => desk.supplier.operator;
const holder = (receivable: string) => desk.holderOf(receivable) ?? desk.stranger();
const confirmedOnly = { CONFIRMED: true, else: 'ReceivableNotConfirmed' } as const;

const ACTS: Record<string, Act> = {
  confirm: by(obligor, 'confirm', (r) => [r, random32(), 0, 1, 1, [random32()]], {
    ISSUED: true,
    else: 'ReceivableInvalidTransition',
  }),
  voidReceivable: by(obligor, 'voidReceivable', voiding, {
    ISSUED: true,
    CONFIRMED: true,
    else: 'ReceivableInvalidTransition',
  }),
  claimPayment: by(obligor, 'claimPayment', (r) => [r, random32()], confirmedOnly),
  acknowledgePayment: by(holder, 'acknowledgePayment', (r) => [r, 0, false, []], {
    CONFIRMED: 'PaymentNotClaimed',
    else: 'ReceivableNotConfirmed',
  }),
  withdrawPayment: by(obligor, 'withdrawPayment', (r) => [r, 0], {
    CONFIRMED: 'PaymentNotClaimed',
    else: 'ReceivableNotConfirmed',
  }),
  issueCreditNote: by(supplier, 'issueCreditNote', (r) => [r, random32()], confirmedOnly),
  openDispute: by(obligor, 'openDispute', (r) => [r, random32()], confirmedOnly),
  resolveDispute: by(obligor, 'resolveDispute', (r) => [r, 0, random32()], { else: 'DisputeNotOpen' }),
  acknowledgeNotice: by(obligor, 'acknowledgeNotice', (r) => [r, UNSIGNED.signer], {
    CONFIRMED: 'EncumbranceInvalidTransition',
    else: 'ReceivableNotConfirmed',
  }),
  split: by(
    () => desk.stranger(),
    'split',
    async (r) => [r, ...(await desk.splitting(desk.holderOf(r) ? r : await desk.confirmed())).slice(1)],
    confirmedOnly,
  ),
  markOverdue: by(holder, 'markOverdue', (r) => [r, random32()], confirmedOnly),
  writeOff: by(holder, 'writeOff', (r) => [r, random32(), []], {
    CONFIRMED: 'EncumbranceUnauthorized',
    else: 'ReceivableNotConfirmed',
  }),
  reserve: by(
    () => desk.stranger(),
    'reserve',
    async (r) => {
      const template = await desk.agree(desk.holderOf(r) ? r : await desk.confirmed());
      return [{ ...template[0], object: r }, ...template.slice(1)];
    },
    { NONE: 'EncumbranceUnknownObject', ...confirmedOnly },
  ),
};

const CASES = Object.entries(ACTS).flatMap(([name, act]) =>
  (Object.keys(MAKE) as State[]).map((state) => {
    const outcome = act.outcome[state] ?? (state === 'NONE' ? 'ReceivableUnknown' : act.outcome.else);
    return [name, state, outcome === true ? 'is done' : outcome, act] as const;
  }),
);

it.each(CASES)('%s a receivable that is %s: %s', async (_, state, outcome, act) => {
  const receivable = await MAKE[state]();
  const before = await desk.receivable(receivable);
  expect(before.status).toBe(RECEIVABLE[state]);
  if (outcome === 'is done') return void (await act.send(receivable));
  expect((await act.refusal(receivable)).name).toBe(outcome);
  expect(await desk.receivable(receivable)).toEqual(before);
});

it('names the states from and to', async () => {
  const receivable = await MAKE.SETTLED();
  const args = [receivable, id('confirmation'), 0, 1, 1, [random32()]];
  expect(await desk.receivables.refusal(desk.buyer.operator, 'confirm', ...args)).toEqual({
    name: 'ReceivableInvalidTransition',
    args: { receivable, from: RECEIVABLE.SETTLED, to: RECEIVABLE.CONFIRMED },
  });
});

it('a settled receivable is disbursed on by nobody: the lender that let it settle drops its reservation', async () => {
  const receivable = await desk.confirmed();
  await desk.reserve(receivable);
  const index = await desk.claim(receivable);
  const details = hash(['bytes32', 'uint32'], [receivable, index]);
  const lender = desk.lenderOf(receivable);
  const consent = await desk.consent(lender, receivable, 'SETTLE', details);
  const args = [receivable, index, true, [{ object: receivable, consent }]];
  await desk.receivables.send(desk.holderOf(receivable), 'acknowledgePayment', ...args);
  expect((await desk.receivables.refusal(lender, 'disburse', receivable, random32())).name).toBe(
    'ReceivableNotConfirmed',
  );
  await desk.receivables.send(lender, 'drop', receivable);
});
