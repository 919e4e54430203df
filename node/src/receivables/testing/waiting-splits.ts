import { Contract, JsonRpcProvider } from 'ethers';
import { refusalOf } from '../../../../test/support/nodes.js';
import { UnitOfWork } from '../../database/index.js';
import { made } from '../../financing/testing/story.js';
import type { Hex } from '../../kernel/hex.js';
import { Receivables } from '../queries/receivables.js';
import { Splits } from '../queries/splits.js';
import { SplitStore } from '../storage/split.store.js';
import { confirmed, core, nodes, one, partsOf, seen, split, splitSeen, two } from './splits-world.js';

/** Tests of splits that wait for a new holder’s word. */
export function waitingSplits(): void {
  describe('a split that waits for a new holder', () => {
    /** Held by supplier-2, who offers 6.00 to supplier-1, which answers by hand. */
    const offered = async (): Promise<{ id: string; split: string }> => {
      const whole = await confirmed();
      made(await split(one, whole, { holder: 'supplier-2', amount: '96.75' }));
      const [id] = (await partsOf(one, whole)) as [string];
      await seen(two, id, ({ confirmed }) => confirmed !== undefined);
      const proposed = made(await split(two, id, { holder: 'supplier-1', amount: '6.00' }));
      await splitSeen(one, id, 'PROPOSED');
      return { id, split: String(proposed['id']) };
    };

    it('is proposed once, however fast one clicks', async () => {
      const whole = await confirmed();
      const answers = await Promise.all(
        [1, 2, 3].map(() => split(one, whole, { holder: 'supplier-2', amount: '6.00' })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
      const refused = answers.filter(({ status }) => status === 409).map(({ body }) => body['code']);
      expect(refused.every((code) => code === 'SPLIT_PENDING' || code === 'RECEIVABLE_INVALID_TRANSITION')).toBe(true);
      expect(await partsOf(one, whole)).toHaveLength(2);
    });

    it('is accepted once, at once from two desks', async () => {
      const { id } = await offered();
      expect(refusalOf(await two.post(`/v1/receivables/${id}/acceptance`))[1]).toBe('SPLIT_INVALID_TRANSITION');
      expect(refusalOf(await core.post(`/v1/receivables/${id}/acceptance`))).toEqual([404, 'SPLIT_UNKNOWN']);
      expect(refusalOf(await split(two, id, { holder: 'supplier-1', amount: '1.00' }))).toEqual([409, 'SPLIT_PENDING']);
      const answers = await Promise.all([1, 2].map(() => one.post(`/v1/receivables/${id}/acceptance`)));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
      expect(await partsOf(two, id)).toHaveLength(2);
    });

    it('comes to nothing when that one rejects it, and may be proposed anew', async () => {
      const { id } = await offered();
      made(await one.post(`/v1/receivables/${id}/rejection`, { reason: 'not ours' }));
      expect(refusalOf(await one.post(`/v1/receivables/${id}/acceptance`))[1]).toBe('SPLIT_INVALID_TRANSITION');
      expect(await splitSeen(two, id, 'REJECTED')).toMatchObject({ refusal: { detail: 'not ours' } });
      made(await split(two, id, { holder: 'supplier-2', amount: '6.00' }));
      expect(await partsOf(two, id)).toHaveLength(2);
    });

    it('is withdrawn by its holder alone, after which nobody accepts it', async () => {
      const { id, split } = await offered();
      const path = `/v1/receivables/${id}/splits/${split}/withdrawal`;
      expect(refusalOf(await one.post(path))).toEqual([404, 'SPLIT_UNKNOWN']);
      expect(made(await two.post(path, { reason: 'changed' }))).toMatchObject({ status: 'WITHDRAWN' });
      expect(refusalOf(await two.post(path))).toEqual([409, 'SPLIT_INVALID_TRANSITION']);
      await splitSeen(one, id, 'WITHDRAWN');
      expect(refusalOf(await one.post(`/v1/receivables/${id}/acceptance`))[1]).toBe('SPLIT_INVALID_TRANSITION');
      expect((await core.get(`/v1/receivables/${id}`)).body['status']).toBe('CONFIRMED');
    });

    it('is void once something lowered the cover, and expires', async () => {
      const { id } = await offered();
      made(await core.post(`/v1/receivables/${id}/disputes`, { amount: '1.00', reason: 'dent' }));
      await splitSeen(one, id, 'EXPIRED');
      expect(refusalOf(await one.post(`/v1/receivables/${id}/acceptance`))[1]).toBe('SPLIT_INVALID_TRANSITION');
      const late = await offered();
      await nodes.passTime(2 * 86_400);
      await splitSeen(one, late.id, 'EXPIRED');
      expect(await splitSeen(two, late.id, 'EXPIRED')).toMatchObject({ side: 'HOLDER' });
    });

    it('cannot be signed any more once its holder made its consent unusable', async () => {
      const { id, split } = await offered();
      const app = nodes.of('supplier-2').app;
      const of = <T>(type: new (...args: never[]) => T): T => app.get(type, { strict: false }) as T;
      // As it stands between the last acceptance and the obligor's transaction.
      const { consent } = (await of(Splits).get(split as Hex)).split;
      expect(consent).toBeNull();
      const nonce = `0x${'5a'.repeat(32)}` as Hex;
      const signed = {
        signer: `0x${'11'.repeat(20)}` as Hex,
        nonce,
        deadline: 1,
        coverVersion: 0,
        signature: '0x00' as Hex,
      };
      await of(UnitOfWork).run(() => of(SplitStore).change(split as Hex, { status: 'REQUESTED', consent: signed }));
      const withdrawn = await two.post(`/v1/receivables/${id}/splits/${split}/withdrawal`);
      expect(made(withdrawn)).toMatchObject({ status: 'WITHDRAWN' });
      const { address } = nodes.consortium.deployment.contracts.ReceivableRegistry;
      const abi = ['function nonceUsed(address,bytes32) view returns (bool)'];
      const provider = new JsonRpcProvider(nodes.anvil.url);
      const registry = new Contract(address, abi, provider);
      const { holder } = await of(Receivables).get(id as Hex);
      expect(await registry['nonceUsed']!(holder, nonce)).toBe(true);
      provider.destroy();
    });
  });
}
