import { Injectable } from '@nestjs/common';
import { Keyring } from '../../chain/index.js';
import { makeStatement } from '../../documents/index.js';
import type { StatementModel } from '../../documents/index.js';
import { tryAgain } from '../../errors/index.js';
import type { Hex } from '../../kernel/hex.js';
import type { Address, Root, Seed } from '../../kernel/ids.js';
import { Papers, type PaperSubject, Receivables } from '../../receivables/index.js';
import { Submissions } from '../../submissions/index.js';
import { requireAct } from '../domain/require-act.js';
import type { FinancingAct } from '../domain/states.js';
import { type Position, Positions } from '../queries/positions.js';
import { FinancingStore } from '../storage/financing.store.js';
import { paperSubject } from './paper-subject.js';

/** A statement that a lender commits to on chain. */
export interface LenderStatement {
  readonly content: StatementModel['content'] & Record<string, string | number | boolean>;
  readonly root: Root;
  readonly seed: Seed;
}

/** A financing that this lender acts on. */
export type LenderPosition = Position & { readonly account: Address };

/** What all acts of a lender on chain share: its position, its one-time account, what it commits to. */
@Injectable()
export class LenderActs {
  constructor(
    private readonly positions: Positions,
    private readonly receivables: Receivables,
    private readonly papers: Papers,
    private readonly keyring: Keyring,
    private readonly store: FinancingStore,
    private readonly submissions: Submissions,
  ) {}

  /** The financing, locked, if this lender may do the act as it is now; `onOrder` is the act where it is one on an order. */
  async begin(id: Hex, act: FinancingAct, onOrder = act): Promise<LenderPosition> {
    const position = await this.positions.lock(id);
    const { financing, status } = position;
    requireAct(financing.onOrder ? onOrder : act, financing.side, status, id);
    return { ...position, account: this.keyring.oneTime(financing.object).address };
  }

  /**
   * The same of an act of which this member keeps what it said. Refuses with TRY_AGAIN while `submitted`, as its transaction is
   * called, is on its way: the chain takes the first, and what a second says is not to take its place here.
   */
  async beginOnce(id: Hex, act: FinancingAct, submitted: string): Promise<LenderPosition> {
    const financing = await this.store.lock(id);
    const open = financing ? await this.submissions.underWay(submitted, [financing.object]) : [];
    if (open.length > 0) throw tryAgain('the same is on its way already', { financing: id, retryAfterSeconds: 1 });
    return this.begin(id, act);
  }

  /** Commits to a statement about the financing's object and keeps it, within the current unit of work. */
  async state(
    { financing }: Position,
    kind: StatementModel['kind'],
    content: LenderStatement['content'],
  ): Promise<LenderStatement> {
    const subject = await this.subject(financing);
    const { root, seed } = await this.papers.write(subject, makeStatement(kind, content));
    return { content, root, seed };
  }

  /** What papers about the financing are bound to. */
  async subject(financing: Position['financing']): Promise<PaperSubject> {
    const { object, onOrder } = financing;
    return paperSubject(financing, onOrder ? [object] : (await this.receivables.get(object)).orders);
  }
}
