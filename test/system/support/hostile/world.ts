import { eventually } from '../../../support/eventually.js';
import type { RunningConsortium } from '../../../support/running-consortium.js';
import { MemberClient } from '../../../../scripts/demo/client.js';
import { Story } from '../../../../node/src/financing/testing/story.js';
import type { World } from './case.js';
import { xmlOrder } from './documents.js';

/** Two orders between `core` and `supplier-1`, one of them accepted, and keys that may do less. */
export async function prepareWorld(consortium: RunningConsortium): Promise<World> {
  const core = consortium.member('core');
  const supplier = consortium.member('supplier-1');
  const post = async (number: string, key?: string) => {
    const document = xmlOrder('PO-2026-0042', number);
    const { status, body, block } = await core.call('POST', '/v1/orders?supplier=supplier-1', { xml: document, key });
    if (status !== 201) throw new Error(`could not post: ${JSON.stringify(body)}`);
    const id = String(body['id']);
    await eventually(
      () => supplier.get(`/v1/orders/${id}`, block),
      (answer) => answer.body['number'] === number,
    );
    return id;
  };
  const posted = await post('PO-2026-0042-P', 'taken-before');
  const accepted = await post('PO-2026-0042-A');
  const acceptance = await supplier.post(`/v1/orders/${accepted}/acceptance`);
  if (acceptance.status !== 201) throw new Error(`could not accept: ${JSON.stringify(acceptance.body)}`);
  const { issued, confirmed, requested } = await prepareClaims(consortium);
  const reader = await newKey(core, 'reader');
  const revoked = await newKey(core, 'revoked');
  await core.call('DELETE', `/v1/api-keys/${revoked.id}`);
  return {
    core,
    supplier,
    stranger: consortium.member('supplier-2'),
    bank: consortium.member('bank-a'),
    otherBank: consortium.member('bank-b'),
    carrier: consortium.member('carrier'),
    reader: reader.client,
    revoked: revoked.client,
    posted,
    accepted,
    issued,
    confirmed,
    requested,
  };
}

async function prepareClaims(consortium: RunningConsortium) {
  const story = new Story({
    of: (name) => ({ client: consortium.member(name) }),
    anvil: { url: consortium.file.rpcUrl },
  });
  const order = await story.acceptedOrder('PO-ISSUED');
  const issued = await story.issued(order, story.invoiceOf('PO-ISSUED'));
  const confirmed = await story.confirmed({ number: 'PO-CONFIRMED' });
  const requested = await story.requested('bank-a', { receivable: confirmed });
  return { issued, confirmed, requested };
}

/** A key of the member that has the role AUDITOR alone. */
async function newKey({ member }: MemberClient, name: string): Promise<{ id: string; client: MemberClient }> {
  const { body } = await new MemberClient(member).post('/v1/api-keys', { name, roles: ['AUDITOR'] });
  return { id: String(body['id']), client: new MemberClient({ ...member, apiKey: String(body['apiKey']) }) };
}
