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

/** SQL condition that the consent of a row `c` of receivable_void_consents was not taken back, as of the index. */
export const STANDS = `NOT EXISTS (SELECT FROM chain_cancelled_nonces n
  WHERE n.signer = decode(substr(c.consent ->> 'signer', 3), 'hex') AND n.nonce = decode(substr(c.consent ->> 'nonce', 3), 'hex'))`;

/** Consents to void that holders sent to this member as obligor. */
@Injectable()
export class VoidConsents {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** A later one takes the place of an earlier one, whichever arrives first, and any the place of one that was taken back. */
  async keep({ receivable, successor, consent, lenders }: VoidConsent): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO receivable_void_consents AS c (receivable, successor, consent, lenders) VALUES ($1, $2, $3, $4)
       ON CONFLICT (receivable) DO UPDATE
       SET successor = EXCLUDED.successor, consent = EXCLUDED.consent, lenders = EXCLUDED.lenders
       WHERE (EXCLUDED.consent ->> 'deadline')::int8 >= (c.consent ->> 'deadline')::int8 OR NOT ${STANDS}`,
      [toBytes(receivable), toBytes(successor), JSON.stringify(consent), JSON.stringify(lenders)],
    );
  }

  /** One that its signer took back on chain is none. */
  async of(receivable: Hex): Promise<VoidConsent | undefined> {
    const [row] = await this.unitOfWork.manager.query<Row[]>(
      `SELECT successor, consent, lenders FROM receivable_void_consents c WHERE receivable = $1 AND ${STANDS}`,
      [toBytes(receivable)],
    );
    return row && { receivable, successor: toHex(row.successor), consent: row.consent, lenders: row.lenders };
  }
}
