import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import type { LenderConsent, SignedConsent } from '../../receivables/domain/signed-consent.js';

/** Consents to changes of orders that lenders with a claim on them sent to this member, a side of the order. */
@Injectable()
export class ChangeConsents {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** `root` is the proposed version's. A lender's later one takes the place of an earlier one. */
  async keep(order: Hex, root: Hex, { object, consent }: LenderConsent): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO order_change_consents (order_id, object, root, consent) VALUES ($1, $2, $3, $4)
       ON CONFLICT (order_id, object) DO UPDATE SET root = EXCLUDED.root, consent = EXCLUDED.consent`,
      [toBytes(order), toBytes(object), toBytes(root), JSON.stringify(consent)],
    );
  }

  /** Those to just this version. */
  async of(order: Hex, root: Hex): Promise<LenderConsent[]> {
    const rows = await this.unitOfWork.manager.query<{ object: Buffer; consent: SignedConsent }[]>(
      'SELECT object, consent FROM order_change_consents WHERE order_id = $1 AND root = $2',
      [toBytes(order), toBytes(root)],
    );
    return rows.map(({ object, consent }) => ({ object: toHex(object), consent }));
  }
}
