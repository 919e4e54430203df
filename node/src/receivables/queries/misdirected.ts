import { Injectable } from '@nestjs/common';
import { Keyring } from '../../chain/index.js';
import type { Hex } from '../../kernel/hex.js';
import { Members } from '../../members/index.js';
import type { Encumbrance, Receivable } from '../domain/receivable.js';
import type { EventPlace } from '../storage/event-place.js';
import { Notices } from '../storage/notices.js';
import { Receivables } from './receivables.js';
import type { SaidPayment } from './statements.js';

/** Payments that went to another than the lender to whom they were due: its notice had been acknowledged. None that was withdrawn. */
@Injectable()
export class Misdirected {
  constructor(
    private readonly receivables: Receivables,
    private readonly notices: Notices,
    private readonly members: Members,
    private readonly keyring: Keyring,
  ) {}

  /** Their roots, as far as this member knows whom to pay: the obligor and the lender do. */
  async among(receivable: Receivable, payments: readonly SaidPayment[]): Promise<ReadonlySet<Hex>> {
    if (payments.length === 0) return new Set();
    const claims = (await this.receivables.encumbranceHistory(receivable.id)).filter(
      ({ acknowledged }) => acknowledged,
    );
    const named = await Promise.all(claims.map(async (claim) => ({ claim, lender: await this.lenderOf(claim) })));
    const astray = payments.filter(({ fields, at, withdrawn }) => {
      if (withdrawn) return false;
      const due = named.find(({ claim }) => ranAt(claim, at))?.lender;
      const paidTo = fields?.get('/paidTo');
      return due !== undefined && paidTo !== undefined && paidTo !== due;
    });
    return new Set(astray.map(({ root }) => root));
  }

  /** Short name of who acts under the lender's one-time account; undefined where that is not known here. */
  private async lenderOf({ object, lender }: Encumbrance): Promise<string | undefined> {
    if (this.keyring.oneTime(object).address === lender) return (await this.members.self()).name;
    const member = await this.notices.lenderBehind(object, lender);
    return member === undefined ? undefined : (await this.members.byId(member)).name;
  }
}

/** Whether payment was due to the lender when the payment was claimed. */
function ranAt({ acknowledged, ended }: Encumbrance, { block, log }: EventPlace): boolean {
  const before = (event: { block: number; logIndex: number }): boolean =>
    event.block < block || (event.block === block && event.logIndex < log);
  return acknowledged !== null && before(acknowledged) && !(ended && before(ended));
}
