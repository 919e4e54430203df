import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Hex, toHex } from '../../kernel/hex.js';
import { BatchedOrders, Orders } from '../../orders/index.js';
import type { Matter } from '../../policies/index.js';
import {
  ReceivableLogStore,
  Receivables,
  SplitStore,
  type VoidConsent,
  VoidConsents,
} from '../../receivables/index.js';
import { voidConsentMissing } from '../../receivables/domain/problems.js';
import { FinancingStore } from '../storage/financing.store.js';

/** The entry of a receivable's log that a command is about by its number. */
const ENTRY = /\/(payments|disputes)\/(\d+)\//;

/** The command that makes an offer says all of it, and puts it in the place of the one before. */
const OFFERS = /\/offer(\?|$)/;

/** The command that takes a holder's consent up. */
const VOIDS = /\/voiding(\?|$)/;

/** What lies on financings, receivables, orders and batches of them for commands about these to take up. */
@Injectable()
export class KnownMatters {
  constructor(
    private readonly store: FinancingStore,
    private readonly receivables: Receivables,
    private readonly log: ReceivableLogStore,
    private readonly splits: SplitStore,
    private readonly voidConsents: VoidConsents,
    private readonly orders: Orders,
    private readonly batched: BatchedOrders,
  ) {}

  /**
   * Whatever its state: what was taken up already stays, so that taking it up changes nothing here. Refuses with
   * VOID_CONSENT_MISSING a voiding to which no consent lies here.
   */
  async of(id: Hex, url: string): Promise<readonly Matter[]> {
    const financing = await this.store.find(id);
    if (financing) return financing.offer && !OFFERS.test(url) ? [matter('OFFER', financing.offer.root)] : [];
    const [order] = await this.orders.findMany([id]);
    if (order) {
      const change = await this.orders.pendingChange(order);
      return [matter('ORDER', order.commitment), ...(change ? [matter('CHANGE', change.commitment)] : [])];
    }
    return [...(await this.onReceivable(id, url)), ...(await this.offeredParts(id)), ...(await this.inBatch(id))];
  }

  private async onReceivable(id: Hex, url: string): Promise<Matter[]> {
    const receivable = await this.receivables.find(id);
    if (!receivable) return [];
    const notice = (await this.receivables.encumbranceOn(id))?.notice;
    return [
      matter('INVOICE', receivable.commitment),
      ...(notice ? [matter('NOTICE', notice)] : []),
      ...(await this.voiding(id, url)),
      ...(await this.entry(id, url)),
    ];
  }

  private async voiding(id: Hex, url: string): Promise<Matter[]> {
    if (!VOIDS.test(url)) return [];
    const consent = await this.voidConsents.of(id);
    if (consent) return [matter('VOID_CONSENT', hashOf(contentOf(consent)))];
    throw voidConsentMissing('the holder has sent no consent to void it that stands', { receivable: id });
  }

  private async entry(id: Hex, url: string): Promise<Matter[]> {
    const [, list, number] = ENTRY.exec(url) ?? [];
    if (list === undefined) return [];
    const said = list === 'payments' ? await this.log.payments([id]) : await this.log.disputes([id]);
    const what = list === 'payments' ? 'PAYMENT' : 'DISPUTE';
    return said.filter(({ entry }) => entry === Number(number)).map(({ commitment }) => matter(what, commitment));
  }

  /** By the id of what is split, or of a part. */
  private async offeredParts(id: Hex): Promise<Matter[]> {
    const offered = (await this.splits.about(id)).filter(({ side }) => side === 'NEW_HOLDER');
    return offered.map((split) => matter('SPLIT', split.id));
  }

  private async inBatch(root: Hex): Promise<Matter[]> {
    const read = await this.batched.read(root);
    if (read.length === 0) return [];
    return [{ what: 'DOCUMENTS', root: hashOf(read), count: read.length }];
  }
}

const hashOf = (lines: readonly string[]): Hex => toHex(createHash('sha256').update(lines.join('\n')).digest());

/** In favour of whom, and past whose claims: signatures are new each time that the same is consented to. */
const contentOf = ({ successor, lenders }: VoidConsent): string[] => [
  successor,
  ...lenders.map(({ object, consent }) => `${object} ${consent.signer}`).sort(),
];

const matter = (what: Matter['what'], root: Hex): Matter => ({ what, root });
