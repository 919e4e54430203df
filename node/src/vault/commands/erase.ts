import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { LookLog } from '../../audit/index.js';
import { Keyring, SignedStatements } from '../../chain/index.js';
import { DocumentVault, Excerpts } from '../../documents/index.js';
import { Exchange } from '../../exchange/index.js';
import type { Financing } from '../../financing/domain/financing.js';
import { FinancingStore } from '../../financing/index.js';
import { IdempotencyStore } from '../../http/index.js';
import { IndexHead } from '../../indexer/index.js';
import type { Hex } from '../../kernel/hex.js';
import { keccak256Hex } from '../../kernel/keccak.js';
import { Members } from '../../members/index.js';
import { OrderDocuments, Orders, Participants } from '../../orders/index.js';
import { PartHolders, ReceivableDocuments, Receivables, SignedTags } from '../../receivables/index.js';
import type { Erasure } from '../domain/erasure.js';
import { erasureNothing, erasureStillNeeded } from '../domain/problems.js';
import { Erasures } from '../storage/erasures.js';
import { StillNeeded } from './still-needed.js';

/** What is to be erased, and why. */
export interface ErasureRequest {
  readonly object: Hex;
  readonly onOrder: boolean;
  readonly reason: string;
  /** Credential of who asks. */
  readonly reader: string;
}

/**
 * Destroys this member's documents of an order or a receivable that is at its end: data keys, ciphertexts, what was kept of
 * them in the clear, the signatures by which they were checked, answers that showed them, and letters that brought them, with others too;
 * and signs that it did. It goes into the access log, whose head is on chain, so that the chain says by when it was.
 */
@Injectable()
export class Erase {
  constructor(
    private readonly needed: StillNeeded,
    private readonly vault: DocumentVault,
    private readonly excerpts: Excerpts,
    private readonly orderDocuments: OrderDocuments,
    private readonly orders: Orders,
    private readonly participants: Participants,
    private readonly receivableDocuments: ReceivableDocuments,
    private readonly receivables: Receivables,
    private readonly holders: PartHolders,
    private readonly signedTags: SignedTags,
    private readonly exchange: Exchange,
    private readonly financings: FinancingStore,
    private readonly answers: IdempotencyStore,
    private readonly members: Members,
    private readonly keyring: Keyring,
    private readonly statements: SignedStatements,
    private readonly head: IndexHead,
    private readonly log: LookLog,
    private readonly erasures: Erasures,
  ) {}

  /**
   * Refuses with ORDER_UNKNOWN, RECEIVABLE_UNKNOWN, ERASURE_STILL_NEEDED, ERASURE_NOTHING, and as {@link Members.requireLiveOperator}
   * does: what is gone cannot be signed for again, and nobody takes a revoked operator's word.
   */
  async run({ object, onOrder, reason, reader }: ErasureRequest): Promise<Erasure> {
    const { operator } = this.keyring;
    await this.members.requireLiveOperator(operator.address);
    const { number: block, timestamp: erasedAt } = this.head.current();
    await this.needed.refuse({ object, onOrder });
    const documents = [...(await this.vault.erase(object)), ...(await this.excerpts.erase(object))].sort();
    if (documents.length === 0) throw erasureNothing('nothing is kept of it', { object });
    await (onOrder ? this.orderDocuments : this.receivableDocuments).forget(object);
    await this.signedTags.forget([object]);
    const financings = await this.financings.of([object]);
    const carriers = [object, ...documents, ...financings.map(({ id }) => id)];
    await this.forgetLetters(object, onOrder, carriers, financings);
    const { name: member } = await this.members.self();
    const statement = { object, documents, reason, erasedAt, block };
    const signature = await operator.signMessage(this.statements.erasure(statement));
    const erasure = { id: randomUUID(), member, onOrder, ...statement, account: operator.address, signature };
    await this.erasures.add(erasure);
    await this.note(erasure, reader);
    // Last, as commands keep their answers last: none waits for this one while this one waits for it.
    await this.answers.forget(carriers);
    return erasure;
  }

  /** What its financings say of it goes by their ids. */
  private async forgetLetters(
    object: Hex,
    onOrder: boolean,
    carriers: readonly Hex[],
    financings: readonly Financing[],
  ): Promise<void> {
    const parties = [
      ...(await (onOrder ? this.partiesToOrder(object) : this.partiesToReceivable(object))),
      ...financings.flatMap(({ holder, lender }) => [holder, lender]),
    ];
    const letter = await this.exchange.forget(carriers, parties);
    if (letter) throw erasureStillNeeded('a letter that carries it is not delivered or is set aside', { ...letter });
  }

  /** Who was appointed once may have written meanwhile: its letter counts after that ended. */
  private async partiesToOrder(id: Hex): Promise<number[]> {
    const { buyer, supplier } = await this.orders.get(id);
    const appointed = await this.participants.of(id);
    return [buyer, supplier, ...appointed.map(({ member }) => member)];
  }

  private async partiesToReceivable(id: Hex): Promise<number[]> {
    const receivable = await this.receivables.get(id);
    const holder = await this.holders.of(receivable);
    return [receivable.supplier, receivable.obligor, ...(holder === undefined ? [] : [holder])];
  }

  private async note({ member, object, documents, block, signature }: Erasure, reader: string): Promise<void> {
    const what = {
      purpose: 'ERASURE',
      outcome: 'ERASED',
      reason: keccak256Hex(Buffer.from(signature.slice(2), 'hex')),
    };
    const none = { grant: null, seenAt: null, envelope: null, requestId: null };
    const entry = { ...what, ...none, viewer: member, reader, block, object, fields: [] };
    await this.log.take(documents.map((root) => ({ ...entry, root })));
  }
}
