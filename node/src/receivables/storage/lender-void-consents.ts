import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import type { LenderConsent, SignedConsent } from '../domain/signed-consent.js';

/** Consents to void that lenders with a claim on an order sent to this member as holder. */
@Injectable()
export class LenderVoidConsents {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** A lender's later one takes the place of an earlier one. */
  async keep(receivable: Hex, successor: Hex, { object, consent }: LenderConsent): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO receivable_lender_void_consents (receivable, object, successor, consent) VALUES ($1, $2, $3, $4)
       ON CONFLICT (receivable, object) DO UPDATE SET successor = EXCLUDED.successor, consent = EXCLUDED.consent`,
      [toBytes(receivable), toBytes(object), toBytes(successor), JSON.stringify(consent)],
    );
  }

  /** Those to voiding it in favour of just this successor. */
  async of(receivable: Hex, successor: Hex): Promise<LenderConsent[]> {
    const rows = await this.unitOfWork.manager.query<{ object: Buffer; consent: SignedConsent }[]>(
      'SELECT object, consent FROM receivable_lender_void_consents WHERE receivable = $1 AND successor = $2 ORDER BY object',
      [toBytes(receivable), toBytes(successor)],
    );
    return rows.map(({ object, consent }) => ({ object: toHex(object), consent }));
  }
}
