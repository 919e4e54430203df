import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import type { LenderConsent, SignedConsent } from '../domain/signed-consent.js';

/** A holder's consent that its receivable be voided. */
export interface VoidConsent {
  readonly receivable: Hex;
  /** Zero for none. */
  readonly successor: Hex;
  readonly consent: SignedConsent;
  /** Of lenders with claims on its orders. */
  readonly lenders: readonly LenderConsent[];
}

interface Row {
  readonly successor: Buffer;
  readonly consent: SignedConsent;
  readonly lenders: LenderConsent[];
}

/** Consents to void that holders sent to this member as obligor. */
@Injectable()
export class VoidConsents {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** A later one takes the place of an earlier one. */
  async keep({ receivable, successor, consent, lenders }: VoidConsent): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO receivable_void_consents (receivable, successor, consent, lenders) VALUES ($1, $2, $3, $4)
       ON CONFLICT (receivable) DO UPDATE
       SET successor = EXCLUDED.successor, consent = EXCLUDED.consent, lenders = EXCLUDED.lenders`,
      [toBytes(receivable), toBytes(successor), JSON.stringify(consent), JSON.stringify(lenders)],
    );
  }

  async of(receivable: Hex): Promise<VoidConsent | undefined> {
    const [row] = await this.unitOfWork.manager.query<Row[]>(
      'SELECT successor, consent, lenders FROM receivable_void_consents WHERE receivable = $1',
      [toBytes(receivable)],
    );
    return row && { receivable, successor: toHex(row.successor), consent: row.consent, lenders: row.lenders };
  }
}
