import { Injectable } from '@nestjs/common';
import { makeStatement, type StatementModel } from '../../documents/index.js';
import type { Root, Seed } from '../../kernel/ids.js';
import { Papers, type PaperSubject, Receivables } from '../../receivables/index.js';
import type { Position } from '../queries/positions.js';
import { paperSubject } from './paper-subject.js';

/** A statement about a financing that one of its sides commits to on chain. */
export interface FinancingStatement {
  readonly content: StatementModel['content'] & Record<string, string | number | boolean>;
  readonly root: Root;
  readonly seed: Seed;
}

/** What either side of a financing puts in writing about its object. */
@Injectable()
export class FinancingPapers {
  constructor(
    private readonly receivables: Receivables,
    private readonly papers: Papers,
  ) {}

  /** Commits to a statement and keeps it, within the current unit of work. */
  async write(
    { financing }: Position,
    kind: StatementModel['kind'],
    content: FinancingStatement['content'],
  ): Promise<FinancingStatement> {
    const { root, seed } = await this.papers.write(await this.subject(financing), makeStatement(kind, content));
    return { content, root, seed };
  }

  /** What papers about the financing are bound to. */
  async subject(financing: Position['financing']): Promise<PaperSubject> {
    const { object, onOrder } = financing;
    return paperSubject(financing, onOrder ? [object] : (await this.receivables.get(object)).orders);
  }
}
