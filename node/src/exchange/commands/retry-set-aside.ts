import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/index.js';
import { Problem } from '../../kernel/problem.js';
import { Members } from '../../members/index.js';
import { decodeSigned } from '../domain/open.js';
import { envelopeNotNow, IN_PARTS } from '../domain/problems.js';
import { envelopeNotSetAside, parseSetAsideId } from '../domain/set-aside-id.js';
import { Dispatch } from '../receiving/dispatch.js';
import { EnvelopeHandlers } from '../receiving/handlers.js';
import { Courier } from '../sending/courier.js';
import { Inbox } from '../storage/inbox.js';
import { Outbox } from '../storage/outbox.js';

/** Tries an envelope that was set aside again, after its operator did something about the reason. */
@Injectable()
export class RetrySetAside {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly inbox: Inbox,
    private readonly outbox: Outbox,
    private readonly dispatch: Dispatch,
    private readonly members: Members,
    private readonly courier: Courier,
    private readonly handlers: EnvelopeHandlers,
  ) {}

  /**
   * IN: handles it now, within the current unit of work, and refuses with what the handler refuses with. OUT: delivers
   * it for another period. Problems: ENVELOPE_NOT_SET_ASIDE, ENVELOPE_NOT_NOW.
   */
  async retry(id: string): Promise<void> {
    const { direction, seq } = parseSetAsideId(id);
    if (direction === 'OUT') {
      if (!(await this.outbox.retry(seq))) throw envelopeNotSetAside('it is not set aside', { id });
      this.unitOfWork.afterCommit(() => this.courier.wake());
      return;
    }
    const arrival = await this.inbox.takeSetAside(seq);
    if (!arrival) throw envelopeNotSetAside('it is not set aside', { id });
    const envelope = decodeSigned(this.inbox.read(arrival));
    // Its signature was checked when it arrived; its signer's key may have been revoked since, which undoes nothing (rule 7).
    try {
      await this.dispatch.dispatch(envelope, await this.members.byId(arrival.from));
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== IN_PARTS) throw error;
      throw envelopeNotNow('its sender, who was told that it was set aside, sends it in no other form', { id });
    }
    // When it came, this node may not have known its type, nor so what it carries.
    await this.inbox.settle(seq, 'HANDLED', this.handlers.carriedBy(envelope));
  }
}
