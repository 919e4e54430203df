import type { Json, MemberClient } from './client.js';
import type { Narrator } from './narrator.js';
import { Stage } from './stage.js';

const BUYER = { id: '9521000000018', scheme: '0088', name: 'Kestrel Turbines SE' };
const SELLER = { id: '9521000000025', scheme: '0088', name: 'Halden Castings AS' };
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** A contract over a year's rings, which orders call off until nothing is left of it. */
export class FrameworkAct {
  private readonly stage: Stage;

  constructor(
    private readonly cast: { readonly core: MemberClient; readonly supplier: MemberClient },
    narrator: Narrator,
    private readonly run: string,
  ) {
    this.stage = new Stage(narrator);
  }

  async tell(): Promise<void> {
    const { core, supplier } = this.cast;
    const { stage } = this;
    stage.narrator.heading('A framework contract, and what it allows');
    const term = { validFrom: inDays(-1), validUntil: inDays(365) };
    const contract = { document: this.order('FW', 1000, term) };
    const posted = await stage.does(
      core,
      '/v1/orders?supplier=supplier-1&type=FRAMEWORK',
      contract,
      '1,000 rings in a year',
    );
    const id = String(posted.body['id']);
    const path = `/v1/orders/${id}`;
    await stage.sees(supplier, path, ({ number }) => number !== null);
    await stage.does(supplier, `${path}/acceptance`, {}, 'agrees to it');
    await stage.sees(core, path, ({ status }) => status === 'ACCEPTED');
    const calling = `/v1/orders?framework=${id}`;
    const first = await stage.does(core, calling, { document: this.order('CO-1', 600) }, 'calls off 600 of them');
    const order = `/v1/orders/${String(first.body['id'])}`;
    await stage.sees(supplier, order, ({ number }) => number !== null);
    await stage.does(supplier, `${order}/acceptance`, {}, 'accepts, and is to deliver these');
    const [beyond, facts] = [{ document: this.order('CO-2', 401) }, { remaining: '5000.00', excess: '12.50' }];
    await stage.isRefused(
      core,
      calling,
      beyond,
      'FRAMEWORK_EXCEEDED',
      facts,
      'its node refuses: one ring more than is left',
    );
    await stage.does(core, calling, { document: this.order('CO-3', 400) }, 'calls off the other 400');
    const { body } = await stage.sees(core, `${path}/allowance`, ({ amount }) => remainingIn(amount) === '0.00');
    stage.narrator.check(remainingIn(body['amount']) === '0.00', 'nothing is left of the contract');
  }

  /** So many rings at 12.50. */
  private order(kind: string, quantity: number, more: Json = {}): Json {
    const amount = (quantity * 12.5).toFixed(2);
    return {
      ...{ kind: 'ORDER', number: `${kind}-${this.run}`, issueDate: inDays(0), currency: 'EUR', amount },
      ...{ buyer: BUYER, seller: SELLER, lines: [{ id: '1', item: 'RING', unit: 'C62', quantity, amount }] },
      ...more,
    };
  }
}

const remainingIn = (amount: unknown): unknown => (amount as Json | null)?.['remaining'];
