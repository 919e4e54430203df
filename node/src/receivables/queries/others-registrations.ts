import { Injectable } from '@nestjs/common';
import { Keyring } from '../../chain/index.js';
import type { Hex } from '../../kernel/hex.js';
import type { ChainStatement } from '../storage/chain-statements.js';
import { ReceivableLogStore } from '../storage/receivable-log.store.js';

/** A document by its root, and of which kind it says itself that it is. */
interface OfSomeKind {
  readonly root: Hex;
  readonly kind: string;
}

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

  /**
   * Roots of those of the documents that are such, as the logs of these receivables tell; of orders there are none. Whoever may register can
   * record any root as a registration, of an invoice or of this member's own registration too: it hides nothing by that.
   */
  async among(documents: readonly OfSomeKind[], objects: readonly Hex[]): Promise<ReadonlySet<Hex>> {
    const registrations = documents.filter(({ kind }) => kind === 'REGISTRATION');
    if (registrations.length === 0) return new Set();
    const said = (await this.log.statements([...new Set(objects)])).filter(({ kind }) => kind === 'REGISTRATION');
    const isOwn = ({ receivable, by }: ChainStatement) => by === this.keyring.oneTime(receivable).address;
    const own = new Set(said.filter(isOwn).map(({ commitment }) => commitment));
    const all = new Set(said.map(({ commitment }) => commitment));
    return new Set(registrations.map(({ root }) => root).filter((root) => all.has(root) && !own.has(root)));
  }
}
