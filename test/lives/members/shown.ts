import { arrives } from '../../../node/src/financing/testing/story.js';
import type { Json } from '../../../scripts/demo/client.js';
import type { TestNodes } from '../../support/nodes.js';
import { type Advance, encumbranceOf, openDisputes, owedOn, statusOf, text } from '../plain.js';
import { PATIENCE } from '../send.js';
import { type Consortium, MEMBERS, type Proposal, type Trade } from './plain.js';

/** What a suspension holds up, and nobody needs until it is over: other members' word of who may look at what. */
const HELD_UP = 'grant.shared';

/** What the nodes show, held against the plain model. */
export class Shown {
  constructor(
    private readonly nodes: TestNodes,
    private readonly consortium: Consortium,
  ) {}

  /** Until each node has indexed that block. */
  async indexed(block: number): Promise<void> {
    const seen = MEMBERS.map((member) =>
      arrives(
        () => this.nodes.of(member).client.get('/v1/members', block),
        () => true,
        PATIENCE,
      ),
    );
    await Promise.all(seen);
  }

  /** Until each node says the same of all members: who is suspended, and whose word counts. */
  async members(): Promise<void> {
    const known = this.consortium.members;
    const said = [...known.values()].map(({ name, active, operators }) => {
      return [name, active ? 'ACTIVE' : 'SUSPENDED', [...operators]];
    });
    const listed = ({ items }: Json) => (items as Json[]).filter(({ id }) => known.has(String(id))).map(standingOf);
    for (const member of MEMBERS) await this.comesTo(member, '/v1/members', listed, said);
  }

  async proposal({ id, status, time }: Proposal): Promise<void> {
    const said = status !== 'EXECUTED' && time !== this.consortium.time ? 'LAPSED' : status;
    for (const member of MEMBERS) await this.comesTo(member, `/v1/proposals/${id}`, statusIn, said);
  }

  /** An order that was posted is with its supplier. */
  order(id: string, number: string): Promise<void> {
    return this.comesTo('supplier-1', `/v1/orders/${id}`, (body) => body['number'], number);
  }

  /** Until each node says of the claim what the model says: one lender at most, whoever is suspended (rule 1). */
  async trade({ claim }: Trade, advance?: Advance): Promise<void> {
    const { id, status, overdue, repurchased, confirmed } = claim;
    const marks = [overdue && 'OVERDUE', repurchased && 'REPURCHASED'].filter(Boolean);
    const said = [status, encumbranceOf(claim), openDisputes(claim).length, marks];
    for (const member of MEMBERS) await this.comesTo(member, `/v1/registry/receivables/${id}`, publicOf, said);
    const money = confirmed > 0 ? [text(confirmed), text(owedOn(claim))] : [null, null];
    if (status !== 'ISSUED')
      for (const member of ['core', 'supplier-1']) await this.comesTo(member, `/v1/receivables/${id}`, ownOf, money);
    if (advance) await this.advance(advance);
  }

  async advance(advance: Advance): Promise<void> {
    for (const member of ['supplier-1', advance.bank])
      await this.comesTo(member, `/v1/financings/${advance.id}`, statusIn, statusOf(advance));
  }

  /** What a node could not take in of another, or not let go: nothing. */
  async nothingSetAside(): Promise<void> {
    for (const member of MEMBERS) {
      const { body } = await this.nodes.of(member).client.get('/v1/exchange/set-aside');
      const aside = (body['items'] as Json[]).filter(({ type }) => type !== HELD_UP);
      if (aside.length > 0) throw new Error(`${member} has set aside ${JSON.stringify(aside)}`);
    }
  }

  private async comesTo(member: string, path: string, of: (body: Json) => unknown, said: unknown): Promise<void> {
    const wanted = JSON.stringify(said);
    const so = (body: Json) => JSON.stringify(of(body)) === wanted;
    await arrives(() => this.nodes.of(member).client.get(path), so, PATIENCE).catch((error: Error) => {
      throw new Error(`${member} ${path} ${error.message}, but the model says ${wanted}`, { cause: error });
    });
  }
}

const statusIn = ({ status }: Json): unknown => status;
const publicOf = (body: Json): unknown => [
  body['status'],
  (body['encumbrance'] as Json)['state'],
  body['openDisputes'],
  (body['marks'] as string[]).filter((mark) => mark === 'OVERDUE' || mark === 'REPURCHASED'),
];
const amountOf = (money: unknown): unknown => (money as Json | undefined)?.['amount'] ?? null;
const ownOf = ({ confirmed, outstanding }: Json): unknown => [amountOf(confirmed), amountOf(outstanding)];
const standingOf = ({ id, status, keys }: Json): unknown => {
  const operators = (keys as Json[]).filter(({ kind }) => kind === 'OPERATOR');
  return [id, status, operators.map((key) => [key['id'], key['status']])];
};
