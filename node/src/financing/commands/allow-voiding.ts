import { Injectable } from '@nestjs/common';
import { Exchange } from '../../exchange/index.js';
import { Keyring } from '../../chain/index.js';
import { IndexHead } from '../../indexer/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { Orders } from '../../orders/index.js';
import { NO_SUCCESSOR, voidDetails } from '../../receivables/domain/consent-details.js';
import { requireAct } from '../../receivables/domain/require-act.js';
import { ConsentDesk, GivenConsents, type LenderVoidConsentBody, Receivables } from '../../receivables/index.js';
import { Positions } from '../queries/positions.js';
import { FinancingStore } from '../storage/financing.store.js';
import { LenderActs } from './lender-acts.js';

const CONSENT_SECONDS = 30 * 86_400;

/** A lender with a claim on an order consents that a receivable born from it be voided, which its claim reaches (rule 3). */
@Injectable()
export class AllowVoiding {
  constructor(
    private readonly acts: LenderActs,
    private readonly receivables: Receivables,
    private readonly orders: Orders,
    private readonly store: FinancingStore,
    private readonly positions: Positions,
    private readonly consents: ConsentDesk,
    private readonly given: GivenConsents,
    private readonly keyring: Keyring,
    private readonly exchange: Exchange,
    private readonly head: IndexHead,
  ) {}

  /**
   * The consent goes to the holder, whose own to the obligor carries it on; whose it is only its holder learns. Refuses with
   * FINANCING_INVALID_TRANSITION unless the claim runs, ENCUMBRANCE_NOT_OF_LINEAGE unless it is on an order that the receivable was
   * born from, RECEIVABLE_INVALID_TRANSITION for what has ended, RECEIVABLE_ALREADY_ENCUMBERED while a lender has a claim on that or this one
   * offers one: the consent would outlive the financing (ADR 0056).
   */
  async run(id: Hex, of: Hex, successor: Hex = NO_SUCCESSOR): Promise<void> {
    const { financing } = await this.acts.begin(id, 'allowVoiding');
    const { object: order, onOrder, holder } = financing;
    const receivable = await this.receivables.get(of);
    if (!onOrder || !receivable.orders.includes(order)) {
      const facts = { order, receivable: of };
      throw CONTRACT_PROBLEMS.EncumbranceNotOfLineage('the claim is on no order that this was born from', facts);
    }
    requireAct(receivable, 'void', receivable.obligor);
    await this.given.lock(order);
    await this.requireNotFinanced(of);
    const { coverVersion } = await this.orders.get(order);
    const consent = await this.consents.give(
      this.keyring.oneTime(order),
      { object: order, act: 'VOID', details: voidDetails(of, successor) },
      { deadline: this.head.current().timestamp + CONSENT_SECONDS, coverVersion },
    );
    await this.given.keep({ object: order, act: 'VOID', regarding: of, ...consent });
    const body = { successor, lender: { object: order, consent } } satisfies LenderVoidConsentBody;
    await this.exchange.send({ to: holder, type: 'receivable.lender-void-consent', object: of, body });
  }

  private async requireNotFinanced(receivable: Hex): Promise<void> {
    const own = await Promise.all((await this.store.of([receivable])).map((each) => this.positions.of(each)));
    const offered = own.find(({ financing, status }) => financing.side === 'LENDER' && status === 'OFFERED');
    const claim = await this.receivables.encumbranceOn(receivable);
    if (!claim && !offered) return;
    const facts = { receivable, state: claim?.state ?? 'NONE' };
    const detail = claim
      ? `it is ${claim.state} to a lender`
      : `the offer of financing ${offered!.financing.id} stands`;
    throw CONTRACT_PROBLEMS.ReceivableAlreadyEncumbered(detail, facts);
  }
}
