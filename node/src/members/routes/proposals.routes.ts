import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow } from '../../auth/index.js';
import { Contracts } from '../../chain/index.js';
import { accepted, type Accepted, Loads, type Page, pageOf, pageQuery, readCursor, toPage } from '../../http/index.js';
import { IndexHead } from '../../indexer/index.js';
import { dbInt } from '../../kernel/db-int.js';
import { asProposalId } from '../../kernel/ids.js';
import { Propose } from '../commands/propose.js';
import { Vote } from '../commands/vote.js';
import { LegalEntities } from '../queries/legal-entities.js';
import { Members } from '../queries/members.js';
import { Proposals } from '../queries/proposals.js';
import { type NewProposal, newProposal, payloadOf } from './new-proposal.js';
import { proposalView, type ProposalView, viewProposal } from './proposal.view.js';

const newVote = z.strictObject({ approve: z.boolean() });
const place = z.object({ block: dbInt, id: z.string().regex(/^0x[0-9a-f]{64}$/) });
type Loaded = (routes: ProposalRoutes, made: { id: string }) => Promise<ProposalView>;
const load: Loaded = (routes, { id }) => routes.get(id);

/** What the three chambers decide together, two thirds of each; and that a silent lender is overruled, the lenders alone. */
@ApiTags('proposals')
@Controller('v1/proposals')
@Allow('ADMIN')
export class ProposalRoutes {
  constructor(
    private readonly proposals: Proposals,
    private readonly makes: Propose,
    private readonly votes: Vote,
    private readonly members: Members,
    private readonly entities: LegalEntities,
    private readonly contracts: Contracts,
    private readonly head: IndexHead,
  ) {}

  @Get()
  @Allow('ORDER_DESK', 'SUPPLIER_DESK', 'LENDER_DESK', 'AUDITOR', 'ADMIN')
  @ApiOkResponse({ standardSchema: pageOf(proposalView) })
  async list(@Query({ schema: pageQuery }) { limit, cursor }: z.output<typeof pageQuery>): Promise<Page<ProposalView>> {
    const rows = await this.proposals.list(limit + 1, readCursor(cursor, place));
    const nameOf = await this.members.names();
    const { timestamp } = this.head.current();
    const keyOf = (row: (typeof rows)[number]) => ({ block: row.created_block, id: row.proposal });
    return toPage(rows, limit, keyOf, (row) => viewProposal(row, timestamp, nameOf));
  }

  @Get(':id')
  @Allow('ORDER_DESK', 'SUPPLIER_DESK', 'LENDER_DESK', 'AUDITOR', 'ADMIN')
  @ApiOkResponse({ standardSchema: proposalView })
  async get(@Param('id') id: string): Promise<ProposalView> {
    const row = await this.proposals.get(asProposalId(id));
    return viewProposal(row, this.head.current().timestamp, await this.members.names());
  }

  @Post()
  @Loads<ProposalRoutes>(load)
  @ApiCreatedResponse({ standardSchema: proposalView })
  async propose(@Body({ schema: newProposal }) body: NewProposal): Promise<Accepted> {
    const numberOf = async (name: string) => (await this.members.byName(name)).id;
    const hashOf = (entity: string) => this.entities.idOf(entity);
    const registry = this.contracts.address('ReceivableRegistry');
    const { kind, values } = await payloadOf(body, numberOf, hashOf, registry);
    return accepted(await this.makes.propose(kind, values, body.reason));
  }

  @Post(':id/votes')
  @Loads<ProposalRoutes>(load)
  @ApiCreatedResponse({ standardSchema: proposalView })
  async vote(
    @Param('id') id: string,
    @Body({ schema: newVote }) { approve }: z.output<typeof newVote>,
  ): Promise<Accepted> {
    return accepted(await this.votes.cast(asProposalId(id), approve));
  }

  @Post(':id/execution')
  @Loads<ProposalRoutes>(load)
  @ApiCreatedResponse({ standardSchema: proposalView })
  async execute(@Param('id') id: string): Promise<Accepted> {
    return accepted(await this.votes.execute(asProposalId(id)));
  }
}
