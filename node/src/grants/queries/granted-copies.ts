import { Injectable } from '@nestjs/common';
import { noteLook } from '../../audit/index.js';
import { Lookup, UnitOfWork } from '../../database/index.js';
import {
  type DisclosedDocument,
  type DisclosureSource,
  type DocumentPlace,
  isCommon,
  narrow,
  standsAt,
} from '../../documents/index.js';
import type { Hex } from '../../kernel/hex.js';
import { Problem } from '../../kernel/problem.js';
import { statusOf } from '../domain/grant-status.js';
import { grantDocumentsAwaited, grantIndexStalled, REFUSED_LOOKS } from '../domain/problems.js';
import { CopiesStore, FEW_ROOTS, type GrantedCopy, type SealedCopy } from '../storage/copies.store.js';
import { GrantStore } from '../storage/grant.store.js';
import { NumberedCopies } from '../storage/numbered-copies.js';
import { GrantClock } from './grant-clock.js';

/** What was disclosed to this member, served while the chain says that the grant stands. Each copy opened is a look. */
@Injectable()
export class GrantedCopies implements DisclosureSource {
  private readonly shown = new Lookup<Hex, SealedCopy>(
    (roots) => this.copies.sealedBehind(roots, this.clock.now()),
    ({ root }) => root,
    { inUnit: () => this.unitOfWork.active, most: FEW_ROOTS },
  );

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly copies: CopiesStore,
    private readonly numbered: NumberedCopies,
    private readonly grants: GrantStore,
    private readonly clock: GrantClock,
  ) {}

  async at(places: readonly DocumentPlace[]): Promise<DisclosedDocument[]> {
    if (!this.clock.fresh) return [];
    const here = (await this.shown.of(places.map(({ root }) => root))).filter(standsAt(places));
    const copies = here.map((copy) => copy.open());
    copies.forEach(noteShown);
    return copies;
  }

  /**
   * Some fields of a document, from the one grant that has all of them. Throws GRANT_FIELDS_EXCEEDED, and GRANT_INDEX_STALLED where
   * that cannot be told: refused looks.
   */
  async narrowed(object: Hex, root: Hex, patterns: readonly string[]): Promise<DisclosedDocument> {
    const closed = this.closed();
    if (closed && (await this.standing([object])).length > 0) throw (await this.refusal(object)) ?? closed;
    const behind = closed ? [] : await this.copies.behind([root], this.clock.now());
    const copies = behind.filter(standsAt([{ root, object }]));
    for (const copy of copies) {
      const disclosure = narrowOrNone(copy, patterns);
      if (!disclosure) continue;
      noteShown({ ...copy, disclosure });
      return { root, object, kind: copy.kind, disclosure };
    }
    const [grant, purpose] = [copies[0]?.grant ?? null, copies[0]?.purpose ?? null];
    const problem = REFUSED_LOOKS.ACTIVE('no grant to this member shows all of these fields', {
      grant,
      fields: patterns,
    });
    noteLook({ object, root, fields: patterns, grant, purpose, outcome: problem.code });
    throw problem;
  }

  standing(objects?: readonly Hex[]): Promise<Hex[]> {
    return this.copies.readable(objects, this.clock.now());
  }

  ofNumber(number: string): Promise<Hex[]> {
    return this.numbered.of(number, this.clock.now());
  }

  closed(): Problem | undefined {
    if (this.clock.fresh) return undefined;
    return grantIndexStalled('ask again when this node has caught up with the chain', { retryAfterSeconds: 5 });
  }

  async refusal(object: Hex): Promise<Problem | undefined> {
    const given = await this.grants.givenOn(object);
    const known = given.find(({ grant, chain }) => statusOf(grant, chain, this.clock.now()) === 'ACTIVE') ?? given[0];
    if (!known) return this.withheld(object);
    const { grant, chain } = known;
    const status = statusOf(grant, chain, this.clock.now());
    // While it stands its documents would be shown, were any here.
    const refused =
      status === 'ACTIVE' ? grantDocumentsAwaited : REFUSED_LOOKS[status === 'PENDING' ? 'PROPOSED' : status];
    const problem = this.closed() ?? refused('the fields that were granted are not shown', { grant: grant.id });
    const { id, purpose } = grant;
    noteLook({ object, root: null, fields: [], grant: id, purpose, outcome: problem.code });
    return problem;
  }

  /** Of what is shown by a financing's grant on something else: the orders behind its receivable. */
  private async withheld(object: Hex): Promise<Problem | undefined> {
    const closed = this.closed();
    if (!closed || (await this.standing([object])).length === 0) return undefined;
    noteLook({ object, root: null, fields: [], grant: null, purpose: null, outcome: closed.code });
    return closed;
  }
}

function noteShown({ grant, purpose, object, root, disclosure }: GrantedCopy): void {
  const paths = disclosure.fields.map(({ path }) => path).filter((path) => !isCommon(path));
  noteLook({ object, root, fields: paths.sort(), grant, purpose, outcome: 'SHOWN' });
}

function narrowOrNone({ disclosure }: GrantedCopy, patterns: readonly string[]) {
  try {
    return narrow(disclosure, patterns);
  } catch (error) {
    if (error instanceof Problem && error.code === 'DISCLOSURE_FIELD_MISSING') return undefined;
    throw error;
  }
}
