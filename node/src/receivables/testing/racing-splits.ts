import type { Answer, Json } from '../../../../scripts/demo/client.js';
import { rpc } from '../../../../scripts/embedded/rpc.js';
import { refusalOf } from '../../../../test/support/nodes.js';
import { made } from '../../financing/testing/story.js';
import { confirmed, core, money, nodes, one, partsOf, split, splitSeen, story, until } from './splits-world.js';

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
        await rpc(nodes.anvil.url, 'evm_setAutomine', [false]);
        let [reserving, answered]: [Promise<Answer> | undefined, boolean] = [undefined, false];
        const acts = {
          reserved: () => {
            reserving = one.post(`/v1/financings/${financing}/agreement`).finally(() => (answered = true));
          },
          split: async () => void made(await split(one, id, { holder: 'supplier-2', amount: '50.00' })),
        };
        for (const [before, act] of order.entries()) {
          await acts[act]();
          // Its transaction waits beside the other, or was refused over it.
          await until(async () => (await pending()) > before || answered || (await atObligor(id)) === 'REFUSED');
        }
        await rpc(nodes.anvil.url, 'evm_mine', []);
        await rpc(nodes.anvil.url, 'evm_setAutomine', [true]);
        const agreed = await reserving!;
        if (agreed.status === 201) {
          for (const member of [one, core])
            expect(await splitSeen(member, id, 'REFUSED')).toMatchObject({
              refusal: { code: 'RECEIVABLE_ALREADY_ENCUMBERED' },
            });
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
  });
}
