import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Keyring, RegistryDomains } from '../../chain/index.js';
import { UnitOfWork } from '../../database/index.js';
import { hashWords } from '../../kernel/abi-words.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';
import { keccak256, keccak256Hex } from '../../kernel/keccak.js';
import type { AbiValue } from '../domain/abi-fields.js';
import { encodePayload, PROPOSAL_KINDS, type ProposalKind } from '../domain/proposals.js';
import { RegistryCalls } from './registry-call.js';

/** Puts something to the vote of the chambers. */
@Injectable()
export class Propose {
  constructor(
    private readonly calls: RegistryCalls,
    private readonly keyring: Keyring,
    private readonly domains: RegistryDomains,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * `values` are the payload's fields by name. The chain gets a salted hash of `reason`; reason and salt stay here, for
   * the proposer to tell.
   */
  async propose(
    kind: ProposalKind,
    values: Readonly<Record<string, AbiValue>>,
    reason: string,
  ): Promise<{ id: Hex; submission: { id: string } }> {
    const [random, salt] = [toHex(randomBytes(32)), randomBytes(32)];
    const commitment = toHex(keccak256(Buffer.concat([salt, Buffer.from(reason)])));
    // The contract's own formula: it takes no id from calldata.
    const proposer = this.keyring.operator.address;
    const id = hashWords(this.domains.of('MemberRegistry'), keccak256Hex('PROPOSAL'), proposer, random);
    const submission = await this.calls.asOperator(
      'propose',
      {
        contract: 'MemberRegistry',
        fn: 'propose',
        args: [PROPOSAL_KINDS[kind].number, encodePayload(kind, values), commitment, random],
      },
      { type: 'proposal', id },
    );
    await this.unitOfWork.manager.query(
      'INSERT INTO member_proposal_reasons (proposal, salt, reason) VALUES ($1, $2, $3)',
      [toBytes(id), salt, reason],
    );
    return { id, submission };
  }
}
