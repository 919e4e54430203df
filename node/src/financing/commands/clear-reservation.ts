import { Injectable } from '@nestjs/common';
import { Keyring } from '../../chain/index.js';
import { ReceivableDesk } from '../../receivables/index.js';
import { Submissions } from '../../submissions/index.js';
import type { Position } from '../queries/positions.js';

/** The holder tells the chain that a reservation of its own lapsed: until somebody does, the chain counts it on the orders behind it. */
@Injectable()
export class ClearReservation {
  constructor(
    private readonly desk: ReceivableDesk,
    private readonly submissions: Submissions,
    private readonly keyring: Keyring,
  ) {}

  /** Nothing for a financing whose reservation runs or ended by a word on chain, or that never had one. */
  async run({ financing: { object, onOrder }, encumbrance }: Position): Promise<void> {
    if (encumbrance?.state !== 'NONE' || encumbrance.ended !== null) return;
    // Who holds a part of a split is told by no other account than the part's own.
    const { address: account } = onOrder ? this.keyring.operator : this.keyring.oneTime(object);
    // Another process of this node may have said so just before: what it sent is not indexed yet.
    if ((await this.submissions.underWay('clearLapsed', [object], account)).length > 0) return;
    const subject = onOrder ? 'order' : 'receivable';
    await this.desk.submit({ act: 'clearLapsed', object, fn: 'lapse', args: [object], account, subject });
  }
}
