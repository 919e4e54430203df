import { Injectable } from '@nestjs/common';
import { Keyring } from '../../chain/index.js';
import type { DisclosedDocument } from '../../documents/index.js';
import { Exchange } from '../../exchange/index.js';
import { IndexHead } from '../../indexer/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import { wholeArray } from '../../kernel/disclosure.js';
import type { Hex } from '../../kernel/hex.js';
import { changeDetails } from '../../receivables/domain/consent-details.js';
import { type ChangeConsentBody, ConsentDesk } from '../../receivables/index.js';
import { orderChangeNotShown } from '../domain/problems.js';
import { ProposedChanges } from '../queries/proposed-changes.js';
import { EvidenceStore } from '../storage/evidence.store.js';
import { LenderActs } from './lender-acts.js';

const CONSENT_SECONDS = 30 * 86_400;

/** A proposed version, and the root of what was read of it. */
export interface ReadVersion {
  readonly version: number;
  readonly commitment: Hex;
}

/** A lender consents to a version of an order that its claim rests on, without which it does not take effect (rule 3). */
@Injectable()
export class AllowChange {
  constructor(
    private readonly acts: LenderActs,
    private readonly changes: ProposedChanges,
    private readonly evidence: EvidenceStore,
    private readonly consents: ConsentDesk,
    private readonly keyring: Keyring,
    private readonly exchange: Exchange,
    private readonly head: IndexHead,
  ) {}

  /**
   * The consent goes to the holder, whose node passes it on to buyer and supplier; whose it is only its holder learns. Refuses with
   * FINANCING_INVALID_TRANSITION unless the claim runs, ENCUMBRANCE_NOT_OF_LINEAGE unless it rests on the order,
   * ORDER_CHANGE_MISSING unless just what was read awaits an answer, ORDER_CHANGE_NOT_SHOWN while its amount and lines are not
   * here to be read: of a part of a split, which stands on its own document, they never are, and need not be.
   */
  async run(id: Hex, order: Hex, { version, commitment: root }: ReadVersion): Promise<void> {
    const { financing } = await this.acts.begin(id, 'allowChange');
    const { object, holder } = financing;
    const { orders, coverVersion, ofPart } = await this.changes.behind(financing);
    if (!orders.includes(order)) {
      throw CONTRACT_PROBLEMS.EncumbranceNotOfLineage('the claim does not rest on this order', { order, object });
    }
    const { commitment: pending } = await this.changes.require(order, version);
    if (pending !== root) {
      throw CONTRACT_PROBLEMS.OrderChangeMissing('another change was proposed since', {
        order,
        pendingVersion: version,
      });
    }
    if (!ofPart && !(await this.evidence.at(id, [root])).some(isReadable)) {
      throw orderChangeNotShown(`version ${version} of the order is not here with its amount and lines`, {
        order,
        version,
      });
    }
    const consent = await this.consents.give(
      this.keyring.oneTime(object),
      { object, act: 'CHANGE', details: changeDetails(order, version, root) },
      { deadline: this.head.current().timestamp + CONSENT_SECONDS, coverVersion },
    );
    const body = { version, root, lender: { object, consent } } satisfies ChangeConsentBody;
    await this.exchange.send({ to: holder, type: 'order.change-consent', object: order, body });
  }
}

/** Whether a disclosure shows what a lender must know of an order: what it is worth, and each line. */
function isReadable({ disclosure }: DisclosedDocument): boolean {
  const fields = new Map(disclosure.fields.map(({ path, value }) => [path, value]));
  return fields.has('/amount') && fields.has('/currency') && wholeArray(fields, '/lines') !== null;
}
