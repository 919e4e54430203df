import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow } from '../../auth/index.js';
import { accepted, type Accepted, Loads } from '../../http/index.js';
import { CONTRACT_PROBLEMS } from '../../kernel/contract-errors.generated.js';
import { type Hex, parseHex } from '../../kernel/hex.js';
import type { Address } from '../../kernel/ids.js';
import { OwnKeys } from '../commands/own-keys.js';
import { Members } from '../queries/members.js';
import { type KeyView, keyView, viewAccount, viewKey } from './key.view.js';

const newKey = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.enum(['MESSAGE_SIGNING', 'MESSAGE_ENCRYPTION', 'TAG']),
    publicKey: z
      .string()
      .regex(/^0x([0-9a-fA-F]{64}|[0-9a-fA-F]{96})$/)
      .describe('32 bytes (Ed25519, X25519), or 48 for a tag key (BLS12-381 G1, compressed).'),
  }),
  z.strictObject({
    kind: z.literal('OPERATOR'),
    account: z
      .string()
      .regex(/^0x[0-9a-fA-F]{40}$/)
      .describe('An account whose key this node holds as its next operator.'),
  }),
]);

const revocation = z
  .strictObject({ inDoubtFrom: z.int().positive().optional().describe('Block since which its acts are in doubt.') })
  .default({});

/** Keys and operator accounts; this member's own are added and revoked by its admin account. */
@ApiTags('keys')
@Controller('v1/keys')
@Allow('ADMIN')
export class KeyRoutes {
  constructor(
    private readonly keys: OwnKeys,
    private readonly members: Members,
  ) {}

  @Post()
  @Loads<KeyRoutes>((routes, { id }) => routes.get(id))
  @ApiCreatedResponse({ standardSchema: keyView })
  async add(@Body({ schema: newKey }) key: z.output<typeof newKey>): Promise<Accepted> {
    if (key.kind === 'OPERATOR') return accepted(await this.keys.addOperator(parseHex(key.account, 20) as Address));
    return accepted(await this.keys.add(key.kind, parseHex(key.publicKey)));
  }

  @Get(':id')
  @Allow('ORDER_DESK', 'SUPPLIER_DESK', 'LENDER_DESK', 'AUDITOR', 'ADMIN')
  @ApiOkResponse({ standardSchema: keyView })
  async get(@Param('id') text: string): Promise<KeyView> {
    const id = keyId(text);
    const [account, key] = await Promise.all([this.members.account(id), this.members.key(id)]);
    const found = account ?? key;
    if (!found) throw CONTRACT_PROBLEMS.KeyUnknown(`no member has the key ${id}`, { key: id });
    const { name } = await this.members.byId(found.member);
    return account ? viewAccount(account, name) : viewKey(key!, name);
  }

  @Post(':id/revocation')
  @Loads<KeyRoutes>((routes, { id }) => routes.get(id))
  @ApiCreatedResponse({ standardSchema: keyView })
  async revoke(
    @Param('id') id: string,
    @Body({ schema: revocation }) { inDoubtFrom }: z.output<typeof revocation>,
  ): Promise<Accepted> {
    return accepted(await this.keys.revoke(keyId(id), inDoubtFrom));
  }
}

/** Throws HEX_MALFORMED unless `text` is 32 bytes (a key) or 20 (an account). */
function keyId(text: string): Hex {
  return parseHex(text, text.length === 42 ? 20 : 32);
}
