import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Keyring, RegistryDomains } from '../../chain/index.js';
import { Exchange } from '../../exchange/index.js';
import { toHex } from '../../kernel/hex.js';
import { Submissions } from '../../submissions/index.js';
import { grantIdOf } from '../domain/grant-id.js';
import type { Grant, GrantOpening } from '../domain/grant.js';
import { Subjects } from '../queries/subjects.js';
import { GrantStore } from '../storage/grant.store.js';
import { type SharedBody, toOpening } from './envelopes.js';
import { commitmentOf } from './grant-commitment.js';

/** A grant to be made: all of it but what only chance gives. */
export type GrantDraft = Omit<GrantOpening, 'id' | 'seed'>;

/** What making and ending grants share. */
@Injectable()
export class GrantDesk {
  constructor(
    private readonly keyring: Keyring,
    private readonly domains: RegistryDomains,
    private readonly submissions: Submissions,
    private readonly store: GrantStore,
    private readonly subjects: Subjects,
    private readonly exchange: Exchange,
  ) {}

  /** Notes a grant and tells the other owner; nothing is on chain yet. */
  async open(draft: GrantDraft, needsApproval: boolean, createdAt: number): Promise<Grant> {
    const random = toHex(randomBytes(32));
    const id = grantIdOf(this.domains.of('AccessGrants'), this.keyring.oneTime(random).address, random);
    const opening = { ...draft, id, seed: toHex(randomBytes(32)) };
    const none = { approval: null, withdrawn: false, submission: null, revocation: null };
    const grant: Grant = {
      ...opening,
      ...none,
      ...{ side: 'MAKER', commitment: commitmentOf(opening), needsApproval, random, createdAt },
    };
    await this.store.add(grant);
    await this.tellOwners(grant);
    return grant;
  }

  /** Puts it on chain, by an account of its own; returns the submission. */
  async make({ id, commitment, random }: Grant): Promise<string> {
    const { id: submission } = await this.submissions.submit({
      act: 'makeGrant',
      call: { contract: 'AccessGrants', fn: 'grant', args: [commitment, random!] },
      account: this.keyring.oneTime(random!).address,
      subject: { type: 'grant', id },
    });
    await this.store.submitted(id, submission);
    return submission;
  }

  /** Ends it on chain; returns the submission. */
  async revoke({ id, random }: Grant): Promise<string> {
    const { id: submission } = await this.submissions.submit({
      act: 'revokeGrant',
      call: { contract: 'AccessGrants', fn: 'revoke', args: [id] },
      account: this.keyring.oneTime(random!).address,
      subject: { type: 'grant', id },
    });
    await this.store.revoking(id, submission);
    return submission;
  }

  private async tellOwners(grant: Grant): Promise<void> {
    const body = { opening: toOpening(grant), needsApproval: grant.needsApproval } satisfies SharedBody;
    for (const owner of await this.subjects.owners(grant)) {
      if (owner === grant.maker || owner === grant.grantee) continue;
      await this.exchange.send({ to: owner, type: 'grant.shared', object: grant.id, body });
    }
  }
}
