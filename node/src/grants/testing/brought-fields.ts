import type { Json } from '../../../../scripts/demo/client.js';
import { eventually } from '../../../../test/support/eventually.js';
import { made } from '../../financing/testing/story.js';
import { changeDocument } from '../../orders/testing/documents.js';
import { core, known, nodes, story, supplier } from './world.js';

/** Tests of what a node says of fields that were shown to whoever asks it. */
export function broughtFields(): void {
  it('says of fields that are brought whether they are of the version in force, a former one, or the log, and who has signed', async () => {
    const auditor = nodes.of('auditor').client;
    const { payer: buyer, payee: seller } = story.invoiceOf('PO-BROUGHT');
    const order = await story.acceptedOrder('PO-BROUGHT');
    const receipt = await story.receive(order, 90);
    const disclosure = async (id: string, document?: string) => {
      const more = document === undefined ? '' : `&document=${document}`;
      const { status, body } = await core.get(`/v1/orders/${id}/disclosure?fields=/kind${more}`);
      expect(status).toBe(200);
      return body;
    };
    const shownOf = (document?: string) => disclosure(order, document);
    const judged = async (shown: Json) => {
      const { body } = await auditor.post('/v1/disclosures/verification', shown);
      return [body['valid'], body['inForce'], body['status']];
    };
    const first = await shownOf();
    await known(auditor, order);
    expect(await judged(first)).toEqual([true, true, 'ACCEPTED']);

    const lines = [{ id: '1', item: 'RING', unit: 'C62', quantity: '80', amount: '80.00', status: 'Revised' }];
    const change = changeDocument('PO-BROUGHT', { currency: 'GBP', buyer, seller, lines });
    made(await core.post(`/v1/orders/${order}/changes`, { document: change }));
    const agreed = await eventually(
      () => supplier.post(`/v1/orders/${order}/changes/2/acceptance`),
      ({ status }) => status === 201,
    );
    for (const who of [auditor, core]) await who.get(`/v1/registry/orders/${order}`, agreed.block);
    expect(await judged(first)).toEqual([true, false, 'ACCEPTED']);
    expect(await judged(await shownOf())).toEqual([true, true, 'ACCEPTED']);

    // A milestone's id is the commitment to its document.
    expect(await judged(await shownOf(receipt))).toEqual([true, null, 'ACCEPTED']);

    const document = {
      number: 'PO-OFFERED',
      issueDate: '2026-11-01',
      currency: 'GBP',
      amount: '80.00',
      buyer,
      seller,
      lines,
    };
    const offered = String(made(await core.post('/v1/orders?supplier=supplier-1', { document }))['id']);
    await known(auditor, offered);
    expect(await judged(await disclosure(offered))).toEqual([true, true, 'POSTED']);
  });
}
