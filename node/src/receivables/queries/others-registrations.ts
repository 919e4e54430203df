import { Injectable } from '@nestjs/common';
import { Keyring } from '../../chain/index.js';
import type { Hex } from '../../kernel/hex.js';
import { ReceivableLogStore } from '../storage/receivable-log.store.js';

/**
 * Registrations elsewhere that others told this member of: a lender's names, in a public register, who finances the claim (rule 9). Such a
 * one is its maker's to show, and nobody else's.
 */
@Injectable()
export class OthersRegistrations {
  constructor(
    private readonly log: ReceivableLogStore,
    private readonly keyring: Keyring,
  ) {}

  /** Roots of those on these receivables; of orders there are none. */
  async on(objects: readonly Hex[]): Promise<ReadonlySet<Hex>> {
    const said = await this.log.statements([...new Set(objects)]);
    const others = said.filter(
      ({ kind, receivable, by }) => kind === 'REGISTRATION' && by !== this.keyring.oneTime(receivable).address,
    );
    return new Set(others.map(({ commitment }) => commitment));
  }
}
