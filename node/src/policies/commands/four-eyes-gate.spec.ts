import type { GatedCommand } from '../../http/index.js';
import type { Hex } from '../../kernel/hex.js';
import type { Money } from '../../kernel/money.js';
import type { Problem } from '../../kernel/problem.js';
import { orderXml } from '../../orders/testing/documents.js';
import type { Worth } from '../queries/worths.js';
import type { Matter } from '../domain/matter.js';
import type { NewApproval } from '../storage/approval.store.js';
import { FourEyesGate } from './four-eyes-gate.js';

const OBJECT = `0x${'ab'.repeat(32)}`;
const EUR = (amount: string): Money => ({ amount, currency: 'EUR' });

interface Rule {
  readonly above: string;
  /** By default every command. */
  readonly commands?: readonly string[];
  /** Of the object with the id {@link OBJECT}. */
  readonly worths?: readonly Worth[];
  /** What lies before this member on it. */
  readonly about?: () => readonly Matter[];
  readonly approvals?: object;
  /** Takes what is looked at again before the commit. */
  readonly beforeCommit?: (check: () => Promise<void>) => void;
}

/** A gate with a clause on commands above that amount of euros. */
function gateWith({ above, commands = ['*'], worths = [], ...more }: Rule): FourEyesGate {
  const none = { use: () => false, settledCount: () => 0, givenToOther: () => undefined };
  const clause = { id: 'big', kind: 'FOUR_EYES', commands, above: EUR(above) };
  const packs = [{ scope: 'MEMBER', version: 1, clauses: [clause] }];
  return new FourEyesGate(
    { packs: () => Promise.resolve(packs) } as never,
    { of: (id: string) => Promise.resolve(id === OBJECT ? worths : []) } as never,
    { of: (id: string) => Promise.resolve(id === OBJECT ? (more.about?.() ?? []) : []) } as never,
    (more.approvals ?? none) as never,
    { add: () => Promise.resolve() } as never,
    { beforeCommit: more.beforeCommit } as never,
  );
}

const principal = { credential: 'key:1', name: 'desk', roles: ['ORDER_DESK'] };
const command = (action: string, mediaType: string, body: string, object?: string): GatedCommand =>
  ({
    ...{ action, url: action, principal, object, mediaType, body: Buffer.from(body) },
    json: mediaType.startsWith('application/json') && body ? (JSON.parse(body) as unknown) : undefined,
  }) as never;
/** A command, on the object where it is on one, with a body that nobody has checked. */
const on = (action: string, body?: object, object = action.includes('/:id') ? OBJECT : undefined) =>
  command(action, 'application/json', body ? JSON.stringify(body) : '', object);

async function isHeld(gate: FourEyesGate, wanted: GatedCommand): Promise<boolean> {
  try {
    await gate.admit(wanted);
    return false;
  } catch (error) {
    expect(error).toMatchObject({ code: 'APPROVAL_REQUIRED' });
    return true;
  }
}

const xml = orderXml('PO-FOUR-EYES');
const base64 = Buffer.from(xml).toString('base64');
const line = { id: '1', item: 'RING', unit: 'C62', quantity: 1 };
const lines = (...amounts: unknown[]) => amounts.map((amount, n) => ({ ...line, id: String(n + 1), amount }));
/** A plain JSON order of two lines that each are less than it is. */
const order = (more: object = {}) => ({
  ...{ number: 'PO-1', issueDate: '2026-11-01', currency: 'EUR' },
  ...{ buyer: { name: 'Kestrel' }, seller: { name: 'Halden' }, lines: lines('2500.00', '2500.00') },
  ...more,
});
const BULK = 'POST /v1/orders/bulk';
const [POST, CHANGE] = ['POST /v1/orders', 'POST /v1/orders/:id/changes'];

it.each([
  ['as XML', command(POST, 'application/xml', xml)],
  ['as base64 within a line', command(BULK, 'application/x-ndjson', `{"supplier":"supplier-1","xml":"${base64}"}\n`)],
  ['as a total that follows from its lines', on(POST, { document: order() })],
  ['as JSON of its own kind', command(POST, 'application/ld+json', JSON.stringify({ kind: 'ORDER', ...order() }))],
  ['in a spelling that documents may have', on(POST, { document: order({ amount: ' +05000.0 ' }) })],
  ['as a number with an exponent', on(POST, { document: order({ amount: 5e3 }) })],
  ['beside a smaller one', on(POST, { document: order(), amount: '0' })],
  ['within an array', on(BULK, [{ supplier: 'supplier-1', document: order() }])],
  ['in bulk under another media type', command(BULK, 'application/xml', JSON.stringify([{ document: order() }]))],
  ['as a change', on(CHANGE, { document: order({ amount: '5000.00' }) })],
])('a document is worth its amount, however it comes: %s', async (_, wanted) => {
  expect(await isHeld(gateWith({ above: '4999.99', worths: [EUR('1')] }), wanted)).toBe(true);
  expect(await isHeld(gateWith({ above: '5000.00', worths: [EUR('1')] }), wanted)).toBe(false);
});

it.each([
  ['a change that states no total', CHANGE, { document: order({ lines: lines('1.00') }) }],
  ['a document without an amount', POST, { document: order({ lines: [line] }), amount: '0' }],
  ['what is no document', POST, { document: 'none', amount: '0' }],
  ['commitments', 'POST /v1/orders/batches', [{ commitment: OBJECT, amount: '0' }]],
  ['answers to a batch', 'POST /v1/orders/batches/:root/answer', { accept: 'ALL', amount: '0' }],
])('what cannot be told is held back by a clause that names the command: %s', async (_, action, body) => {
  const rule = { above: '999999999', worths: [EUR('1')] };
  expect(await isHeld(gateWith({ ...rule, commands: [action] }), on(action, body))).toBe(true);
  expect(await isHeld(gateWith(rule), on(action, body))).toBe(false);
});

it('a change is about what the order was worth, with its lines where it states no total', async () => {
  const rule = { worths: [EUR('90')], commands: ['*'] };
  const added = on(CHANGE, { document: order({ lines: lines('20.00') }) });
  expect(await isHeld(gateWith({ ...rule, above: '109.99' }), added)).toBe(true);
  expect(await isHeld(gateWith({ ...rule, above: '110.00' }), added)).toBe(false);
  const lowered = on(CHANGE, { document: order({ amount: '1.00' }) });
  expect(await isHeld(gateWith({ ...rule, above: '89.99' }), lowered)).toBe(true);
});

describe.each([
  'POST /v1/financings/:id/agreement',
  'POST /v1/financings/:id/disbursement',
  'POST /v1/financings/:id/repurchase',
  'POST /v1/orders/:id/acceptance',
  'POST /v1/orders/:id/cancellation',
  'POST /v1/receivables/:id/confirmation',
  'POST /v1/receivables/:id/payments/:n/acknowledgement',
  'POST /v1/receivables/:id/payments/:n/withdrawal',
  'POST /v1/receivables/:id/splits',
])('what %s is about is worth its amount', (action) => {
  const bodies = [
    undefined,
    {},
    { amount: '0' },
    { amount: { amount: '1.00', currency: 'EUR' } },
    { document: { amount: '1', currency: 'EUR' } },
    { parts: [{ amount: '50.00' }, { amount: '50.01' }] },
  ];

  it.each(bodies)('whatever its body says: %j', async (body) => {
    for (const commands of [['*'], [action]]) {
      const held = (above: string, worths: Worth[]) => isHeld(gateWith({ above, commands, worths }), on(action, body));
      expect(await held('100.00', [EUR('100.01')])).toBe(true);
      expect(await held('100.00', [EUR('100.00')])).toBe(false);
    }
  });

  it('and is held back by name where that is not known here', async () => {
    for (const worths of [[], [undefined]]) {
      const held = (object: string) =>
        isHeld(gateWith({ above: '9', commands: [action], worths }), on(action, { amount: '0' }, object));
      expect(await held(OBJECT)).toBe(true);
      expect(await held(`0x${'cd'.repeat(32)}`)).toBe(true);
    }
  });

  it('and what it would be by a change that waits', async () => {
    const waits = (change: Worth) =>
      isHeld(gateWith({ above: '100.00', commands: [action], worths: [EUR('1.00'), change] }), on(action));
    expect(await waits(EUR('100.01'))).toBe(true);
    expect(await waits(EUR('100.00'))).toBe(false);
    expect(await waits(undefined)).toBe(true);
  });

  it('by an id in capitals too', async () => {
    const shouted = on(action, undefined, OBJECT.toUpperCase().replace('0X', '0x'));
    expect(await isHeld(gateWith({ above: '1', worths: [EUR('2')] }), shouted)).toBe(true);
  });
});

it.each([
  ['POST /v1/financings/:id/offer', { advance: { amount: '10.00', currency: 'EUR' } }],
  ['POST /v1/financings/:id/repayments', { amount: '10.00' }],
  ['POST /v1/receivables/:id/payments', { amount: ' 010.0' }],
])('what %s moves is the amount that it names, be its object worth what it may', async (action, body) => {
  const held = (above: string, wanted: object) =>
    isHeld(gateWith({ above, commands: [action], worths: [EUR('5000000.00')] }), on(action, wanted));
  expect(await held('10.00', body)).toBe(false);
  expect(await held('9.99', body)).toBe(true);
  expect(await held('9999999', { amount: 'much' })).toBe(true);
});

it('an amount that who asks knows adds to what the object is worth, as one in a body does', async () => {
  const known = { ...on('POST /v1/receivables/:id/payments/:n/acknowledgement'), amounts: [EUR('10.00')] };
  expect(await isHeld(gateWith({ above: '10.00', worths: [EUR('9')] }), known)).toBe(false);
  expect(await isHeld(gateWith({ above: '9.99', worths: [EUR('9')] }), known)).toBe(true);
  expect(await isHeld(gateWith({ above: '98.99', worths: [EUR('99')] }), known)).toBe(true);
});

describe('what a command takes up without naming it', () => {
  const ACTION = 'POST /v1/orders/:id/changes/:version/acceptance';
  const change = (digit: string): Matter => ({ what: 'CHANGE', root: `0x${digit.repeat(64)}` as Hex });
  let about: readonly Matter[];
  let checks: (() => Promise<void>)[];
  let kept: (NewApproval & { status: string })[];
  let gate: FourEyesGate;
  const of = (status: string, wanted: (approval: NewApproval) => boolean) =>
    kept.find((each) => each.status === status && wanted(each));

  beforeEach(() => {
    about = [change('2')];
    checks = [];
    kept = [];
    const approvals = {
      use: (digest: Buffer) => {
        const approved = of('APPROVED', (each) => each.digest.equals(digest));
        if (approved) approved.status = 'USED';
        return approved !== undefined;
      },
      settledCount: () => 0,
      givenToOther: (command: Buffer, digest: Buffer) =>
        of('APPROVED', (each) => each.command.equals(command) && !each.digest.equals(digest))?.id,
      add: (approval: NewApproval) => kept.push({ ...approval, status: 'PENDING' }),
    };
    const beforeCommit = (check: () => Promise<void>) => void checks.push(check);
    gate = gateWith({ above: '0.00', commands: [ACTION], about: () => about, approvals, beforeCommit });
  });

  /** Undefined when it passes; else it is kept for who approves, as after each refusal. */
  async function send(): Promise<Problem | undefined> {
    try {
      await gate.admit(on(ACTION));
      return undefined;
    } catch (error) {
      await gate.refused(on(ACTION), error as Problem);
      return error as Problem;
    }
  }

  it('is part of what is approved, and shown to who approves', async () => {
    expect(await send()).toMatchObject({ code: 'APPROVAL_REQUIRED' });
    expect(kept).toMatchObject([{ about: [change('2')] }]);
    kept[0]!.status = 'APPROVED';
    expect(await send()).toBeUndefined();
    for (const check of checks) await check();
    expect(checks).toHaveLength(1);
  });

  it('is approved anew once it is something else, and the approval stays unused', async () => {
    await send();
    kept[0]!.status = 'APPROVED';
    about = [change('3')];
    const stale = await send();
    expect(stale).toMatchObject({ code: 'APPROVAL_STALE', facts: { approved: kept[0]!.id, approval: kept[1]!.id } });
    expect(kept).toMatchObject([{ status: 'APPROVED' }, { status: 'PENDING', about: [change('3')] }]);
    about = [change('2')];
    expect(await send()).toBeUndefined();
  });

  it('is kept under an id of what it is about by then', async () => {
    const refusal = (await gate.admit(on(ACTION)).catch((error: unknown) => error)) as Problem;
    about = [change('3')];
    await gate.refused(on(ACTION), refusal);
    about = [change('2')];
    expect((await send())!.facts).toMatchObject({ approval: kept[1]!.id });
    expect(kept[1]!.id).not.toBe(kept[0]!.id);
  });

  it('passes no more once it has changed between the gate and the commit', async () => {
    await send();
    kept[0]!.status = 'APPROVED';
    expect(await send()).toBeUndefined();
    about = [change('3')];
    await expect(checks[0]!()).rejects.toMatchObject({ code: 'APPROVAL_STALE', passing: true });
  });
});
