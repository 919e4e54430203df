import { Injectable } from '@nestjs/common';
import { Config } from '../../config/index.js';
import { IndexHead } from '../../indexer/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { liveAt } from '../domain/key-life.js';
import { KEY_KINDS, type KeyKind } from '../domain/key-kinds.js';
import type { Member } from '../domain/member.js';
import type { MemberRole } from '../domain/roles.js';
import type { AccountRow } from '../storage/chain-accounts.js';
import type { KeyRow } from '../storage/chain-keys.js';
import { Directory } from './directory.js';

/** A member's short name, by its number. */
export type NameOf = (member: number) => string;

/** Who is who in the consortium, as of the indexed head. Unknown members are MEMBER_UNKNOWN. */
@Injectable()
export class Members {
  constructor(
    private readonly directory: Directory,
    private readonly head: IndexHead,
    private readonly config: Config,
  ) {}

  /** The member that this node belongs to. */
  self(): Promise<Member> {
    return this.byName(this.config.member);
  }

  async byName(name: string): Promise<Member> {
    const member = (await this.directory.current()).byName.get(name);
    if (!member) throw CONTRACT_PROBLEMS.MemberUnknown(`no member is called ${JSON.stringify(name)}`, { member: name });
    return member;
  }

  async byId(id: number): Promise<Member> {
    const member = (await this.directory.current()).byId.get(id);
    if (!member) throw CONTRACT_PROBLEMS.MemberUnknown(`no member has the number ${id}`, { member: id });
    return member;
  }

  /** All members, in order of admission. */
  async all(): Promise<readonly Member[]> {
    return (await this.directory.current()).members;
  }

  /** Short names of all members, by number. */
  async names(): Promise<NameOf> {
    const { byId } = await this.directory.current();
    return (id) => byId.get(id)?.name ?? `member ${id}`;
  }

  /** Refuses with MEMBER_MISSING_ROLE, or MEMBER_NOT_ACTIVE when suspended (rule 10), what the contract would refuse. */
  requireMayBegin(member: Member, role: MemberRole): void {
    const { name, roles, active } = member;
    if (!roles.includes(role)) {
      throw CONTRACT_PROBLEMS.MemberMissingRole(`${name} is no ${role}`, { member: name, roles, required: role });
    }
    if (!active) throw CONTRACT_PROBLEMS.MemberNotActive(`${name} is suspended`, { member: name });
  }

  /** Refuses with MEMBER_UNKNOWN_OPERATOR or MEMBER_KEY_REVOKED an account whose word nobody takes for a member's now (rule 7). */
  async requireLiveOperator(address: Hex): Promise<void> {
    const account = await this.account(address);
    if (!account) throw CONTRACT_PROBLEMS.MemberUnknownOperator('no operator is listed so', { account: address });
    if (liveAt(account, this.head.current().number)) return;
    const facts = { account: address, revokedAt: account.revoked_block };
    throw CONTRACT_PROBLEMS.MemberKeyRevoked('the operator was revoked', facts);
  }

  /** URL of a member's node, null until it has set one. */
  async endpointOf(id: number): Promise<string | null> {
    return (await this.byId(id)).endpoint;
  }

  /** The member's message and tag keys, of one kind if given, revoked ones included, oldest first. */
  async keysOf(id: number, kind?: KeyKind): Promise<KeyRow[]> {
    const { keys } = await this.directory.current();
    return [...keys.values()].filter((key) => key.member === id && (!kind || key.kind === KEY_KINDS[kind]));
  }

  /** The member's newest key of one kind that is live at the indexed head. */
  async liveKey(id: number, kind: KeyKind): Promise<KeyRow | undefined> {
    const { number } = this.head.current();
    return (await this.keysOf(id, kind)).findLast((key) => liveAt(key, number));
  }

  /** A message or tag key by its id, whether live or not. */
  async key(id: Hex): Promise<KeyRow | undefined> {
    return (await this.directory.current()).keys.get(id);
  }

  /** An operator account, whether live or not. */
  async account(address: Hex): Promise<AccountRow | undefined> {
    return (await this.directory.current()).accounts.get(address);
  }

  /** The member's operator accounts, revoked ones included, oldest first. */
  async accountsOf(id: number): Promise<AccountRow[]> {
    const { accounts } = await this.directory.current();
    return [...accounts.values()].filter((account) => account.member === id);
  }
}
