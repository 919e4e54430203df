import { headOf } from '../../fulfilment/domain/fulfilment-log.js';
import type { LogEntry } from '../../fulfilment/domain/log-entry.js';
import { kindNumber, type MilestoneKind } from '../../fulfilment/domain/milestone-kinds.js';
import { commit } from '../../documents/commitment/commitment.js';
import type { Hex } from '../../kernel/hex.js';
import type { Seed } from '../../kernel/ids.js';
import { receivableHeadOf } from '../../receivables/domain/receivable-log.js';
import { orderIdOf } from '../../orders/domain/order-id.js';
import { chainState } from './chain-state.js';
import type { OrderEvidence, ReceivableEvidence, ShownDocument } from './evidence.js';
import { type Fragment, type FragmentKind, isValid } from './fragment.js';
import { judgeOrder } from './judge-order.js';
import { judgeReceivable } from './judge-receivable.js';

const hex = (digit: string, bytes = 32): Hex => `0x${digit.repeat(2 * bytes)}`;
const ZERO = hex('0');
const LENDER = hex('e', 20);
const seed = hex('5') as Seed;
const show = (kind: ShownDocument['kind'], fields: Record<string, string>): ShownDocument => {
  const commitment = commit(
    Object.entries(fields).map(([path, value]) => ({ path, value })),
    seed,
  );
  return { kind, root: commitment.root, disclosure: commitment.disclose(['']) };
};

const orderDocument = show('ORDER', { '/kind': 'ORDER', '/amount': '107.50', '/currency': 'GBP' });
const received = {
  '/kind': 'RECEIPT',
  '/lines/-': '1',
  '/lines/0/id': '1',
  '/lines/0/has': 'quantity',
  '/lines/0/quantity': '100',
};
const receipt = show('RECEIPT', received);
const receiptCommitment = commit(
  Object.entries(received).map(([path, value]) => ({ path, value })),
  seed,
);
const invoice = show('INVOICE', { '/kind': 'INVOICE', '/amount': '107.50', '/has': '' });
const confirmation = show('CONFIRMATION', { '/kind': 'CONFIRMATION', '/amount': '107.50' });
const identity = { registry: hex('d'), buyer: 1, supplier: 2, commitment: orderDocument.root, tag: hex('a') };
const order = orderIdOf(identity);
const entry = (index: number, kind: MilestoneKind, commitment: Hex): LogEntry => ({
  order,
  index,
  kind: kindNumber(kind),
  author: 1,
  commitment,
  supersedes: ZERO,
  recordedAt: 1_800_000_000 + index,
});
/** The same receipt with its lines kept back. */
const barely = { ...receipt, disclosure: receiptCommitment.disclose(['/kind']) };
const log = [entry(0, 'DESPATCHED', hex('7')), entry(1, 'RECEIVED', receipt.root)];
const free = { lender: hex('0', 20), state: 'NONE', disburseBy: 0 } as const;
const active = { active: true, roles: 1 };
const notes = { inDoubt: [], parties: 'registered' } as const;
const NOW = 1_800_000_100;
const viewpoint = { now: NOW, accounts: new Set<Hex>([hex('b', 20)]) };

const orderEvidence = (change: Partial<OrderEvidence> = {}): OrderEvidence => ({
  order,
  identity,
  state: {
    buyer: 1,
    supplier: 2,
    status: 'ACCEPTED',
    framework: false,
    version: 1,
    coverVersion: 1,
    encumbered: false,
    encumberedDescendants: 0,
    entries: 2,
    commitment: null,
    head: headOf(log),
  },
  log,
  buyer: active,
  supplier: active,
  encumbrance: free,
  documents: [orderDocument, receipt],
  notes,
  ...change,
});

/** An order whose only version says that it is worth this. */
const worth = (amount: string, currency: string): Partial<OrderEvidence> => {
  const said = show('ORDER', { '/kind': 'ORDER', '/amount': amount, '/currency': currency });
  return { documents: [said, receipt], state: { ...orderEvidence().state, commitment: said.root } };
};

const receivable = hex('c');
const statements = [{ kind: 1, commitment: confirmation.root, about: 0, recordedAt: NOW }];
const receivableEvidence = (change: Partial<ReceivableEvidence> = {}): ReceivableEvidence => ({
  receivable,
  state: {
    obligor: 1,
    supplier: 2,
    status: 'CONFIRMED',
    scope: 0,
    openDisputes: 0,
    marks: [],
    instalment: 1,
    instalments: 1,
    coverVersion: 0,
    entries: 1,
    holder: hex('9', 20),
    commitment: invoice.root,
    head: receivableHeadOf(receivable, statements),
  },
  parent: null,
  ancestors: [],
  orders: [orderEvidence()],
  obligor: active,
  supplier: active,
  encumbrance: free,
  documents: [invoice, confirmation],
  log: statements,
  confirmation: confirmation.root,
  fingerprints: [{ fingerprint: hex('f'), takenBy: receivable }],
  fingerprintsOpened: true,
  cover: { amount: '96.75', currency: 'GBP', withoutReceipt: false },
  notes,
  ...change,
});

const found = (fragments: readonly Fragment[], kind: FragmentKind): string[] =>
  fragments.filter((each) => each.kind === kind && each.status !== 'VALID').map(({ reason }) => reason.code);

describe('an order', () => {
  it('is valid when everything was shown and holds', () => {
    const fragments = judgeOrder(orderEvidence(), viewpoint);
    expect(fragments.filter(({ status }) => status !== 'VALID')).toEqual([]);
    expect(isValid('own-rpc', fragments)).toBe(true);
    expect(isValid('validator-quorum', fragments)).toBe(false); // no seals were judged
    expect(isValid('unsealed', fragments)).toBe(false);
  });

  const state = orderEvidence().state;
  it.each<[string, FragmentKind, string, Partial<OrderEvidence>]>([
    ['nothing was shown', 'INTEGRITY', 'NOTHING_SHOWN', { documents: [] }],
    [
      'a document of something else is shown',
      'INTEGRITY',
      'COMMITMENT_UNKNOWN',
      { documents: [orderDocument, receipt, invoice] },
    ],
    [
      'a value was altered',
      'INTEGRITY',
      'DISCLOSURE_MISMATCH',
      { documents: [{ ...orderDocument, disclosure: receipt.disclosure }, receipt] },
    ],
    ['the id is another’s', 'ISSUANCE', 'ORDER_ID_MISMATCH', { identity: { ...identity, tag: hex('b') } }],
    ['the parties are others', 'ISSUANCE', 'ORDER_ID_MISMATCH', { state: { ...state, buyer: 3 } }],
    ['only the buyer has spoken', 'ISSUANCE', 'SINGLE_AUTHOR', { state: { ...state, status: 'POSTED' } }],
    ['it does not exist', 'ISSUANCE', 'ORDER_UNKNOWN', { state: { ...state, status: null } }],
    ['it was cancelled', 'STATUS', 'ORDER_NOT_IN_FORCE', { state: { ...state, status: 'CANCELLED' } }],
    ['it is a framework contract', 'STATUS', 'ORDER_IS_FRAMEWORK', { state: { ...state, framework: true } }],
    ['an entry is left out', 'FULFILMENT', 'LOG_INCOMPLETE', { log: log.slice(1) }],
    ['the last entry is left out', 'FULFILMENT', 'LOG_INCOMPLETE', { log: log.slice(0, 1) }],
    ['an entry is moved', 'FULFILMENT', 'LOG_INCOMPLETE', { log: [...log].reverse() }],
    ['a receipt is not shown', 'FULFILMENT', 'EVIDENCE_WITHHELD', { documents: [orderDocument] }],
    ['a receipt’s lines are not shown', 'FULFILMENT', 'EVIDENCE_WITHHELD', { documents: [orderDocument, barely] }],
    ['its value is not shown', 'COVER', 'VALUE_NOT_SHOWN', { documents: [receipt] }],
    ['its currency is any words', 'COVER', 'VALUE_NOT_SHOWN', worth('107.50', 'GBP\u001b[2J')],
    ['its amount is any words', 'COVER', 'VALUE_NOT_SHOWN', worth('107.50 GBP.\nVALID.', 'GBP')],
    ['its amount is below nothing', 'COVER', 'VALUE_NOT_SHOWN', worth('-107.50', 'GBP')],
    [
      'another lender has it',
      'ENCUMBRANCE',
      'ORDER_ALREADY_ENCUMBERED',
      { encumbrance: { lender: LENDER, state: 'PLEDGED', disburseBy: 1 } },
    ],
    [
      'a receivable of it is encumbered',
      'ENCUMBRANCE',
      'ORDER_DESCENDANTS_ENCUMBERED',
      { state: { ...state, encumberedDescendants: 1 } },
    ],
    [
      'its buyer posted it twice, and the other is financed',
      'ENCUMBRANCE',
      'ORDER_TAG_TAKEN',
      { tagsTakenBy: [ZERO, hex('f')] },
    ],
    ['its supplier is suspended', 'MEMBERSHIP', 'MEMBER_NOT_ACTIVE', { supplier: { active: false, roles: 2 } }],
  ])('when %s: %s %s', (_, kind, code, change) => {
    const fragments = judgeOrder(orderEvidence(change), viewpoint);
    expect(found(fragments, kind)).toContain(code);
    expect(isValid('own-rpc', fragments)).toBe(false);
  });

  it('is free as its purchase order while no other order took its tags, which is said to be unchecked without them', () => {
    const said = (tagsTakenBy?: readonly Hex[]) => {
      const fragments = judgeOrder(orderEvidence({ tagsTakenBy }), viewpoint);
      expect(isValid('own-rpc', fragments)).toBe(true);
      return fragments.find(({ kind }) => kind === 'ENCUMBRANCE')!;
    };
    for (const takers of [[ZERO], [order, order], [order, ZERO]])
      expect(said(takers).reason.message).toBe('The order is free.');
    expect(said(undefined)).toMatchObject({
      reason: { message: expect.stringContaining('Not checked') },
      data: { untagged: [order] },
    });
  });

  it('is free once a reservation has lapsed, and to its own lender', () => {
    const reserved = (lender: Hex, disburseBy: number) => ({
      encumbrance: { lender, state: 'RESERVED' as const, disburseBy },
    });
    expect(isValid('own-rpc', judgeOrder(orderEvidence(reserved(LENDER, NOW - 1)), viewpoint))).toBe(true);
    expect(isValid('own-rpc', judgeOrder(orderEvidence(reserved(LENDER, NOW)), viewpoint))).toBe(false);
    expect(isValid('own-rpc', judgeOrder(orderEvidence(reserved(hex('b', 20), NOW)), viewpoint))).toBe(true);
  });
});

describe('a receivable', () => {
  it('is valid when everything was shown and holds', () => {
    const fragments = judgeReceivable(receivableEvidence(), viewpoint);
    expect(fragments.filter(({ status }) => status !== 'VALID')).toEqual([]);
    expect(isValid('own-rpc', fragments)).toBe(true);
  });

  /** Of a receivable with this invoice. */
  const invoiced = (said: Record<string, string>, inFull?: boolean): Partial<ReceivableEvidence> => {
    const other = { ...show('INVOICE', { '/kind': 'INVOICE', '/amount': '107.50', ...said }), inFull };
    return { state: { ...receivableEvidence().state, commitment: other.root }, documents: [other, confirmation] };
  };

  it.each([
    ['by a number', { '/has': 'payTo', '/payTo/id': 'FACTOR', '/payTo/scheme': '0002' }, '0002:FACTOR'],
    ['by a name that is not shown', { '/has': 'payTo' }, 'not shown by any number'],
  ])('says that its invoice names another to be paid, %s', (_, said, whom) => {
    const encumbrance = judgeReceivable(receivableEvidence(invoiced(said)), viewpoint).find(
      ({ kind }) => kind === 'ENCUMBRANCE',
    );
    expect(encumbrance?.reason.message).toContain(`to pay another than its supplier (${whom})`);
    expect(encumbrance?.data).toHaveProperty('payTo');
    const silent = judgeReceivable(receivableEvidence(), viewpoint).find(({ kind }) => kind === 'ENCUMBRANCE');
    expect(silent?.data ?? {}).not.toHaveProperty('payTo');
  });

  it('tells by an invoice in full, from before invoices said what they have, that it names no other to be paid', () => {
    const judged = (inFull: boolean) => judgeReceivable(receivableEvidence(invoiced({}, inFull)), viewpoint);
    expect(isValid('own-rpc', judged(true))).toBe(true);
    expect(found(judged(false), 'ENCUMBRANCE')).toEqual(['PAYEE_NOT_SHOWN']);
  });

  const state = receivableEvidence().state;
  it.each<[string, FragmentKind, string, Partial<ReceivableEvidence>]>([
    ['it is not confirmed', 'ISSUANCE', 'SINGLE_AUTHOR', { state: { ...state, status: 'ISSUED' } }],
    ['it does not exist', 'ISSUANCE', 'RECEIVABLE_UNKNOWN', { state: { ...state, status: null } }],
    [
      'the invoice backs another',
      'ISSUANCE',
      'FINGERPRINT_TAKEN',
      { fingerprints: [{ fingerprint: hex('f'), takenBy: hex('1') }] },
    ],
    ['no fingerprint was taken', 'ISSUANCE', 'FINGERPRINT_TAKEN', { fingerprints: [] }],
    ['it is settled', 'STATUS', 'RECEIVABLE_NOT_CONFIRMED', { state: { ...state, status: 'SETTLED' } }],
    ['it is disputed', 'STATUS', 'RECEIVABLE_DISPUTED', { state: { ...state, openDisputes: 1 } }],
    ['it is overdue', 'STATUS', 'RECEIVABLE_OVERDUE', { state: { ...state, marks: ['OVERDUE'] } }],
    [
      'its order was cancelled',
      'STATUS',
      'ORDER_NOT_IN_FORCE',
      { orders: [orderEvidence({ state: { ...orderEvidence().state, status: 'CANCELLED' } })] },
    ],
    [
      'a receipt is withheld',
      'FULFILMENT',
      'EVIDENCE_WITHHELD',
      { orders: [orderEvidence({ documents: [orderDocument] })] },
    ],
    ['something said of it is left out', 'COVER', 'LOG_INCOMPLETE', { log: [] }],
    [
      'something said of it was altered',
      'COVER',
      'LOG_INCOMPLETE',
      { log: [{ ...statements[0]!, recordedAt: NOW + 1 }] },
    ],
    ['its cover is not shown', 'COVER', 'COVER_NOT_SHOWN', { cover: undefined }],
    [
      'nothing is covered',
      'COVER',
      'COVER_EXHAUSTED',
      { cover: { amount: '0.00', currency: 'GBP', withoutReceipt: false } },
    ],
    ['what the invoice has is not shown', 'ENCUMBRANCE', 'PAYEE_NOT_SHOWN', invoiced({})],
    ['what the invoice has is not in its form', 'ENCUMBRANCE', 'PAYEE_NOT_SHOWN', invoiced({ '/has': ' payTo' })],
    ['of the invoice nothing is shown', 'ENCUMBRANCE', 'PAYEE_NOT_SHOWN', { documents: [confirmation] }],
    [
      'another lender has it',
      'ENCUMBRANCE',
      'RECEIVABLE_ALREADY_ENCUMBERED',
      { encumbrance: { lender: LENDER, state: 'NOTIFIED', disburseBy: 1 } },
    ],
    [
      'another lender has its order',
      'ENCUMBRANCE',
      'ORDER_ALREADY_ENCUMBERED',
      { orders: [orderEvidence({ encumbrance: { lender: LENDER, state: 'PLEDGED', disburseBy: 1 } })] },
    ],
    [
      'its order’s purchase order is financed as another',
      'ENCUMBRANCE',
      'ORDER_TAG_TAKEN',
      { orders: [orderEvidence({ tagsTakenBy: [hex('f')] })] },
    ],
    ['the obligor is suspended', 'MEMBERSHIP', 'MEMBER_NOT_ACTIVE', { obligor: { active: false, roles: 1 } }],
    [
      'an invoice of another receivable is shown',
      'INTEGRITY',
      'COMMITMENT_UNKNOWN',
      { documents: [show('INVOICE', { '/amount': '1' })] },
    ],
  ])('when %s: %s %s', (_, kind, code, change) => {
    const fragments = judgeReceivable(receivableEvidence(change), viewpoint);
    expect(found(fragments, kind)).toContain(code);
    expect(isValid('own-rpc', fragments)).toBe(false);
  });

  it('takes a payment that its whole log has, and not without the log', () => {
    const payment = show('PAYMENT', { '/amount': '50.00' });
    const whole = [...statements, { kind: 2, commitment: payment.root, about: 0, recordedAt: NOW }];
    const evidence = receivableEvidence({
      documents: [invoice, confirmation, payment],
      log: whole,
      state: { ...state, entries: whole.length, head: receivableHeadOf(receivable, whole) },
    });
    expect(found(judgeReceivable(evidence, viewpoint), 'INTEGRITY')).toEqual([]);
    const cut = judgeReceivable({ ...evidence, log: statements }, viewpoint);
    expect(found(cut, 'INTEGRITY')).toEqual(['COMMITMENT_UNKNOWN']);
    expect(found(cut, 'COVER')).toEqual(['LOG_INCOMPLETE']);
  });

  describe('that is a part of a split', () => {
    const whole = hex('7');
    const terms = { '/amount': '40.00', '/currency': 'GBP', '/dueDate': '2027-02-10', '/covered': '36.00', '/has': '' };
    const part = show('PART', { ...terms, '/parent': whole, '/parentConfirmation': confirmation.root });
    const own = [{ kind: 1, commitment: part.root, about: 0, recordedAt: NOW }];
    const splitLog = [...statements, { kind: 9, commitment: hex('5'), about: 0, recordedAt: NOW }];
    const ancestor = {
      receivable: whole,
      parent: null,
      log: splitLog,
      state: { ...state, status: 'SPLIT' as const, entries: 2, head: receivableHeadOf(whole, splitLog) },
    };
    const partEvidence = (change: Partial<ReceivableEvidence> = {}): ReceivableEvidence =>
      receivableEvidence({
        state: {
          ...state,
          instalment: 0,
          instalments: 0,
          commitment: part.root,
          head: receivableHeadOf(receivable, own),
        },
        parent: whole,
        ancestors: [ancestor],
        orders: [orderEvidence({ documents: [] })],
        documents: [part],
        log: own,
        confirmation: part.root,
        fingerprints: [{ fingerprint: hex('f'), takenBy: whole }],
        ...change,
      });

    it('is valid without a document of what it comes from, and tells the obligor’s word on the goods', () => {
      const fragments = judgeReceivable(partEvidence(), viewpoint);
      expect(fragments.filter(({ status }) => status !== 'VALID')).toEqual([]);
      expect(fragments.find(({ kind }) => kind === 'FULFILMENT')?.data).toMatchObject({ covered: '36.00' });
      expect(fragments.find(({ kind }) => kind === 'ISSUANCE')?.data).toMatchObject({ lineage: [whole] });
    });

    const other = show('PART', { ...terms, '/parent': hex('8'), '/parentConfirmation': confirmation.root });
    const { '/has': _, ...silent } = terms;
    const mute = show('PART', { ...silent, '/parent': whole, '/parentConfirmation': confirmation.root });
    const stranger = { ...ancestor.state, obligor: 3 };
    it.each<[string, FragmentKind, string, Partial<ReceivableEvidence>]>([
      ['it is a part of another', 'ISSUANCE', 'PART_LINEAGE_BROKEN', { parent: hex('8') }],
      ['it is said to be a whole', 'ISSUANCE', 'PART_LINEAGE_BROKEN', { ancestors: [] }],
      [
        'the whole is itself a part',
        'ISSUANCE',
        'PART_LINEAGE_BROKEN',
        { ancestors: [{ ...ancestor, parent: hex('8') }] },
      ],
      [
        'the whole was never split',
        'ISSUANCE',
        'PART_LINEAGE_BROKEN',
        { ancestors: [{ ...ancestor, state: { ...ancestor.state, status: 'CONFIRMED' } }] },
      ],
      ['another owes the whole', 'ISSUANCE', 'PART_LINEAGE_BROKEN', { ancestors: [{ ...ancestor, state: stranger }] }],
      ['the whole’s log is cut', 'ISSUANCE', 'PART_LINEAGE_BROKEN', { ancestors: [{ ...ancestor, log: statements }] }],
      [
        'its terms name another',
        'ISSUANCE',
        'PART_LINEAGE_BROKEN',
        { documents: [other], state: { ...partEvidence().state, commitment: other.root } },
      ],
      [
        'the invoice backs another',
        'ISSUANCE',
        'FINGERPRINT_TAKEN',
        { fingerprints: [{ fingerprint: hex('f'), takenBy: receivable }] },
      ],
      ['its terms are not shown', 'FULFILMENT', 'PART_NOT_SHOWN', { documents: [] }],
      [
        'its terms do not say whom to pay, not even in full',
        'ENCUMBRANCE',
        'PAYEE_NOT_SHOWN',
        { documents: [{ ...mute, inFull: true }], state: { ...partEvidence().state, commitment: mute.root } },
      ],
      [
        'an order’s log is cut',
        'FULFILMENT',
        'LOG_INCOMPLETE',
        { orders: [orderEvidence({ documents: [], log: log.slice(1) })] },
      ],
    ])('when %s: %s %s', (_, kind, code, change) => {
      const fragments = judgeReceivable(partEvidence(change), viewpoint);
      expect(found(fragments, kind)).toContain(code);
      expect(isValid('own-rpc', fragments)).toBe(false);
    });
  });

  it('is not free in a state of encumbrance that this program does not know, whoever has it', () => {
    const [slot] = chainState.encumbranceSlots(receivable);
    const proven = new Map([[slot!, `0x${'00'.repeat(11)}09${'bb'.repeat(20)}` as Hex]]);
    const encumbrance = chainState.readEncumbrance(receivable, proven);
    expect(viewpoint.accounts).toContain(encumbrance.lender);
    for (const change of [{ encumbrance }, { orders: [orderEvidence({ encumbrance })] }]) {
      const fragments = judgeReceivable(receivableEvidence(change), viewpoint);
      expect(found(fragments, 'ENCUMBRANCE')).toEqual(['ENCUMBRANCE_UNKNOWN']);
    }
  });

  it('says that its invoice backs nothing else only where its fingerprints were opened', () => {
    const said = (fingerprintsOpened: boolean) => {
      const fragments = judgeReceivable(receivableEvidence({ fingerprintsOpened }), viewpoint);
      return fragments.find(({ kind }) => kind === 'ISSUANCE')!;
    };
    const opened = said(true);
    expect([opened.status, opened.data?.['fingerprints']]).toEqual(['VALID', 'opened']);
    expect(opened.reason.message).toContain('the invoice backs nothing else.');
    const unopened = said(false);
    expect([unopened.status, unopened.data?.['fingerprints']]).toEqual(['VALID', 'unopened']);
    expect(unopened.reason.message).not.toContain('; the invoice backs nothing else');
    expect(unopened.reason.message).toMatch(/Not checked.*: whether they are the invoice’s/);
  });

  it('names the account that holds it, and whose it is only to itself', () => {
    const said = (holder: Hex) => {
      const fragments = judgeReceivable(receivableEvidence({ state: { ...state, holder } }), viewpoint);
      const { data, reason } = fragments.find(({ kind }) => kind === 'ISSUANCE')!;
      return [data?.['holder'], reason.message];
    };
    const other = hex('9', 20);
    expect(said(other)).toEqual([other, expect.stringContaining(`${other}; whose this account is, is not shown.`)]);
    const [own] = viewpoint.accounts;
    expect(said(own!)).toEqual([own, expect.stringContaining(' You hold it.')]);
  });

  it('says that it rests on a key in doubt', () => {
    const inDoubt = { inDoubt: [hex('4', 20)], parties: 'learn' } as const;
    const issuance = judgeReceivable(receivableEvidence({ notes: inDoubt }), viewpoint).find(
      ({ kind }) => kind === 'ISSUANCE',
    );
    expect(issuance?.status).toBe('VALID');
    expect(issuance?.reason.message).toContain('KEY_IN_DOUBT');
    expect(issuance?.reason.message).toContain('learnt at first use');
  });
});
