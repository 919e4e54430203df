import type { ReceivedEnvelope } from '../../exchange/index.js';
import type { Hex } from '../../kernel/hex.js';
import { financingUnknown } from '../domain/problems.js';
import type { EvidenceBody } from './envelopes.js';
import { ReceiveEvidence } from './receive-evidence.js';

const HOLDER = 2;
const FINANCING: Hex = `0x${'0a'.repeat(32)}`;

/** Evidence comes of a financing that this lender does not know, or does; its request is set aside here, or is not. */
function take({ known = false, request = false }): Promise<void> {
  const parts = [
    { require: () => Promise.reject(financingUnknown('not its side', {})) },
    ...[{}, {}, {}, {}],
    { find: () => Promise.resolve(known ? {} : undefined) },
    ...[{}, {}, {}],
    {
      isSetAsideFrom: (from: number, type: string, id: Hex) =>
        Promise.resolve(request && from === HOLDER && type === 'financing.request' && id === FINANCING),
    },
  ];
  const receiver = new (ReceiveEvidence as new (...args: never[]) => ReceiveEvidence)(...(parts as never[]));
  const letter = { from: { id: HOLDER }, object: FINANCING, body: {} };
  return receiver.handle(letter as unknown as ReceivedEnvelope<EvidenceBody>);
}

it('evidence waits for a request that its lender set aside, and is refused for good without one', async () => {
  await expect(take({ request: true })).rejects.toMatchObject({ code: 'TRY_AGAIN', status: 503 });
  await expect(take({})).rejects.toMatchObject({ code: 'FINANCING_UNKNOWN' });
});

it('that one request of an id is set aside holds up nothing of another that was taken in', async () => {
  await expect(take({ known: true, request: true })).rejects.toMatchObject({ code: 'FINANCING_UNKNOWN' });
});
