import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { keccak256, SigningKey } from 'ethers';
import type { Anvil } from '../../../scripts/embedded/anvil.js';
import { startAnvil } from '../../../test/support/anvil.js';
import { deployTo } from '../../../test/support/deployment.js';
import { type OutboxFixture, outboxFixture } from './testing/outbox-fixture.js';

let chain: Anvil;
let outbox: OutboxFixture;
let signer: Server;

afterAll(async () => {
  await outbox.close();
  signer.closeAllConnections();
  await new Promise((resolve) => signer.close(resolve));
  await chain.stop();
});

/** As Web3Signer before an HSM: whoever comes waits for those that came before. */
async function oneAtATime(key: SigningKey, ms: number): Promise<Server> {
  let last = Promise.resolve();
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      let body = '';
      for await (const chunk of incoming) body += String(chunk);
      const { data } = JSON.parse(body) as { data: string };
      last = last.then(() => new Promise((resolve) => setTimeout(resolve, ms)));
      await last;
      outgoing.end(key.sign(keccak256(data)).serialized);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

it('signs a backlog that a slow signer takes longer for than it may for one', async () => {
  chain = await startAnvil();
  const consortium = await deployTo(chain.url);
  const key = new SigningKey(consortium.members[0]!.keys.operator!);
  signer = await oneAtATime(key, 100);
  outbox = await outboxFixture(consortium, [chain.url], {
    signerUrl: `http://127.0.0.1:${(signer.address() as AddressInfo).port}`,
    signerPublicKey: `0x${key.publicKey.slice(4)}`,
  });
  const ids = await Promise.all(Array.from({ length: 60 }, () => outbox.post().then(({ id }) => id)));
  const outcomes = await Promise.all(ids.map((id) => outbox.settled(id)));
  expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['INCLUDED']));
  expect(await outbox.nonce(chain.url)).toBe(60);
});
