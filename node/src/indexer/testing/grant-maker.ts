import { randomBytes } from 'node:crypto';
import { rpc } from '../../../../scripts/embedded/rpc.js';
import { Contracts, Keyring } from '../../chain/index.js';
import type { Deployment } from '../../config/index.js';
import { keccak256Hex } from '../../kernel/keccak.js';
import { type Hex, toBytes, toHex } from '../../kernel/hex.js';

const random = (): Hex => toHex(randomBytes(32));

/** Makes and revokes grants from an account of its own: the shortest way to events. */
export class GrantMaker {
  private readonly account = new Keyring({ operator: random(), seed: random() }).oneTime(random());
  private readonly contracts: Contracts;
  private nonce = 0;

  constructor(
    private readonly url: string,
    private readonly deployment: Deployment,
  ) {
    this.contracts = new Contracts(deployment);
  }

  /** A signed grant and its id. */
  sign(): { raw: Hex; id: Hex } {
    const nonce = random();
    const parts = [this.deployment.domains['AccessGrants']!, keccak256Hex('GRANT')].map(toBytes);
    const maker = Buffer.concat([Buffer.alloc(12), toBytes(this.account.address)]);
    const id = keccak256Hex(Buffer.concat([...parts, maker, toBytes(nonce)]));
    return { raw: this.raw('grant', [random(), nonce]), id };
  }

  signRevocation(id: Hex): Hex {
    return this.raw('revoke', [id]);
  }

  /** Makes grants, as many a block as the chain likes. Returns their ids, once all are included. */
  async make(count: number): Promise<Hex[]> {
    const signed = Array.from({ length: count }, () => this.sign());
    await this.send(signed.map(({ raw }) => raw));
    return signed.map(({ id }) => id);
  }

  async revoke(ids: readonly Hex[]): Promise<void> {
    await this.send(ids.map((id) => this.signRevocation(id)));
  }

  async send(raw: readonly Hex[]): Promise<void> {
    for (const one of raw) await rpc(this.url, 'eth_sendRawTransaction', [one]);
    for (const deadline = Date.now() + 60_000; ;) {
      const count = Number(await rpc(this.url, 'eth_getTransactionCount', [this.account.address, 'latest']));
      if (count === this.nonce) return;
      if (Date.now() > deadline) throw new Error(`the chain counts ${count} transactions of ${this.nonce}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** Signs on from the chain's count, after blocks were lost. */
  async resume(): Promise<void> {
    this.nonce = Number(await rpc(this.url, 'eth_getTransactionCount', [this.account.address, 'latest']));
  }

  private raw(fn: 'grant' | 'revoke', args: [Hex] | [Hex, Hex]): Hex {
    const call = this.contracts.encodeCall('AccessGrants', fn, args);
    const { chainId } = this.deployment;
    return this.account.signTransaction({ ...call, chainId, nonce: this.nonce++, gasLimit: 300_000 }).raw;
  }
}
