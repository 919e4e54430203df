import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Keyring } from '../../../chain/index.js';
import { Exchange } from '../../../exchange/index.js';
import { IndexHead } from '../../../indexer/index.js';
import { CONTRACT_PROBLEMS } from '../../../kernel/contract-errors.generated.js';
import { type Hex, toHex } from '../../../kernel/hex.js';
import { minorUnits, positiveMoney } from '../../../kernel/money.js';
import { defineProblem } from '../../../kernel/problem.js';
import { type Member, Members } from '../../../members/index.js';
import type { Receivable } from '../../domain/receivable.js';
import { dividedCover, remainderOf, requireCount } from '../../domain/split/divide.js';
import { splitHolderInvalid, splitPending } from '../../domain/split/problems.js';
import { type SplitPart, written } from '../../domain/split/split.js';
import { Receivables } from '../../queries/receivables.js';
import { Splits } from '../../queries/splits.js';
import { SplitStore } from '../../storage/split.store.js';
import type { SplitOfferBody } from './envelopes.js';
import { PartsDesk } from './parts-desk.js';
import { RequestCosignature } from './request-cosignature.js';
import { SplitGuard } from './split-guard.js';
import { type Divisible, Wholes } from './wholes.js';

const DAY = 86_400;
const LONGEST = 30 * DAY;

const splitExpiryInvalid = defineProblem({
  code: 'SPLIT_EXPIRY_INVALID',
  status: 422,
  title: 'A split can be agreed to from now on, for thirty days at most',
});

/** How the holder wants to split; what the parts leave is the holder's own last part. */
export interface SplitDraft {
  readonly parts: readonly {
    /** Short name of the member that is to hold it. */
    readonly holder: string;
    /** Decimal text in the receivable's currency, which `currency` may name. */
    readonly amount: string;
    readonly currency?: string;
  }[];
  /** Block time in seconds; by default a day from now. */
  readonly expiresAt?: number;
}

/** The holder proposes parts: each new holder is shown its own, and nobody else's. */
@Injectable()
export class ProposeSplit {
  constructor(
    private readonly members: Members,
    private readonly receivables: Receivables,
    private readonly keyring: Keyring,
    private readonly guard: SplitGuard,
    private readonly wholes: Wholes,
    private readonly desk: PartsDesk,
    private readonly splits: Splits,
    private readonly store: SplitStore,
    private readonly cosignature: RequestCosignature,
    private readonly exchange: Exchange,
    private readonly head: IndexHead,
  ) {}

  /**
   * Answers the split's id. Refuses with what {@link SplitGuard} refuses, CONSENT_WRONG_SIGNER when this member is not the
   * holder, SPLIT_PENDING, SPLIT_SUM_MISMATCH naming by how much, SPLIT_INVALID_PART_COUNT, SPLIT_HOLDER_INVALID,
   * SPLIT_PAYEE_UNKNOWN, SPLIT_EXPIRY_INVALID, AMOUNT_INVALID, CURRENCY_MISMATCH, MEMBER_UNKNOWN, MEMBER_NOT_ACTIVE, MEMBER_MISSING_ROLE.
   */
  async run(id: Hex, draft: SplitDraft): Promise<Hex> {
    await this.store.lockReceivable(id);
    const [receivable, self] = await Promise.all([this.receivables.get(id), this.members.self()]);
    await this.guard.require(receivable);
    if (this.keyring.oneTime(id).address !== receivable.holder) {
      throw CONTRACT_PROBLEMS.ConsentWrongSigner('this member does not hold the receivable', { receivable: id });
    }
    this.members.requireMayBegin(self, 'SUPPLIER');
    const pending = await this.splits.open(id);
    if (pending) throw splitPending('another split is on its way', { receivable: id, split: pending.split.id });
    const expiresAt = this.expiryOf(draft);
    const coverVersion = await this.receivables.coverVersion(receivable);
    const parts = await this.partsOf(receivable, draft, self);
    const split = toHex(randomBytes(32));
    const row = { id: split, receivable: id, proposer: self.id, coverVersion, expiresAt, consent: null, refusal: null };
    await this.store.add({ ...row, side: 'HOLDER', status: 'PROPOSED', parts });
    await this.acceptOwn(split, self.id);
    await this.offer(split, self.id);
    await this.cosignature.runOnceAccepted(await this.splits.lock(split));
    return split;
  }

  private expiryOf({ expiresAt }: SplitDraft): number {
    const now = this.head.current().timestamp;
    const until = expiresAt ?? now + DAY;
    if (until > now && until <= now + LONGEST) return until;
    throw splitExpiryInvalid('it ends in the past, or too late', { expiresAt: until, now, latest: now + LONGEST });
  }

  private async partsOf(receivable: Receivable, { parts }: SplitDraft, self: Member): Promise<SplitPart[]> {
    const whole = await this.wholes.of(receivable);
    const left = remainderOf(whole, parts);
    const holders = await Promise.all(parts.map(({ holder }) => this.holderOf(receivable, holder)));
    const amounts = parts.map(({ amount, currency = whole.currency }) => positiveMoney({ amount, currency }).amount);
    if (left.sign > 0) {
      holders.push(self.id);
      amounts.push(left.toFixed(minorUnits(whole.currency)));
    }
    requireCount(amounts.length);
    return this.write(receivable, whole, holders, amounts);
  }

  private async holderOf({ obligor }: Receivable, name: string): Promise<number> {
    const member = await this.members.byName(name);
    if (member.id === obligor) throw splitHolderInvalid(`${name} is who owes it`, { holder: name });
    this.members.requireMayBegin(member, 'SUPPLIER');
    return member.id;
  }

  private async write(
    receivable: Receivable,
    whole: Divisible,
    holders: readonly number[],
    amounts: readonly string[],
  ): Promise<SplitPart[]> {
    const { currency, dueDate, has } = whole;
    const lineage = { parent: receivable.id, parentConfirmation: receivable.confirmation! };
    const parts: SplitPart[] = [];
    for (const [index, share] of dividedCover(whole, amounts).entries()) {
      const terms = { ...share, currency, dueDate, ...lineage, has };
      const { receivable: part, paper } = await this.desk.write(receivable, index, terms);
      const { seed, root } = paper;
      parts.push({
        index,
        receivable: part,
        holder: holders[index]!,
        terms,
        seed,
        root,
        certificate: null,
        acceptance: null,
      });
    }
    return parts;
  }

  private async acceptOwn(id: Hex, self: number): Promise<void> {
    const { split } = await this.splits.lock(id);
    const parts = await Promise.all(
      split.parts.map(async (part) => (part.holder === self ? await this.desk.accept(split, part) : part)),
    );
    await this.store.change(id, { parts });
  }

  private async offer(id: Hex, self: number): Promise<void> {
    const { receivable: object, parts, coverVersion, expiresAt } = (await this.splits.lock(id)).split;
    const others = Map.groupBy(
      parts.filter(({ holder }) => holder !== self),
      ({ holder }) => holder,
    );
    for (const [to, own] of others) {
      const shown = written(own).map(({ index, terms, seed }) => ({ index, content: { ...terms }, seed }));
      const body = { split: id, coverVersion, expiresAt, parts: shown } satisfies SplitOfferBody;
      await this.exchange.send({ to, type: 'split.offer', object, body });
    }
  }
}
