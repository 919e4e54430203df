import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRunning, type Running } from '../production/running.js';
import { MemberClient } from './client.js';
import { type Narrator, NotAsTold } from './narrator.js';
import { registerParties } from './parties.js';

/** Whoever acts in the story; each has a desk of every kind. */
const ROLES = ['ORDER_DESK', 'SUPPLIER_DESK', 'LENDER_DESK', 'AUDITOR'];

/** The production shape, as `npm run production` runs it, made ready for the story, and left as it was found. */
export class Rehearsal {
  private readonly keys: { readonly admin: MemberClient; readonly id: string }[] = [];

  private constructor(
    private readonly dir: string,
    private readonly running: Running,
  ) {}

  /** Throws with what to do when nothing of the folder runs. */
  static in(dir: string): Rehearsal {
    const running = readRunning(dir);
    if (!running) throw new NotAsTold(`nothing of ${dir} is running: start it with \`npm run production\``);
    return new Rehearsal(dir, running);
  }

  /** Registers the documents' parties, for these nodes learn none. */
  async prepare(narrator: Narrator): Promise<void> {
    const client = (name: string) => this.admin(name);
    await registerParties({ dir: this.dir, rpcUrl: this.running.rpcUrls[0]!, client }, narrator);
  }

  /** A client of the member's desks, with a key made for this story: the one of the founding may only administer. */
  async desk(name: string, run: string): Promise<MemberClient> {
    const admin = this.admin(name);
    const { status, body } = await admin.post('/v1/api-keys', { name: `demo ${run}`, roles: ROLES });
    if (status !== 201) throw new NotAsTold(`${name} gives no key for its desks: ${status} ${JSON.stringify(body)}`);
    this.keys.push({ admin, id: String(body['id']) });
    return new MemberClient({ ...admin.member, apiKey: String(body['apiKey']) });
  }

  async revokeKeys(): Promise<void> {
    for (const { admin, id } of this.keys) await admin.call('DELETE', `/v1/api-keys/${id}`);
  }

  private admin(name: string): MemberClient {
    const url = this.running.nodes[name];
    if (!url) throw new NotAsTold(`the node of ${name} is not running: start all of them for this`);
    const apiKey = readFileSync(join(this.dir, name, 'node', 'api-key'), 'utf8').trim();
    return new MemberClient({ name, url, apiKey });
  }
}
