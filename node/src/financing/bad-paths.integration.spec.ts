import { randomUUID } from 'node:crypto';
import { type Answer, eventually, type Json } from '../../../scripts/demo/client.js';
import { refusalOf, startNodes, type TestNodes } from '../../../test/support/nodes.js';
import { UnitOfWork } from '../database/index.js';
import { changesOfFinancedOrders } from './testing/consented-changes.js';
import { arrives, made, Story, type Trade } from './testing/story.js';

const PAST = '2026-11-01';

let nodes: TestNodes;
let story: Story;

beforeAll(async () => {
  nodes = await startNodes(['core', 'supplier-1', 'bank-a', 'bank-b']);
  story = new Story(nodes);
}, 120_000);

afterAll(() => nodes?.stop());

const post = (member: string, path: string, body?: Json) => nodes.of(member).client.post(path, body);
const get = (member: string, path: string) => nodes.of(member).client.get(path);
const shows = (member: string, path: string, wanted: (body: Json) => boolean) =>
  arrives(() => get(member, path), wanted);
const amounts = (applied: unknown) =>
  Object.values(applied as Record<string, Json>).reduce((sum, { amount }) => sum + Math.round(Number(amount) * 100), 0);

/** A financing of a confirmed receivable that is due already, disbursed; the holder has been told. */
async function lent(trade: Trade, terms: Json = {}): Promise<{ receivable: string; financing: string }> {
  const receivable = await story.confirmed(trade, { amount: '96.75', dueDate: PAST });
  const financing = await story.requested('bank-a', { receivable });
  await story.offered('bank-a', financing, { recourse: true, repayBy: '2026-12-31', ...terms });
  await story.disbursed('bank-a', financing);
  return { receivable, financing };
}

async function notified(receivable: string, financing: string): Promise<void> {
  made(await post('bank-a', `/v1/financings/${financing}/notice`));
  await shows('core', `/v1/receivables/${receivable}`, ({ notice }) => notice !== undefined);
  made(await post('core', `/v1/receivables/${receivable}/notice/acknowledgement`));
  await shows('bank-a', `/v1/financings/${financing}`, (body) => (body['encumbrance'] as Json)['state'] === 'NOTIFIED');
}

/** What each of these commands is refused with, in order. */
async function refusals(...commands: readonly (readonly [string, string, Json?])[]): Promise<[number, unknown][]> {
  const answers: Answer[] = [];
  for (const [member, path, body] of commands) answers.push(await post(member, path, body));
  return answers.map(refusalOf);
}

describe('a claim that is not paid', () => {
  it('is overdue when the payee says so, called back, and bought back for what is owed', async () => {
    const { receivable, financing } = await lent({ number: 'PO-RECOURSE' });
    const [claim, advance] = [`/v1/receivables/${receivable}`, `/v1/financings/${financing}`];
    expect(
      await refusals(
        ['core', `${claim}/overdue`],
        ['bank-a', `${claim}/overdue`],
        ['supplier-1', `${claim}/default`],
        ['bank-a', `${advance}/recourse`],
        ['bank-a', `${advance}/write-off`, { reason: 'early' }],
        ['supplier-1', `${advance}/recourse`],
      ),
    ).toEqual([
      [403, 'PAYMENT_NOT_PAYEE'],
      [403, 'PAYMENT_NOT_PAYEE'],
      [409, 'RECEIVABLE_NOT_OVERDUE'],
      [409, 'FINANCING_INVALID_TRANSITION'],
      [409, 'FINANCING_INVALID_TRANSITION'],
      [403, 'FINANCING_UNAUTHORIZED'],
    ]);

    const overdue = made(await post('supplier-1', `${claim}/overdue`, { reason: 'no money came' }));
    expect(overdue).toMatchObject({ status: 'CONFIRMED', lateness: [{ kind: 'OVERDUE', reason: 'no money came' }] });
    expect(overdue['marks']).toContain('OVERDUE');
    const told = await shows('core', claim, ({ lateness }) => (lateness as Json[])[0]?.['reason'] !== undefined);
    expect(told['lateness']).toMatchObject([{ kind: 'OVERDUE', reason: 'no money came' }]);
    expect(refusalOf(await post('supplier-1', `${claim}/overdue`))).toEqual([409, 'RECEIVABLE_ALREADY_MARKED']);
    await shows('bank-a', advance, ({ status }) => status === 'OVERDUE');
    const verdict = (await get('bank-a', `${claim}/verification`)).body;
    expect(verdict['valid']).toBe(false);
    expect(JSON.stringify(verdict['fragments'])).toContain('RECEIVABLE_OVERDUE');

    made(await post('bank-a', `${advance}/recourse`, { reason: 'pay us back' }));
    expect(refusalOf(await post('bank-a', `${advance}/recourse`))).toEqual([409, 'FINANCING_INVALID_TRANSITION']);
    const called = await shows('supplier-1', advance, ({ recourseCalled }) => {
      return (recourseCalled as Json | null)?.['reason'] === 'pay us back';
    });
    expect(called['status']).toBe('RECOURSE_CALLED');
    expect(await refusals(['supplier-1', `${advance}/repurchase`, { reference: 'BUY-1' }])).toEqual([
      [403, 'FINANCING_UNAUTHORIZED'],
    ]);

    made(await post('bank-a', `${advance}/repayments`, { amount: '10.00', reference: 'PART' }));
    const [owed] = [(await get('bank-a', advance)).body['owed'] as Json];
    const bought = made(await post('bank-a', `${advance}/repurchase`, { reference: 'BUY-1' }));
    expect(bought).toMatchObject({
      status: 'REPURCHASED',
      encumbrance: { state: 'NONE' },
      owed: { amount: '0.00' },
      repurchased: { amount: owed, reference: 'BUY-1' },
    });
    expect(amounts(bought['applied'])).toBe(1000 + Math.round(Number(owed!['amount']) * 100));
    const seen = await shows('supplier-1', advance, ({ repurchased }) => {
      return (repurchased as Json | null)?.['reference'] === 'BUY-1';
    });
    expect(seen).toMatchObject({ status: 'REPURCHASED', applied: bought['applied'], owed: { amount: '0.00' } });
    expect(
      await refusals(
        ['bank-a', `${advance}/repurchase`, { reference: 'BUY-2' }],
        ['bank-a', `${advance}/repayments`, { amount: '1.00', reference: 'LATE' }],
        ['bank-a', `${advance}/release`],
      ),
    ).toEqual(new Array(3).fill([409, 'FINANCING_INVALID_TRANSITION']));

    // The claim lives on with its holder: it is paid to it, and can be financed again.
    const lives = (await get('supplier-1', claim)).body;
    expect(lives).toMatchObject({ status: 'CONFIRMED', marks: ['OVERDUE', 'REPURCHASED'] });
    made(await post('core', `${claim}/payments`, { amount: '96.75', reference: 'SEPA-LATE' }));
    await shows('supplier-1', `${claim}/payments`, ({ items }) => (items as Json[])[0]?.['amount'] !== undefined);
    expect(
      made(await post('supplier-1', `${claim}/payments/${await lastPayment(claim)}/acknowledgement`)),
    ).toMatchObject({
      settles: true,
    });
  }, 120_000);

  it('is written off by the lender that it is assigned to, once it is overdue and in default', async () => {
    const { receivable, financing } = await lent({ number: 'PO-LOST' }, { recourse: false });
    const [claim, advance] = [`/v1/receivables/${receivable}`, `/v1/financings/${financing}`];
    await notified(receivable, financing);
    expect(refusalOf(await post('supplier-1', `${claim}/overdue`))).toEqual([403, 'PAYMENT_NOT_PAYEE']);
    made(await post('bank-a', `${claim}/overdue`, { reason: 'nothing came' }));
    expect(made(await post('bank-a', `${claim}/default`, { reason: 'insolvent' }))['marks']).toEqual([
      'OVERDUE',
      'DEFAULTED',
    ]);
    const told = await shows('supplier-1', claim, ({ lateness }) => (lateness as Json[])[1]?.['reason'] !== undefined);
    expect(told['lateness']).toMatchObject([{ kind: 'OVERDUE' }, { kind: 'DEFAULT', reason: 'insolvent' }]);
    expect(
      await refusals(['bank-a', `${advance}/recourse`], ['supplier-1', `${advance}/write-off`, { reason: 'x' }]),
    ).toEqual([
      [409, 'RECOURSE_NOT_AGREED'],
      [403, 'FINANCING_UNAUTHORIZED'],
    ]);
    const lost = made(await post('bank-a', `${advance}/write-off`, { reason: 'insolvent' }));
    expect(lost).toMatchObject({
      status: 'WRITTEN_OFF',
      encumbrance: { state: 'NONE' },
      writtenOff: { reason: 'insolvent' },
    });
    await shows('supplier-1', advance, ({ writtenOff }) => (writtenOff as Json | null)?.['reason'] === 'insolvent');
    expect((await get('core', claim)).body).toMatchObject({ status: 'WRITTEN_OFF' });
    expect(
      await refusals(
        ['core', `${claim}/payments`, { amount: '1.00', reference: 'x' }],
        ['core', `${claim}/disputes`, { reason: 'x' }],
        ['bank-a', `${claim}/default`],
        ['core', `${claim}/voiding`],
      ),
    ).toEqual([
      [409, 'RECEIVABLE_NOT_CONFIRMED'],
      [409, 'RECEIVABLE_NOT_CONFIRMED'],
      [409, 'RECEIVABLE_NOT_CONFIRMED'],
      [409, 'RECEIVABLE_INVALID_TRANSITION'],
    ]);
  }, 120_000);

  it('is not overdue before its due date and the days of grace', async () => {
    const receivable = await story.confirmed({ number: 'PO-NOT-DUE' }, { amount: '96.75', dueDate: '2999-12-31' });
    const early = await post('supplier-1', `/v1/receivables/${receivable}/overdue`);
    expect(early).toMatchObject({
      status: 409,
      body: { code: 'RECEIVABLE_NOT_DUE', facts: { dueDate: '2999-12-31', graceDays: 3 } },
    });
    expect((await get('supplier-1', `/v1/receivables/${receivable}`)).body['marks']).toEqual([]);
  }, 60_000);

  it('that is only pledged is not the lender’s to write off', async () => {
    const { receivable, financing } = await lent({ number: 'PO-PLEDGED' }, { kind: 'PLEDGE' });
    made(await post('supplier-1', `/v1/receivables/${receivable}/overdue`));
    await shows('bank-a', `/v1/financings/${financing}`, ({ status }) => status === 'OVERDUE');
    const writeOff = () => post('bank-a', `/v1/financings/${financing}/write-off`, { reason: 'lost' });
    expect(refusalOf(await writeOff())).toEqual([409, 'ENCUMBRANCE_INVALID_TRANSITION']);
    await notified(receivable, financing);
    expect(refusalOf(await writeOff())).toEqual([409, 'ENCUMBRANCE_INVALID_TRANSITION']);
  }, 60_000);
});

describe('at once', () => {
  it('a claim is bought back once, and not written off besides; the price counts once', async () => {
    const { receivable, financing } = await lent({ number: 'PO-TWICE' });
    made(await post('supplier-1', `/v1/receivables/${receivable}/overdue`));
    const advance = `/v1/financings/${financing}`;
    await shows('bank-a', advance, ({ status }) => status === 'OVERDUE');
    const buy = () => post('bank-a', `${advance}/repurchase`, { reference: 'BUY' });
    const answers = await Promise.all([buy(), buy(), post('bank-a', `${advance}/write-off`, { reason: 'lost' })]);
    // Whoever comes after the claim's end is no longer its lender.
    const refused = answers.filter(({ status }) => status !== 201);
    expect(refused).toHaveLength(2);
    const reasons = [
      '403 ENCUMBRANCE_UNAUTHORIZED',
      '409 ENCUMBRANCE_INVALID_TRANSITION',
      '409 FINANCING_INVALID_TRANSITION',
      '409 RECEIVABLE_NOT_CONFIRMED',
    ];
    for (const each of refused) expect(reasons).toContain(refusalOf(each).join(' '));
    const after = (await get('bank-a', advance)).body;
    expect(['REPURCHASED', 'WRITTEN_OFF']).toContain(after['status']);
    const { principal, discount, fees } = after['due'] as Record<string, Json>;
    const due = amounts({ principal, discount, fees });
    expect(amounts(after['applied'])).toBe(after['status'] === 'REPURCHASED' ? due : 0);
  }, 60_000);

  it('obligor, holder and lender speak of one claim, and each is heard or refused by the chain’s order', async () => {
    const { receivable, financing } = await lent({ number: 'PO-CHORUS' });
    const [claim, advance] = [`/v1/receivables/${receivable}`, `/v1/financings/${financing}`];
    const answers = await Promise.all([
      post('supplier-1', `${claim}/overdue`),
      post('supplier-1', `${claim}/overdue`),
      post('core', `${claim}/disputes`, { amount: '5.00', reason: 'bent' }),
      post('bank-a', `${advance}/release`),
      post('supplier-1', `${advance}/contest`, { reason: 'nothing came' }),
    ]);
    const [first, second, dispute, release, contest] = answers.map(({ status }) => status);
    expect([first, second].sort()).toEqual([201, 409]);
    expect([dispute, release]).toEqual([201, 201]);
    expect([201, 409]).toContain(contest);
    await shows('core', claim, (body) => (body['encumbrance'] as Json)['state'] === 'NONE');
    await shows('supplier-1', advance, ({ status }) => status === 'CLOSED');
  }, 60_000);
});

describe('money that goes astray', () => {
  it('is paid to the holder after notice: the claim stays open, and its lender is told', async () => {
    const { receivable, financing } = await lent({ number: 'PO-ASTRAY' });
    const claim = `/v1/receivables/${receivable}`;
    await notified(receivable, financing);
    const paid = (more: Json) => post('core', `${claim}/payments`, { reference: 'SEPA', ...more });
    const astray = made(await paid({ amount: '96.75', paidTo: 'supplier-1' }));
    expect(astray).toMatchObject({ status: 'CLAIMED', misdirected: true, paidTo: 'supplier-1' });
    const seen = await shows(
      'bank-a',
      `${claim}/payments`,
      ({ items }) => (items as Json[])[0]?.['paidTo'] !== undefined,
    );
    expect(seen['items']).toMatchObject([{ misdirected: true }]);
    const told = await nodes
      .of('bank-a')
      .app.get(UnitOfWork)
      .manager.query<{ data: Json }[]>(`SELECT data FROM event_news WHERE type = 'receivable.payment.misdirected'`);
    expect(told).toEqual([{ data: { payment: astray['id'] } }]);
    const counted = await post('supplier-1', `${claim}/payments/${String(astray['n'])}/acknowledgement`);
    expect(refusalOf(counted)).toEqual([403, 'PAYMENT_NOT_PAYEE']);
    expect((await get('core', claim)).body).toMatchObject({ status: 'CONFIRMED', outstanding: { amount: '96.75' } });

    // In part, then more than is owed: what is over stays with the lender as the holder's reserve, and unapplied.
    expect(made(await paid({ amount: '40.00' }))).toMatchObject({ misdirected: false, paidTo: 'bank-a' });
    const over = made(await paid({ amount: '60.00' }));
    await shows('bank-a', `${claim}/payments`, ({ items }) => (items as Json[])[2]?.['paidTo'] !== undefined);
    const acknowledge = (n: unknown) => post('bank-a', `${claim}/payments/${String(n)}/acknowledgement`);
    expect(made(await acknowledge(Number(over['n']) - 1))).toMatchObject({ settles: false });
    expect(made(await acknowledge(over['n']))).toMatchObject({ settles: true });
    const advance = `/v1/financings/${financing}`;
    made(await post('bank-a', `${advance}/repayments`, { amount: '40.00', reference: 'IN-1' }));
    const full = made(await post('bank-a', `${advance}/repayments`, { amount: '60.00', reference: 'IN-2' }));
    expect(full).toMatchObject({ status: 'REPAID', applied: { unapplied: { amount: '3.25' } } });
    expect(amounts(full['applied'])).toBe(10_000);
    const { reserve, unapplied } = full['applied'] as Record<string, Json>;
    const released = made(await post('bank-a', `${advance}/release`, { reserve: { reference: 'OUT-2' } }));
    const rest = ((Number(reserve!['amount']) + Number(unapplied!['amount'])) * 100).toFixed(0);
    expect(released).toMatchObject({ status: 'CLOSED', reservePaid: { reference: 'OUT-2' } });
    expect(Number(((released['reservePaid'] as Json)['amount'] as Json)['amount']) * 100).toBeCloseTo(Number(rest), 6);
    await shows('supplier-1', advance, ({ reservePaid }) => (reservePaid as Json | null)?.['reference'] === 'OUT-2');
  }, 120_000);

  it('has amounts at the edges refused on each command, by what is wrong with them', async () => {
    const { receivable, financing } = await lent({ number: 'PO-EDGES' });
    const edges: [string, string][] = [
      ['0', 'AMOUNT_INVALID'],
      ['0.001', 'AMOUNT_INVALID'],
      ['-1', 'AMOUNT_INVALID'],
      ['1e2', 'AMOUNT_INVALID'],
      ['', 'AMOUNT_INVALID'],
    ];
    const commands: [string, string, Json][] = [
      ['core', `/v1/receivables/${receivable}/payments`, { reference: 'R' }],
      ['core', `/v1/receivables/${receivable}/disputes`, { reason: 'R' }],
      ['bank-a', `/v1/financings/${financing}/repayments`, { reference: 'R' }],
      ['bank-a', `/v1/financings/${financing}/repurchase`, { reference: 'R' }],
    ];
    for (const [member, path, body] of commands) {
      for (const [amount, code] of edges) {
        expect([path, amount, refusalOf(await post(member, path, { ...body, amount }))]).toEqual([
          path,
          amount,
          [422, code],
        ]);
      }
      for (const currency of ['JPY', 'BHD']) {
        const foreign = await post(member, path, { ...body, amount: { amount: '1', currency } });
        expect(refusalOf(foreign)).toEqual([422, 'CURRENCY_MISMATCH']);
      }
      const number = await post(member, path, { ...body, amount: 1 });
      expect(refusalOf(number)).toEqual([400, 'REQUEST_INVALID']);
    }
    const penny = made(
      await post('core', `/v1/receivables/${receivable}/payments`, { amount: '0.01', reference: 'R' }),
    );
    expect(penny).toMatchObject({ amount: { amount: '0.01' } });
    const huge = '1000000000000000000';
    const all = made(await post('core', `/v1/receivables/${receivable}/payments`, { amount: huge, reference: 'R' }));
    expect(all).toMatchObject({ amount: { amount: `${huge}.00` } });
  }, 120_000);
});

describe('a stale version', () => {
  it('refuses each command that names it, and no repeat of one that was done', async () => {
    const { receivable, financing } = await lent({ number: 'PO-STALE' });
    const { apiKey, url } = nodes.of('core').client.member;
    const read = () => fetch(`${url}/v1/receivables/${receivable}`, { headers: { authorization: `Bearer ${apiKey}` } });
    const send = (member: string, path: string, etag: string, body: Json = {}, key = randomUUID()) => {
      const { apiKey: own, url: at } = nodes.of(member).client.member;
      const headers = {
        ...{ authorization: `Bearer ${own}`, 'idempotency-key': key, 'if-match': etag, prefer: 'wait=30' },
        'content-type': 'application/json',
      };
      return fetch(`${at}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    };
    const etag = (await read()).headers.get('etag')!;
    const [disputes, claim] = [`/v1/receivables/${receivable}/disputes`, { amount: '1.00', reason: 'bent' }];
    const key = randomUUID();
    expect((await send('core', disputes, etag, claim, key)).status).toBe(201);
    const again = await send('core', disputes, etag, claim, key);
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 'true']);
    const commands = [
      ...['confirmation', 'voiding', 'payments', 'disputes', 'disputes/1/resolution', 'notice/acknowledgement'].map(
        (act) => ['core', `/v1/receivables/${receivable}/${act}`] as const,
      ),
      ...['overdue', 'default', 'settlement', 'void-consent', 'credit-notes'].map(
        (act) => ['supplier-1', `/v1/receivables/${receivable}/${act}`] as const,
      ),
      ...['agreement', 'withdrawal', 'contest', 'release-demand', 'evidence'].map(
        (act) => ['supplier-1', `/v1/financings/${financing}/${act}`] as const,
      ),
      ...['review', 'offer', 'decline', 'disbursement', 'notice', 'repayments', 'release', 'drop'].map(
        (act) => ['bank-a', `/v1/financings/${financing}/${act}`] as const,
      ),
      ...['recourse', 'repurchase', 'write-off'].map(
        (act) => ['bank-a', `/v1/financings/${financing}/${act}`] as const,
      ),
    ];
    for (const [member, path] of commands) {
      const stale = await send(member, path, etag, { amount: '1.00', reference: 'R', reason: 'R' });
      expect([path, stale.status, ((await stale.json()) as Json)['code']]).toEqual([path, 412, 'VERSION_STALE']);
    }
    const fresh = (await read()).headers.get('etag')!;
    expect((await send('core', `${disputes}/1/resolution`, `"x", ${fresh}`)).status).toBe(201);
  }, 120_000);
});

describe('money that is said not to have come', () => {
  it('is contested by the holder: that marks the claim, is told to the lender, and frees nothing', async () => {
    const { receivable, financing } = await lent({ number: 'PO-CONTEST' });
    const advance = `/v1/financings/${financing}`;
    expect(
      await refusals(['bank-a', `${advance}/contest`, { reason: 'x' }], ['supplier-1', `${advance}/contest`]),
    ).toEqual([
      [403, 'FINANCING_UNAUTHORIZED'],
      [400, 'REQUEST_INVALID'],
    ]);
    expect(made(await post('supplier-1', `${advance}/contest`, { reason: 'no such transfer' }))).toMatchObject({
      status: 'DISBURSED',
      contested: { reason: 'no such transfer' },
    });
    expect(refusalOf(await post('supplier-1', `${advance}/contest`, { reason: 'again' }))).toEqual([
      409,
      'DISBURSEMENT_ALREADY_CONTESTED',
    ]);
    await shows('bank-a', advance, ({ contested }) => (contested as Json | null)?.['reason'] === 'no such transfer');
    const elsewhere = await story.requested('bank-b', { receivable });
    const refused = await post('bank-b', `/v1/financings/${elsewhere}/offer`, await story.terms());
    expect(refusalOf(refused)).toEqual([409, 'RECEIVABLE_ALREADY_ENCUMBERED']);
  }, 60_000);
});

describe('what holder and obligor undo', () => {
  it('is voided by both, never over a lender’s claim on it or its order', async () => {
    const receivable = await story.confirmed({ number: 'PO-VOID' });
    const claim = `/v1/receivables/${receivable}`;
    expect(
      await refusals(
        ['core', `${claim}/voiding`],
        ['core', `${claim}/void-consent`],
        ['supplier-1', `${claim}/voiding`],
      ),
    ).toEqual([
      [409, 'VOID_CONSENT_MISSING'],
      [403, 'CONSENT_WRONG_SIGNER'],
      [403, 'RECEIVABLE_UNAUTHORIZED'],
    ]);
    const financing = await story.requested('bank-a', { receivable });
    await story.offered('bank-a', financing);
    made(await post('supplier-1', `/v1/financings/${financing}/agreement`));
    made(await post('supplier-1', `${claim}/void-consent`));
    await shows('core', claim, (body) => (body['encumbrance'] as Json)['state'] === 'RESERVED');
    const voided = () => post('core', `${claim}/voiding`);
    expect(refusalOf(await voided())).toEqual([409, 'RECEIVABLE_ALREADY_ENCUMBERED']);
    await shows('bank-a', `/v1/financings/${financing}`, ({ status }) => status === 'AGREED');
    made(await post('bank-a', `/v1/financings/${financing}/drop`));
    await shows('core', claim, (body) => (body['encumbrance'] as Json)['state'] === 'NONE');
    const answer = await eventuallyMade(voided);
    expect(answer).toMatchObject({ status: 'VOID' });
    expect(refusalOf(await voided())).toEqual([409, 'RECEIVABLE_INVALID_TRANSITION']);
    await shows('supplier-1', claim, ({ status }) => status === 'VOID');
    expect(await refusals(['supplier-1', `${claim}/overdue`], ['supplier-1', `${claim}/void-consent`])).toEqual([
      [409, 'RECEIVABLE_NOT_CONFIRMED'],
      [409, 'RECEIVABLE_INVALID_TRANSITION'],
    ]);
  }, 120_000);
});

describe('a receivable of a financed order', () => {
  it('is voided with the lender’s consent, which its holder passes on, and not without', async () => {
    const order = await story.acceptedOrder('PO-VOID-FINANCED');
    const financing = await story.requested('bank-a', { order }, '50.00');
    await story.offered('bank-a', financing, { advance: { amount: '50.00', currency: 'GBP' } });
    await story.disbursed('bank-a', financing);
    await story.receive(order, 90);
    const receivable = await story.confirm(await story.issued(order, story.invoiceOf('PO-VOID-FINANCED')), {
      amount: '96.75',
    });
    const [claim, advance] = [`/v1/receivables/${receivable}`, `/v1/financings/${financing}`];
    await shows(
      'bank-a',
      `/v1/registry/receivables?order=${order}`,
      ({ items }) => (items as Json[])[0]?.['status'] === 'CONFIRMED',
    );
    const voided = () => post('core', `${claim}/voiding`);
    made(await post('supplier-1', `${claim}/void-consent`));
    expect(refusalOf(await voided())).toEqual([409, 'ORDER_ALREADY_ENCUMBERED']);
    expect(
      await refusals(
        ['bank-a', `${advance}/void-consent`, { receivable: order }],
        ['supplier-1', `${advance}/void-consent`, { receivable }],
      ),
    ).toEqual([
      [404, 'RECEIVABLE_UNKNOWN'],
      [403, 'FINANCING_UNAUTHORIZED'],
    ]);
    const parts = [{ holder: 'supplier-1', amount: '6.00' }];
    expect(refusalOf(await post('supplier-1', `${claim}/splits`, { parts }))).toEqual([
      409,
      'ORDER_ALREADY_ENCUMBERED',
    ]);
    made(await post('bank-a', `${advance}/void-consent`, { receivable }));
    const answer = await eventually(
      async () => {
        made(await post('supplier-1', `${claim}/void-consent`));
        return voided();
      },
      ({ status }) => status === 201,
    );
    expect(made(answer)).toMatchObject({ status: 'VOID' });
    await shows('bank-a', advance, ({ status }) => status === 'DISBURSED');
    expect((await get('bank-a', advance)).body).toMatchObject({ encumbrance: { state: 'ASSIGNED' } });
  }, 120_000);
});

/** The number of the last payment claimed on it. */
async function lastPayment(claim: string): Promise<number> {
  const items = (await get('supplier-1', `${claim}/payments`)).body['items'] as Json[];
  return Number(items.at(-1)!['n']);
}

/** A command whose consent is still on its way. */
async function eventuallyMade(command: () => Promise<Answer>): Promise<Json> {
  for (let i = 0; i < 100; i++) {
    const answer = await command();
    if (answer.body['code'] !== 'VOID_CONSENT_MISSING') return made(answer);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the consent did not arrive');
}

changesOfFinancedOrders(() => ({ nodes, story }));
