import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';

/** A consent of this member that whoever was given it can use until its deadline, unless it is taken back on chain. */
export interface GivenConsent {
  readonly object: Hex;
  readonly act: 'VOID' | 'RESERVE';
  /** To void: in favour of which successor; of a lender with a claim on an order, which receivable. To reserve: the financing's id. */
  readonly regarding: Hex;
  /** The account that gave it, which alone can take it back. */
  readonly signer: Hex;
  readonly nonce: Hex;
  /** Block time in seconds. */
  readonly deadline: number;
}

/** What tells which consents are meant. */
export type GivenTo = Pick<GivenConsent, 'object' | 'act'>;

interface Row {
  readonly nonce: Buffer;
  readonly regarding: Buffer;
  readonly signer: Buffer;
  readonly deadline: string;
}

/** Consents that this member gave. All within the current unit of work. */
@Injectable()
export class GivenConsents {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Until the unit of work ends, others who give or take back consents on this object here wait. */
  async lock(object: Hex): Promise<void> {
    await this.unitOfWork.manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('consents/' || $1, 0))`, [
      object,
    ]);
  }

  async keep({ object, act, regarding, signer, nonce, deadline }: GivenConsent): Promise<void> {
    await this.unitOfWork.manager.query(
      'INSERT INTO given_consents (nonce, object, act, regarding, signer, deadline) VALUES ($1, $2, $3, $4, $5, $6)',
      [toBytes(nonce), toBytes(object), act, toBytes(regarding), toBytes(signer), deadline],
    );
  }

  /** What those regard that were neither taken back nor have run out at block time `now`; they may have been used. */
  async regarded({ object, act }: GivenTo, now: number): Promise<Hex[]> {
    const rows = await this.unitOfWork.manager.query<Pick<Row, 'regarding'>[]>(
      'SELECT DISTINCT regarding FROM given_consents WHERE object = $1 AND act = $2 AND deadline >= $3',
      [toBytes(object), act, now],
    );
    return rows.map(({ regarding }) => toHex(regarding));
  }

  /** Forgets them, and tells what they were, oldest first. */
  async take({ object, act }: GivenTo): Promise<GivenConsent[]> {
    const [rows] = await this.unitOfWork.manager.query<[Row[], number]>(
      'DELETE FROM given_consents WHERE object = $1 AND act = $2 RETURNING nonce, regarding, signer, deadline',
      [toBytes(object), act],
    );
    const taken = rows.map(({ nonce, regarding, signer, deadline }) => {
      const [by, to] = [toHex(signer), toHex(regarding)];
      return { object, act, regarding: to, signer: by, nonce: toHex(nonce), deadline: Number(deadline) };
    });
    return taken.sort((a, b) => a.deadline - b.deadline);
  }
}
