import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Hex } from '../../kernel/hex.js';
import { minorUnits } from '../../kernel/money.js';
import { shownFields } from '../../orders/index.js';
import { Members, type NameOf } from '../../members/index.js';
import type { DocumentFields } from '../domain/documents/fields.js';
import { otherPayee } from '../domain/documents/other-payee.js';
import type { Receivable } from '../domain/receivable.js';
import { RECEIVABLE_MARKS } from '../domain/states.js';
import { type ReceivableDocumentFacts, ReceivableDocuments } from '../storage/receivable-documents.js';
import { Notices } from '../storage/notices.js';
import { CommittedFields } from './committed-fields.js';
import { Debts } from './debts.js';
import { Misdirected } from './misdirected.js';
import { partView, PartViews } from './part-views.js';
import { ReceivableAccess } from './receivable-access.js';
import { moneyView, registryReceivableView, toRegistryView } from './receivable-view.js';
import { Receivables } from './receivables.js';
import { Registrations, registrationView } from './registrations.js';
import { voidConsentView, VoidConsentViews } from './void-consent-views.js';
import {
  creditNoteView,
  disputeView,
  latenessView,
  paymentView,
  toCreditNoteView,
  toDisputeView,
  toLatenessView,
  toPaymentView,
} from './said-view.js';
import { Statements } from './statements.js';
import { Undertakings } from './undertakings.js';

const date = z.string().describe('ISO date.');

/** What parties see of a receivable, and others as far as fields were disclosed to them: what is hidden is absent. */
export const receivableView = registryReceivableView.extend({
  number: z.string().optional().describe("The invoice's."),
  issueDate: date.optional(),
  dueDate: date.optional().describe('Confirmed, else invoiced.'),
  amount: moneyView.optional().describe('Payable as invoiced.'),
  confirmed: moneyView.optional().describe('What the obligor undertook to pay.'),
  outstanding: moneyView
    .optional()
    .describe(
      'What was confirmed, or what the invoice bills less what is credited (as far as the confirmation lets that count) if that is less; then less what was paid. Absent of what was split, voided or written off.',
    ),
  payTo: z
    .object({ id: z.string().optional(), scheme: z.string().optional(), name: z.string().optional() })
    .optional()
    .describe(
      'Whom the invoice says to pay, where that is another than its supplier: the claim may be assigned already. Empty where no more is shown than that it says so.',
    ),
  holder: z.string().optional().describe('Short name of who holds the claim, as far as this member was told.'),
  parts: z.array(partView).describe('What it was split into.'),
  instalment: z
    .object({ n: z.int(), of: z.int(), receivables: z.array(z.string()) })
    .optional()
    .describe('Which due date of its invoice it stands for, from 1, and the receivables of all.'),
  marks: z.array(z.enum(['DISPUTED', 'DILUTED', ...RECEIVABLE_MARKS])),
  notice: z.object({ lender: z.string() }).optional().describe('Who gave this obligor notice of its claim.'),
  voidConsent: voidConsentView
    .optional()
    .describe('That the holder consents to its voiding: as it gave it, or as it lies with the obligor.'),
  payments: z.array(paymentView),
  creditNotes: z.array(creditNoteView),
  disputes: z.array(disputeView),
  lateness: z
    .array(latenessView)
    .describe('That it is overdue, in default or written off, as its payee or lender said.'),
  registrations: z.array(registrationView).describe('Elsewhere, in the order in which they were said.'),
  disclosed: z
    .array(z.object({ path: z.string(), value: z.string() }))
    .optional()
    .describe('Where this member is no party: every field of the invoice that it was granted.'),
});
export type ReceivableView = z.output<typeof receivableView>;

/** Receivables as the API shows them to this member. */
@Injectable()
export class ReceivableViews {
  constructor(
    private readonly receivables: Receivables,
    private readonly access: ReceivableAccess,
    private readonly fields: CommittedFields,
    private readonly documents: ReceivableDocuments,
    private readonly undertakings: Undertakings,
    private readonly debts: Debts,
    private readonly statements: Statements,
    private readonly notices: Notices,
    private readonly parts: PartViews,
    private readonly registrations: Registrations,
    private readonly members: Members,
    private readonly misdirected: Misdirected,
    private readonly voidConsents: VoidConsentViews,
  ) {}

  /** Throws RECEIVABLE_UNKNOWN, RECEIVABLE_NOT_DISCLOSED. */
  async get(id: Hex): Promise<ReceivableView> {
    return this.of(await this.disclosed(id));
  }

  /** The receivable, if this member may see something of it. Throws RECEIVABLE_UNKNOWN, RECEIVABLE_NOT_DISCLOSED. */
  async disclosed(id: Hex): Promise<Receivable> {
    const receivable = await this.receivables.get(id);
    await this.access.require(receivable);
    return receivable;
  }

  /** As far as this member may see it; the caller has checked that it may. */
  async of(receivable: Receivable): Promise<ReceivableView> {
    const { id, commitment } = receivable;
    const [encumbrance, nameOf, known, facts, terms, payments, creditNotes, disputes, lateness] = await Promise.all([
      this.receivables.encumbranceOn(id),
      this.names(),
      this.fields.of([{ root: commitment, object: id }]),
      this.documents.find(id),
      this.undertakings.of(receivable),
      this.statements.payments(receivable),
      this.statements.creditNotes(receivable),
      this.statements.disputes(receivable),
      this.statements.lateness(receivable),
    ]);
    const invoice = known.get(commitment);
    const astray = await this.misdirected.among(receivable, payments);
    const party = await this.access.isParty(receivable);
    const notice = encumbrance && (await this.notices.of(encumbrance));
    // After what is shown, so that nobody sees a credit note before what it does, or after.
    const owed = terms && isOwed(receivable) && (await this.debts.after(receivable, { terms, payments, creditNotes }));
    const left = owed ? owed.toFixed(minorUnits(terms.currency)) : undefined;
    return {
      ...toRegistryView(receivable, encumbrance, nameOf),
      ...shownOf(invoice),
      dueDate: terms?.dueDate ?? invoice?.get('/dueDate'),
      confirmed: terms && { amount: terms.amount, currency: terms.currency },
      outstanding: left === undefined ? undefined : { amount: left, currency: terms!.currency },
      holder: await this.parts.holderOf(receivable, nameOf),
      parts: await this.parts.of(receivable, nameOf),
      instalment: facts && (await this.instalmentOf(facts)),
      marks: [
        ...(receivable.openDisputes ? ['DISPUTED' as const] : []),
        ...(creditNotes.length ? ['DILUTED' as const] : []),
        ...receivable.marks,
      ],
      voidConsent: await this.voidConsents.of(receivable),
      notice: notice && { lender: nameOf(notice.lender) },
      payments: payments.map((payment) => toPaymentView(id, payment, astray)),
      creditNotes: creditNotes.map((creditNote) => toCreditNoteView(id, creditNote)),
      disputes: disputes.map((dispute) => toDisputeView(id, dispute)),
      lateness: lateness.map((each) => toLatenessView(id, each)),
      registrations: await this.registrations.of(receivable),
      ...(!party && invoice && { disclosed: shownFields(invoice) }),
    };
  }

  /** Short names of all members, by number. */
  names(): Promise<NameOf> {
    return this.members.names();
  }

  private async instalmentOf(facts: ReceivableDocumentFacts): Promise<ReceivableView['instalment']> {
    const { counterparty, numberKey, issueDate, instalment, instalments } = facts;
    if (instalments === 1) return undefined;
    const all = await this.documents.ofInvoice(counterparty, numberKey, issueDate);
    return { n: instalment + 1, of: instalments, receivables: all.map(({ receivable }) => receivable) };
  }
}

/** What was split is owed as its parts are, and what was voided as its successor is; on what was written off nothing can be paid any more. */
const isOwed = ({ status }: Receivable): boolean => !['SPLIT', 'VOID', 'WRITTEN_OFF'].includes(status);

function shownOf(fields: DocumentFields | undefined) {
  const [amount, currency] = [fields?.get('/amount'), fields?.get('/currency')];
  return {
    number: fields?.get('/number'),
    issueDate: fields?.get('/issueDate'),
    amount: amount && currency ? { amount, currency } : undefined,
    payTo: otherPayee(fields),
  };
}
