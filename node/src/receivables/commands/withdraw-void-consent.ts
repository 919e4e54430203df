import { Injectable } from '@nestjs/common';
import type { Hex } from '../../kernel/hex.js';
import { voidConsentNotGiven } from '../domain/problems.js';
import { requireAct } from '../domain/require-act.js';
import { Receivables } from '../queries/receivables.js';
import { GivenConsents } from '../storage/given-consents.js';
import type { ReceivableAnswer } from './receivable-desk.js';
import { StandingConsents } from './standing-consents.js';

/** The holder takes its consent to a voiding back. */
@Injectable()
export class WithdrawVoidConsent {
  constructor(
    private readonly receivables: Receivables,
    private readonly given: GivenConsents,
    private readonly standing: StandingConsents,
  ) {}

  /**
   * On chain, which the obligor's node hears as all others do. The voiding may be included before it: the submission is refused then,
   * and the receivable void. Refuses with VOID_CONSENT_NOT_GIVEN, RECEIVABLE_INVALID_TRANSITION for what has ended.
   */
  async run(id: Hex): Promise<ReceivableAnswer> {
    const receivable = await this.receivables.get(id);
    requireAct(receivable, 'void', receivable.obligor);
    await this.given.lock(id);
    const submission = await this.standing.takeBack({ object: id, act: 'VOID' });
    if (submission === undefined) throw voidConsentNotGiven('there is none to take back', { receivable: id });
    return { id, submission };
  }
}
