import type { Answer, Json } from '../../../../scripts/demo/client.js';
import { rpc } from '../../../../scripts/embedded/rpc.js';
import { Contract, JsonRpcProvider } from 'ethers';
import { refusalOf } from '../../../../test/support/nodes.js';
import { withoutBlocks } from '../../../../test/support/without-blocks.js';
import { made } from '../../financing/testing/story.js';
import type { Hex } from '../../kernel/hex.js';
import type { SignedConsent } from '../domain/signed-consent.js';
import type { Split } from '../domain/split/split.js';
import { SplitStore } from '../storage/split.store.js';
import {
  confirmed,
  core,
  money,
  nodes,
  one,
  partsOf,
  second,
  split,
  splitSeen,
  story,
  two,
  until,
} from './splits-world.js';

/** Tests of a split and a reservation that meet. */
export function racingSplits(): void {
  describe('a split and a reservation at once', () => {
    /** Transactions that wait for a block. */
    const pending = async () => Number((await rpc<{ pending: string }>(nodes.anvil.url, 'txpool_status', [])).pending);
    const atObligor = async (id: string) =>
      ((await core.get(`/v1/receivables/${id}/splits`)).body['items'] as Json[])[0]?.['status'];

    it.each([[['reserved', 'split']], [['split', 'reserved']]] as const)(
      'are sent by two nodes before the next block, %j: one is done, the other refused by name',
      async (order) => {
        const id = await confirmed();
        const financing = await story.requested('bank-a', { receivable: id }, '40.00');
        await story.offered('bank-a', financing, { advance: money('40.00') });
        let [reserving, answered]: [Promise<Answer> | undefined, boolean] = [undefined, false];
        const acts = {
          reserved: () => {
            reserving = one.post(`/v1/financings/${financing}/agreement`).finally(() => (answered = true));
          },
          split: async () => void made(await split(one, id, { holder: 'supplier-2', amount: '50.00' })),
        };
        await withoutBlocks(nodes.anvil.url, async () => {
          for (const [before, act] of order.entries()) {
            await acts[act]();
            // Its transaction waits beside the other, or was refused over it.
            await until(async () => (await pending()) > before || answered || (await atObligor(id)) === 'REFUSED');
          }
        });
        const agreed = await reserving!;
        if (agreed.status === 201) {
          for (const member of [one, core])
            expect(await splitSeen(member, id, 'REFUSED')).toMatchObject({
              refusal: { code: 'RECEIVABLE_ALREADY_ENCUMBERED' },
            });
          await bothRevoked(id as Hex);
          expect((await one.get(`/v1/receivables/${id}`)).body).toMatchObject({
            ...{ status: 'CONFIRMED', parts: [], encumbrance: { state: 'RESERVED' } },
          });
        } else {
          expect(refusalOf(agreed)).toEqual([409, 'RECEIVABLE_NOT_CONFIRMED']);
          expect(await partsOf(one, id)).toHaveLength(2);
          expect((await one.get(`/v1/financings/${financing}`)).body).toMatchObject({ status: 'OFFERED' });
        }
      },
    );

    it('is done when another member sends the obligor’s transaction first, and its parts are financed', async () => {
      const id = await confirmed();
      await withoutBlocks(nodes.anvil.url, async () => {
        made(await split(one, id, { holder: 'supplier-2', amount: '50.00' }));
        const { address } = nodes.consortium.deployment.contracts.ReceivableRegistry;
        let input = '';
        await until(async () => {
          const waiting = await rpc<{ pending: Record<string, Record<string, Waiting>> }>(
            nodes.anvil.url,
            'txpool_content',
            [],
          );
          const all = Object.values(waiting.pending).flatMap((each) => Object.values(each));
          input = all.find(({ to }) => to?.toLowerCase() === address.toLowerCase())?.input ?? '';
          return input !== '';
        });
        const [from] = await rpc<string[]>(nodes.anvil.url, 'eth_accounts', []);
        const first = { from, to: address, data: input, gas: '0x4c4b40', gasPrice: '0x3b9aca00' };
        await rpc(nodes.anvil.url, 'eth_sendTransaction', [first]);
      });
      const [part] = (await partsOf(one, id)) as [string];
      for (const member of [one, core, two])
        expect(await splitSeen(member, id, 'COMPLETED')).toMatchObject({ refusal: null });
      const [{ submission }] = (await at('core')
        .get(SplitStore, { strict: false })
        .of(id as Hex)) as [Split];
      await until(async () => (await core.get(`/v1/submissions/${submission}`)).body['status'] === 'REVERTED');
      const financing = await second.requested('bank-b', { receivable: part }, '40.00');
      await second.offered('bank-b', financing, { advance: money('40.00') });
      await second.disbursed('bank-b', financing);
    });
  });
}

interface Waiting {
  readonly to: string | null;
  readonly input: string;
}

const at = (name: string) => nodes.of(name).app;

/** Until nobody can use the consents to a split that came to nothing, its holder's nor its obligor's. */
async function bothRevoked(id: Hex): Promise<void> {
  const { address } = nodes.consortium.deployment.contracts.ReceivableRegistry;
  const provider = new JsonRpcProvider(nodes.anvil.url);
  const registry = new Contract(address, ['function nonceUsed(address,bytes32) view returns (bool)'], provider);
  const used = (consent: SignedConsent | null) => registry['nonceUsed']!(consent!.signer, consent!.nonce);
  const [{ cosignature }] = (await at('core').get(SplitStore, { strict: false }).of(id)) as [Split];
  const [{ consent }] = (await at('supplier-1').get(SplitStore, { strict: false }).of(id)) as [Split];
  await until(async () => (await used(cosignature)) && (await used(consent)));
  provider.destroy();
}
