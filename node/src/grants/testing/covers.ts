import type { Json } from '../../../../scripts/demo/client.js';
import { refusalOf } from '../../../../test/support/nodes.js';
import { arrives, made } from '../../financing/testing/story.js';
import { bank, core, granted, known, story, supplier } from './world.js';

const tag = (name: string, value: string | number): string => `<${name}>${value}</${name}>`;
/** A receipt of the first line of an order, which names none; its header may name several. */
const receipt = (quantity: number, orders: readonly string[]): string => `<?xml version="1.0"?>
<ReceiptAdvice xmlns="urn:oasis:names:specification:ubl:schema:xsd:ReceiptAdvice-2"
  xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
  xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
  <cbc:ID>RA-${quantity}</cbc:ID><cbc:IssueDate>2026-11-10</cbc:IssueDate>
  ${orders.map((order) => tag('cac:OrderReference', tag('cbc:ID', order))).join('')}
  ${tag('cac:DeliveryCustomerParty', party('9521000000018', 'Kestrel Turbines SE'))}
  ${tag('cac:DespatchSupplierParty', party('9521000000025', 'Halden Castings AS'))}
  <cac:ReceiptLine><cbc:ID>1</cbc:ID><cbc:ReceivedQuantity unitCode="C62">${quantity}</cbc:ReceivedQuantity>
    <cac:OrderLineReference><cbc:LineID>1</cbc:LineID></cac:OrderLineReference>
    <cac:Item><cbc:Name>Ring</cbc:Name></cac:Item></cac:ReceiptLine>
</ReceiptAdvice>`;
const party = (id: string, name: string): string =>
  `<cac:Party><cac:PartyLegalEntity><cbc:RegistrationName>${name}</cbc:RegistrationName>
    <cbc:CompanyID schemeID="0088">${id}</cbc:CompanyID></cac:PartyLegalEntity></cac:Party>`;

/** Tests of what a grant for a credit decision tells of cover. */
export function covers(): void {
  it('comes to the cover of who has all documents by a grant for a credit decision, or to none: of a receipt over several orders, too', async () => {
    const numbers = ['PO-COVER-1', 'PO-COVER-2'];
    const orders = [await story.acceptedOrder(numbers[0]!), await story.acceptedOrder(numbers[1]!)];
    const report = (order: string, quantity: number, named: readonly string[]) =>
      core.postXml(`/v1/orders/${order}/milestones?kind=RECEIVED`, receipt(quantity, named));
    for (const order of orders) made(await report(order, 100, numbers));
    const [order] = orders as [string];
    made(await report(order, 40, [numbers[0]!]));
    const receivable = await story.issued(order, story.invoiceOf(numbers[0]!));
    await story.confirm(receivable, { amount: '43.00' });
    const path = `/v1/receivables/${receivable}/cover`;
    const covered = { cover: { amount: '43.00', currency: 'GBP' } };
    // What was received comes to the supplier by letters of its own.
    const own = await arrives(
      () => supplier.get(path),
      ({ cover }) => (cover as Json | null)?.['amount'] === '43.00',
    );
    expect(own).toMatchObject(covered);

    await known(bank, order);
    const figures = ['id', 'has', 'quantity', 'unit', 'amount', 'orderLine'].map((name) => `/lines/*/${name}`);
    const ofClaim = [...figures, '/currency', '/amount', '/issueDate', '/dueDate'];
    await granted(supplier, { receivable }, { fields: ofClaim });
    const ofOrder = [...figures, '/currency', '/amount'];
    await granted(supplier, { order }, { fields: ofOrder });
    expect(refusalOf(await bank.get(path))).toEqual([409, 'COVER_NOT_SHOWN']);
    await granted(supplier, { order }, { fields: [...ofOrder, '/orderNumbers/-'] });
    expect(
      await arrives(
        () => bank.get(path),
        () => true,
      ),
    ).toMatchObject(covered);
  });
}
