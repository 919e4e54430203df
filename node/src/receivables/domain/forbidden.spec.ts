import { requireAct } from './require-act.js';
import {
  RECEIVABLE_STATUSES,
  RECEIVABLE_TRANSITIONS,
  type ReceivableAct,
  type ReceivableTransition,
} from './states.js';

const receivable = { id: `0x${'01'.repeat(32)}`, obligor: 1, supplier: 2 } as const;
const acts = Object.keys(RECEIVABLE_TRANSITIONS) as ReceivableAct[];
const refusal = (code: string, facts: object) =>
  expect.objectContaining({ code, facts: expect.objectContaining({ receivable: receivable.id, ...facts }) as object });

it.each(acts)('%s is refused in every state that is not listed, and to the other party', (act) => {
  const { by, from, to }: ReceivableTransition = RECEIVABLE_TRANSITIONS[act];
  const party = by === 'obligor' || by === 'supplier' ? by : undefined;
  const [own, other] = party === 'supplier' ? [2, 1] : [1, 2];
  for (const status of RECEIVABLE_STATUSES) {
    const attempt = () => requireAct({ ...receivable, status }, act, own);
    if (from.includes(status)) expect(attempt).not.toThrow();
    else if (to) expect(attempt).toThrow(refusal('RECEIVABLE_INVALID_TRANSITION', { from: status, to }));
    else expect(attempt).toThrow(refusal('RECEIVABLE_NOT_CONFIRMED', { status }));
    if (party)
      expect(() => requireAct({ ...receivable, status }, act, other)).toThrow(
        refusal('RECEIVABLE_UNAUTHORIZED', { member: other }),
      );
  }
});
