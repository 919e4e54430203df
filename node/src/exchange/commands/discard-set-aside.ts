import { Injectable } from '@nestjs/common';
import { envelopeNotSetAside, parseSetAsideId } from '../domain/set-aside-id.js';
import { Inbox } from '../storage/inbox.js';
import { Outbox } from '../storage/outbox.js';

/** Gives an envelope up that was set aside: its content is deleted, that it came or went is not. */
@Injectable()
export class DiscardSetAside {
  constructor(
    private readonly inbox: Inbox,
    private readonly outbox: Outbox,
  ) {}

  /** Problem: ENVELOPE_NOT_SET_ASIDE. */
  async discard(id: string): Promise<void> {
    const { direction, seq } = parseSetAsideId(id);
    const found = direction === 'OUT' ? await this.outbox.discard(seq) : await this.discardArrival(seq);
    if (!found) throw envelopeNotSetAside('it is not set aside', { id });
  }

  private async discardArrival(seq: number): Promise<boolean> {
    if (!(await this.inbox.takeSetAside(seq))) return false;
    await this.inbox.settle(seq, 'DISCARDED');
    return true;
  }
}
