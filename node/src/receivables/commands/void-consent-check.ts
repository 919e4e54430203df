import { Injectable } from '@nestjs/common';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { voidDetails } from '../domain/consent-details.js';
import type { Receivable } from '../domain/receivable.js';
import type { LenderConsent } from '../domain/signed-consent.js';
import { Receivables } from '../queries/receivables.js';
import { ConsentDesk } from './consent-desk.js';

/** Whether lenders' consents to a voiding count. */
@Injectable()
export class VoidConsentCheck {
  constructor(
    private readonly receivables: Receivables,
    private readonly consents: ConsentDesk,
  ) {}

  /** Those of lenders whose claims on its orders run. A claim may have ended since its lender consented, which is nobody's fault. */
  async running({ orders }: Receivable, consents: readonly LenderConsent[]): Promise<LenderConsent[]> {
    const claims = consents.length > 0 ? await this.receivables.encumbrancesOn(orders) : [];
    return consents.filter(({ object, consent }) =>
      claims.some((claim) => claim.object === object && claim.lender === consent.signer),
    );
  }

  /** Refuses with ENCUMBRANCE_NOT_OF_LINEAGE, CONSENT_WRONG_SIGNER unless its claim on the order runs, CONSENT_INVALID_SIGNATURE. */
  async ofLender({ id, orders }: Receivable, successor: Hex, { object, consent }: LenderConsent): Promise<void> {
    if (!orders.includes(object)) {
      const facts = { order: object, receivable: id };
      throw CONTRACT_PROBLEMS.EncumbranceNotOfLineage('the receivable was not born from this order', facts);
    }
    const [claim] = await this.receivables.encumbrancesOn([object]);
    if (claim?.lender !== consent.signer) {
      throw CONTRACT_PROBLEMS.ConsentWrongSigner('the signer has no claim on the order', { order: object });
    }
    this.consents.require({ object, act: 'VOID', details: voidDetails(id, successor) }, consent);
  }
}
