import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Lookup, UnitOfWork } from '../../database/index.js';
import { IndexHead } from '../../indexer/index.js';
import { timeOf } from '../../kernel/block-time.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import { NO_SUCCESSOR } from '../domain/consent-details.js';
import type { Receivable } from '../domain/receivable.js';
import { RECEIVABLE_TRANSITIONS } from '../domain/states.js';
import { STANDS } from '../storage/void-consents.js';

export const voidConsentView = z.object({
  successor: z
    .string()
    .nullable()
    .describe('Id of the one receivable that may then take its fingerprints; null for none.'),
  until: z.iso.datetime().describe('Block time until which it can be voided by it.'),
});
export type VoidConsentView = z.output<typeof voidConsentView>;

interface Row {
  readonly receivable: Hex;
  readonly successor: Hex;
  readonly deadline: number;
}

/** Consents to void that stand: those that this member gave as holder, and those that lie with it as obligor. */
@Injectable()
export class VoidConsentViews {
  private readonly standing = new Lookup<Hex, Row>(
    async (receivables) => {
      const rows = await this.unitOfWork.manager.query<{ receivable: Buffer; successor: Buffer; deadline: string }[]>(
        `SELECT receivable, successor, (consent ->> 'deadline')::int8 AS deadline FROM receivable_void_consents c
         WHERE receivable = ANY($1) AND ${STANDS}
         UNION ALL SELECT object, regarding, deadline FROM given_consents WHERE object = ANY($1) AND act = 'VOID'
         ORDER BY deadline`,
        [receivables.map(toBytes)],
      );
      return rows.map(({ receivable, successor, deadline }) => {
        return { receivable: toHex(receivable), successor: toHex(successor), deadline: Number(deadline) };
      });
    },
    ({ receivable }) => receivable,
  );

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly head: IndexHead,
  ) {}

  /** Undefined where none could be used. */
  async of({ id, status }: Receivable): Promise<VoidConsentView | undefined> {
    const from: readonly string[] = RECEIVABLE_TRANSITIONS.void.from;
    if (!from.includes(status)) return undefined;
    const last = (await this.standing.of([id])).at(-1);
    if (!last || last.deadline < this.head.current().timestamp) return undefined;
    return { successor: last.successor === NO_SUCCESSOR ? null : last.successor, until: timeOf(last.deadline) };
  }
}
