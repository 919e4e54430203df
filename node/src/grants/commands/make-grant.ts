import { Injectable } from '@nestjs/common';
import { DocumentVault, Profiles } from '../../documents/index.js';
import { Exchange } from '../../exchange/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { type Member, Members } from '../../members/index.js';
import type { Grant } from '../domain/grant.js';
import {
  grantFieldUnknown,
  grantGranteeOwns,
  grantNotOwner,
  grantPeriodInvalid,
  grantPurposeNotFor,
} from '../domain/problems.js';
import { isPurposeFor } from '../domain/purpose-for.js';
import { GrantClock } from '../queries/grant-clock.js';
import { scopeOf } from '../queries/scope.js';
import { type Subject, Subjects } from '../queries/subjects.js';
import { type GrantBody, toOpening } from './envelopes.js';
import { GrantDesk } from './grant-desk.js';
import { HandOut } from './hand-out.js';
import { HolderWords } from './holder-words.js';
import { OrderPlaces } from './order-places.js';

/** What an owner asks for. Times are block times in seconds. */
export interface NewGrant extends Subject {
  /** Short name of the member. */
  readonly grantee: string;
  readonly fields: readonly string[];
  readonly purpose: string;
  readonly from?: number;
  readonly until: number;
}

/** The grant, and the transaction that makes it unless it waits for the other owner. */
export interface MadeGrant {
  readonly id: Hex;
  readonly submission?: string;
}

/** An owner lets another member see fields of an order's or a receivable's documents. */
@Injectable()
export class MakeGrant {
  constructor(
    private readonly members: Members,
    private readonly subjects: Subjects,
    private readonly vault: DocumentVault,
    private readonly profiles: Profiles,
    private readonly clock: GrantClock,
    private readonly desk: GrantDesk,
    private readonly handOut: HandOut,
    private readonly words: HolderWords,
    private readonly places: OrderPlaces,
    private readonly exchange: Exchange,
  ) {}

  /**
   * Refuses with GRANT_NOT_OWNER, GRANT_GRANTEE_OWNS, GRANT_PERIOD_INVALID, GRANT_FIELD_UNKNOWN, PURPOSE_UNKNOWN,
   * GRANT_PURPOSE_NOT_FOR, MEMBER_NOT_ACTIVE. What goes beyond the purpose's profile waits for the other owner.
   */
  async run({ grantee: name, object, onOrder, fields, purpose, from, until }: NewGrant): Promise<MadeGrant> {
    const [self, grantee] = await Promise.all([this.members.self(), this.members.byName(name)]);
    const owners = await this.subjects.owners({ object, onOrder });
    if (!owners.includes(self.id)) throw grantNotOwner('this member is neither side of it', { object });
    if (owners.includes(grantee.id)) throw grantGranteeOwns(`${name} is a side of it`, { object, grantee: name });
    [self, grantee].forEach(requireActive);
    const now = this.clock.now();
    const period = { from: from ?? now, until };
    if (until <= now || until <= period.from) throw grantPeriodInvalid('it would end before it begins', period);
    const profile = this.profiles.require(purpose);
    if (!isPurposeFor(profile, grantee)) {
      throw grantPurposeNotFor(`${purpose} is for members that are ${profile.roles?.join(' or ')}`, { grantee: name });
    }
    const beyond = await this.beyond({ object, onOrder }, fields, profile);
    const draft = { object, onOrder, fields, purpose, profile: profile.version, ...period, financing: null };
    const grant = await this.desk.open({ ...draft, maker: self.id, grantee: grantee.id }, beyond, now);
    if (beyond) return { id: grant.id };
    return { id: grant.id, submission: await this.publish(grant) };
  }

  /** Puts a grant on chain, and lets its opening follow, and what it shows if it begins at once. */
  async publish(grant: Grant): Promise<string> {
    const submission = await this.desk.make(grant);
    const [holder, place] = [await this.words.own(grant), await this.places.own(grant)];
    const body = {
      ...{ opening: toOpening(grant), approval: grant.approval },
      ...(holder && { holder }),
      ...(place && { place: { ...place, proof: [...place.proof] } }),
    } satisfies GrantBody;
    await this.exchange.send({ to: grant.grantee, type: 'grant.made', object: grant.id, body, after: submission });
    await this.handOut.run({ grant }, submission);
    return submission;
  }

  private async beyond(subject: Subject, patterns: readonly string[], profile: ReturnType<Profiles['require']>) {
    const documents = [...(await this.vault.atAll(await this.subjects.documents(subject))).values()];
    for (const pattern of patterns) {
      const found = documents.some(({ fields }) => scopeOf(fields, [pattern], ANYTHING).allowed.length > 0);
      if (!found) throw grantFieldUnknown(`no document here has ${pattern || 'any field'}`, { field: pattern });
    }
    return documents.some(({ fields }) => scopeOf(fields, patterns, profile).beyond.length > 0);
  }
}

const ANYTHING = { purpose: '', version: 1, patterns: [''] };

function requireActive({ name, active }: Member): void {
  if (!active) throw CONTRACT_PROBLEMS.MemberNotActive(`${name} is suspended`, { member: name });
}
