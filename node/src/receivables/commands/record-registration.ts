import { Injectable } from '@nestjs/common';
import { Keyring } from '../../chain/index.js';
import { makeStatement } from '../../documents/index.js';
import { Exchange } from '../../exchange/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import type { Registration } from '../domain/registration.js';
import { LineageSources } from '../queries/lineage-sources.js';
import { Receivables } from '../queries/receivables.js';
import type { StatementBody } from './envelopes.js';
import { Papers, subjectOf } from './papers.js';
import { type ReceivableAnswer, ReceivableDesk } from './receivable-desk.js';

/** Who holds a receivable, or lends on it, says where else it is registered: evidence, in the order in which it was said. */
@Injectable()
export class RecordRegistration {
  constructor(
    private readonly desk: ReceivableDesk,
    private readonly receivables: Receivables,
    private readonly keyring: Keyring,
    private readonly papers: Papers,
    private readonly sources: LineageSources,
    private readonly exchange: Exchange,
  ) {}

  /**
   * Answers the registration's root as its id. Refuses with REGISTRATION_UNAUTHORIZED. The holder's lenders are shown it with its
   * other evidence; a lender tells its holder.
   */
  async run(id: Hex, registration: Registration): Promise<ReceivableAnswer> {
    const { receivable } = await this.desk.begin(id, 'recordRegistration');
    const account = this.keyring.oneTime(id).address;
    const lender = (await this.receivables.encumbranceOn(id))?.lender;
    if (account !== receivable.holder && account !== lender) {
      throw CONTRACT_PROBLEMS.RegistrationUnauthorized('this member neither holds it nor has a claim on it', {
        receivable: id,
      });
    }
    const content = { ...registration };
    const { root, seed } = await this.papers.write(subjectOf(receivable), makeStatement('REGISTRATION', content));
    const act = 'recordRegistration';
    const submission = await this.desk.submit({ act, object: id, fn: act, args: [id, root], account });
    const body = { content, seed } satisfies StatementBody;
    for (const to of await this.sources.holdersOf([id])) {
      await this.exchange.send({ to, type: 'registration.document', object: id, body, after: submission });
    }
    return { id: root, submission };
  }
}
