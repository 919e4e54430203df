import { Injectable } from '@nestjs/common';
import { RegistryDomains } from '../../chain/index.js';
import type { Hex } from '../../kernel/hex.js';
import { type Member, Members } from '../../members/index.js';
import type { Envelope } from '../domain/envelope.js';
import { CLOCK_TOLERANCE_MS } from '../domain/limits.js';
import { readSigned, signerOf, unseal } from '../domain/open.js';
import { envelopeClockSkew, envelopeForged, envelopeMisdirected } from '../domain/problems.js';
import { ExchangeKeys } from '../keys.js';

/** An envelope whose sender is proven, and which is meant for this member. */
export interface Authentic {
  readonly envelope: Envelope;
  readonly signed: string;
  readonly signer: Hex;
  readonly from: Member;
}

/** Opens sealed envelopes and believes only what the member registry's keys prove. */
@Injectable()
export class Authenticate {
  constructor(
    private readonly keys: ExchangeKeys,
    private readonly members: Members,
    private readonly domains: RegistryDomains,
  ) {}

  /**
   * Problems: ENVELOPE_UNREADABLE, ENVELOPE_KEY_UNKNOWN, ENVELOPE_KEY_REVOKED, ENVELOPE_FORGED, ENVELOPE_MISDIRECTED,
   * ENVELOPE_CLOCK_SKEW.
   */
  async open(sealed: string): Promise<Authentic> {
    const signed = await unseal(sealed, await this.keys.decryption());
    const signer = await this.keys.signer(signerOf(signed));
    const envelope = await readSigned(signed, signer);
    if (signer.member !== envelope.from) {
      throw envelopeForged(`signed by a key of member ${signer.member}`, { key: signer.id, from: envelope.from });
    }
    const self = await this.members.self();
    if (envelope.to !== self.id || envelope.domain !== this.domains.of('MemberRegistry')) {
      throw envelopeMisdirected('it is not for this member of this consortium', { to: envelope.to });
    }
    const skew = Date.now() - Date.parse(envelope.sealedAt);
    if (Math.abs(skew) > CLOCK_TOLERANCE_MS) {
      throw envelopeClockSkew('set the clock of whichever node is wrong', {
        sealedAt: envelope.sealedAt,
        now: new Date().toISOString(),
      });
    }
    return { envelope, signed, signer: signer.id, from: await this.members.byId(envelope.from) };
  }
}
