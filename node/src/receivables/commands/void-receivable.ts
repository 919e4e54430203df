import { Injectable } from '@nestjs/common';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { Orders } from '../../orders/index.js';
import { voidConsentMissing } from '../domain/problems.js';
import type { LenderConsent } from '../domain/signed-consent.js';
import { requireNoClaim } from '../queries/no-claim.js';
import { Receivables } from '../queries/receivables.js';
import { VoidConsents } from '../storage/void-consents.js';
import { type ReceivableAnswer, ReceivableDesk } from './receivable-desk.js';

/** The obligor voids a receivable that its holder consented to void. */
@Injectable()
export class VoidReceivable {
  constructor(
    private readonly desk: ReceivableDesk,
    private readonly receivables: Receivables,
    private readonly orders: Orders,
    private readonly consents: VoidConsents,
  ) {}

  /**
   * Refuses with VOID_CONSENT_MISSING, RECEIVABLE_ALREADY_ENCUMBERED, ORDER_ALREADY_ENCUMBERED without the consent of a lender whose
   * claim on an order reaches it (rule 3), CONSENT_STALE when cover fell since a consent.
   */
  async run(id: Hex): Promise<ReceivableAnswer> {
    const { receivable } = await this.desk.begin(id, 'void');
    const kept = await this.consents.of(id);
    const lenders = await requireNoClaim(this.receivables, receivable, kept?.lenders);
    if (!kept) throw voidConsentMissing('the holder has sent no consent to void it that stands', { receivable: id });
    const current = await this.receivables.coverVersion(receivable);
    if (kept.consent.coverVersion !== current) {
      throw CONTRACT_PROBLEMS.ConsentStale('the holder’s consent is older than what lowered the cover since', {
        given: kept.consent.coverVersion,
        current,
      });
    }
    await this.requireFresh(lenders);
    const act = 'voidReceivable';
    const submission = await this.desk.submit({
      act,
      object: id,
      fn: act,
      args: [id, kept.successor, kept.consent, lenders],
    });
    return { id, submission };
  }

  private async requireFresh(lenders: readonly LenderConsent[]): Promise<void> {
    for (const { object, consent } of lenders) {
      const { coverVersion: current } = await this.orders.get(object);
      if (consent.coverVersion === current) continue;
      const facts = { order: object, given: consent.coverVersion, current };
      throw CONTRACT_PROBLEMS.ConsentStale(
        'a lender’s consent is older than what lowered the order’s cover since',
        facts,
      );
    }
  }
}
