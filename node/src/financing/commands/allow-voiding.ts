import { Injectable } from '@nestjs/common';
import { Exchange } from '../../exchange/index.js';
import { Keyring } from '../../chain/index.js';
import { IndexHead } from '../../indexer/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { Orders } from '../../orders/index.js';
import type { LenderVoidConsentBody } from '../../receivables/commands/envelopes.js';
import { NO_SUCCESSOR, voidDetails } from '../../receivables/domain/consent-details.js';
import { requireAct } from '../../receivables/domain/require-act.js';
import { ConsentDesk, Receivables } from '../../receivables/index.js';
import { LenderActs } from './lender-acts.js';

const CONSENT_SECONDS = 30 * 86_400;

/** A lender with a claim on an order consents that a receivable born from it be voided, which its claim reaches (rule 3). */
@Injectable()
export class AllowVoiding {
  constructor(
    private readonly acts: LenderActs,
    private readonly receivables: Receivables,
    private readonly orders: Orders,
    private readonly consents: ConsentDesk,
    private readonly keyring: Keyring,
    private readonly exchange: Exchange,
    private readonly head: IndexHead,
  ) {}

  /**
   * The consent goes to the holder, whose own to the obligor carries it on; whose it is only its holder learns. Refuses with
   * FINANCING_INVALID_TRANSITION unless the claim runs, ENCUMBRANCE_NOT_OF_LINEAGE unless it is on an order that the receivable was
   * born from, RECEIVABLE_INVALID_TRANSITION for what has ended.
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
    const { coverVersion } = await this.orders.get(order);
    const consent = await this.consents.give(
      this.keyring.oneTime(order),
      { object: order, act: 'VOID', details: voidDetails(of, successor) },
      { deadline: this.head.current().timestamp + CONSENT_SECONDS, coverVersion },
    );
    const body = { successor, lender: { object: order, consent } } satisfies LenderVoidConsentBody;
    await this.exchange.send({ to: holder, type: 'receivable.lender-void-consent', object: of, body });
  }
}
