/** A plain JSON invoice of about 3.6 KB, as other peers' own samples are. */
export function invoice(): Record<string, unknown> {
  const lines = Array.from({ length: 20 }, (_, i) => ({
    id: String(i + 1),
    orderLine: String(i + 1),
    item: `W-${i}`,
    name: `Widget ${i}, galvanised, in boxes of ten`,
    quantity: '100',
    unit: 'EA',
    amount: '107.50',
  }));
  return {
    kind: 'INVOICE',
    number: 'BENCH-INV-1',
    orderNumber: 'BENCH-1',
    issueDate: '2026-11-22',
    dueDate: '2027-01-21',
    currency: 'EUR',
    amount: '2150.00',
    payer: { id: 'BENCH-BUYER', name: 'Bench Buyer' },
    payee: { id: 'BENCH-SELLER', name: 'Bench Seller' },
    lines,
  };
}
