import { randomUUID } from 'node:crypto';
import type { Json } from '../../../scripts/demo/client.js';
import { refusalOf } from '../../../test/support/nodes.js';
import { changesOfFinancedOrders } from './testing/consented-changes.js';
import { amounts, get, lent, notified, post, refusals, shows } from './testing/desks.js';
import { moneyAstray } from './testing/money-astray.js';
import { made } from './testing/story.js';
import { nodes, story, startWorld, stopWorld } from './testing/world.js';
import { voidings } from './testing/voidings.js';

beforeAll(startWorld);
afterAll(stopWorld);

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
    await shows('core', claim, ({ encumbrance }) => (encumbrance as Json)['state'] === 'NONE');
    made(await post('core', `${claim}/payments`, { amount: '96.75', reference: 'SEPA-LATE' }));
    await shows('supplier-1', `${claim}/payments`, ({ items }) => (items as Json[])[0]?.['amount'] !== undefined);
    expect(
      made(await post('supplier-1', `${claim}/payments/${await lastPayment(claim)}/acknowledgement`)),
    ).toMatchObject({
      settles: true,
    });
  });

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
      owed: { amount: '0.00' },
    });
    expect(Number((lost['lost'] as Json)['amount'])).toBeGreaterThan(0);
    await shows('supplier-1', advance, ({ writtenOff }) => (writtenOff as Json | null)?.['reason'] === 'insolvent');
    const over = await shows('core', claim, ({ status }) => status === 'WRITTEN_OFF');
    expect(over).toMatchObject({ confirmed: { currency: 'GBP' } });
    expect(over).not.toHaveProperty('outstanding');
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
  });

  it('is not overdue before its due date and the days of grace', async () => {
    const receivable = await story.confirmed({ number: 'PO-NOT-DUE' }, { amount: '96.75', dueDate: '2999-12-31' });
    const early = await post('supplier-1', `/v1/receivables/${receivable}/overdue`);
    expect(early).toMatchObject({
      status: 409,
      body: { code: 'RECEIVABLE_NOT_DUE', facts: { dueDate: '2999-12-31', graceDays: 3 } },
    });
    expect((await get('supplier-1', `/v1/receivables/${receivable}`)).body['marks']).toEqual([]);
  });

  it('that is only pledged is not the lender’s to write off', async () => {
    const { receivable, financing } = await lent({ number: 'PO-PLEDGED' }, { kind: 'PLEDGE' });
    made(await post('supplier-1', `/v1/receivables/${receivable}/overdue`));
    await shows('bank-a', `/v1/financings/${financing}`, ({ status }) => status === 'OVERDUE');
    const writeOff = () => post('bank-a', `/v1/financings/${financing}/write-off`, { reason: 'lost' });
    expect(refusalOf(await writeOff())).toEqual([409, 'ENCUMBRANCE_INVALID_TRANSITION']);
    await notified(receivable, financing);
    expect(refusalOf(await writeOff())).toEqual([409, 'ENCUMBRANCE_INVALID_TRANSITION']);
  });
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
  });

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
  });
});

describe('a stale version', () => {
  it('refuses each command that names it, and no repeat of one that was done', async () => {
    const { receivable, financing } = await lent({ number: 'PO-STALE' });
    const { apiKey, url } = nodes.of('core').client.member;
    const read = () => fetch(`${url}/v1/receivables/${receivable}`, { headers: { authorization: `Bearer ${apiKey}` } });
    const send = (member: string, path: string, etag: string, body: Json = {}, key = randomUUID()) => {
      const { apiKey: own, url: at } = nodes.of(member).client.member;
      const headers = {
        ...{ authorization: `Bearer ${own}`, 'idempotency-key': key, 'if-match': etag, prefer: 'wait=240' },
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
    // A body where none is looked at is refused before anything else.
    const bodiless = /\/(voiding|acknowledgement|settlement|agreement|evidence|review|drop)$/;
    for (const [member, path] of commands) {
      const body = bodiless.test(path) ? {} : { amount: '1.00', reference: 'R', reason: 'R' };
      const stale = await send(member, path, etag, body);
      expect([path, stale.status, ((await stale.json()) as Json)['code']]).toEqual([path, 412, 'VERSION_STALE']);
    }
    const fresh = (await read()).headers.get('etag')!;
    expect((await send('core', `${disputes}/1/resolution`, `"x", ${fresh}`)).status).toBe(201);
  });
});

moneyAstray();
voidings();
changesOfFinancedOrders();

/** The number of the last payment claimed on it. */
async function lastPayment(claim: string): Promise<number> {
  const items = (await get('supplier-1', `${claim}/payments`)).body['items'] as Json[];
  return Number(items.at(-1)!['n']);
}
