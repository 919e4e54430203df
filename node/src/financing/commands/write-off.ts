import { Injectable } from '@nestjs/common';
import { Keyring } from '../../chain/index.js';
import { IndexHead } from '../../indexer/index.js';
import { hashWords } from '../../kernel/abi-words.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { Orders } from '../../orders/index.js';
import { ConsentDesk, type Encumbrance, ReceivableDesk, Receivables } from '../../receivables/index.js';
import type { YieldingConsent } from '../domain/financing.js';
import type { FinancingAnswer } from './agree.js';
import { EncumbranceGuard } from './encumbrance-guard.js';
import { FinancingPapers } from './financing-papers.js';
import { LenderActs } from './lender-acts.js';
import { StatementActs } from './statement-acts.js';

/** A consent is spent in the transaction that carries it. */
const CONSENT_SECONDS = 86_400;

/** The lender gives a claim of its own up as lost: the receivable ends. */
@Injectable()
export class WriteOff {
  constructor(
    private readonly acts: LenderActs,
    private readonly papers: FinancingPapers,
    private readonly statements: StatementActs,
    private readonly receivables: Receivables,
    private readonly orders: Orders,
    private readonly guard: EncumbranceGuard,
    private readonly consents: ConsentDesk,
    private readonly keyring: Keyring,
    private readonly desk: ReceivableDesk,
    private readonly head: IndexHead,
  ) {}

  /**
   * Refuses with ENCUMBRANCE_ON_ORDER, ENCUMBRANCE_INVALID_TRANSITION for what is pledged and so the holder's still,
   * ORDER_ALREADY_ENCUMBERED when another lender's claim on an order reaches it, FINANCING_INVALID_TRANSITION unless it is
   * OVERDUE or RECOURSE_CALLED.
   */
  async run(id: Hex, reason: string): Promise<FinancingAnswer> {
    const position = await this.acts.begin(id, 'writeOff');
    const { financing, encumbrance, account } = position;
    const { object, onOrder } = financing;
    if (onOrder) throw CONTRACT_PROBLEMS.EncumbranceOnOrder('only a receivable is written off', { order: object });
    const { state, kind } = encumbrance!;
    if (kind === 'PLEDGE') {
      const facts = { object, from: state, to: 'NONE' };
      throw CONTRACT_PROBLEMS.EncumbranceInvalidTransition('what is pledged is its holder’s to lose', facts);
    }
    const { content, root, seed } = await this.papers.write(position, 'WRITE_OFF', { financing: id, reason });
    const submission = await this.desk.submit({
      act: 'writeOff',
      object,
      fn: 'writeOff',
      args: [object, root, await this.ownConsents(object, root)],
      account,
    });
    await this.statements.tell(position, 'financing.write-off', { content, seed }, submission);
    return { id, submission };
  }

  /** This lender's own claims on orders that the receivable was born from consent. */
  private async ownConsents(receivable: Hex, root: Hex): Promise<YieldingConsent[]> {
    const { orders } = await this.receivables.get(receivable);
    const isOwn = ({ object, lender }: Encumbrance) => lender === this.keyring.oneTime(object).address;
    const claims = await this.guard.requireAbove(orders, isOwn);
    const found = await this.orders.findMany(claims.map(({ object }) => object));
    const deadline = this.head.current().timestamp + CONSENT_SECONDS;
    const consents = claims.map(async ({ object }): Promise<YieldingConsent> => {
      const { coverVersion } = found.find(({ id }) => id === object)!;
      const to = { object, act: 'WRITE_OFF', details: hashWords(receivable, root) } as const;
      const given = { deadline, coverVersion };
      return { object, consent: await this.consents.give(this.keyring.oneTime(object), to, given) };
    });
    return Promise.all(consents);
  }
}
