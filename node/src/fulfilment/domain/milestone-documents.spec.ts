import { importDocument } from '../../documents/index.js';
import type { DocumentModel, EventsModel } from '../../documents/model/index.js';
import { eventFor, MILESTONE_DOCUMENTS, milestoneOf, requireQuantities } from './milestone-documents.js';
import { MILESTONE_KINDS } from './milestone-kinds.js';

const events = (...steps: (string | undefined)[]): EventsModel => ({
  kind: 'EVENT',
  orderNumbers: [],
  events: steps.map((step) => ({ type: 'ObjectEvent', step, time: '', orderNumbers: [], despatchNumbers: [] })),
});
const lines = (kind: 'RECEIPT' | 'DESPATCH', ...quantities: (string | undefined)[]): DocumentModel => ({
  kind,
  orderNumbers: [],
  despatchNumbers: [],
  buyer: { entities: [] },
  seller: { entities: [] },
  lines: quantities.map((quantity, i) => ({ id: String(i + 1), item: {}, quantity })),
});

describe('milestoneOf', () => {
  it.each([
    [lines('DESPATCH'), 'DESPATCHED'],
    [lines('RECEIPT'), 'RECEIVED'],
    [events('shipping', 'departing'), 'DESPATCHED'],
    [events('shipping', 'receiving'), undefined],
    [events('storing'), undefined],
    [events(undefined), undefined],
  ])('reads the kind from the document', (model, kind) => expect(milestoneOf(model)).toBe(kind));

  it.each([...MILESTONE_KINDS])('reads %s from the event that is written for it', (kind) => {
    const document = importDocument(eventFor(kind, '2026-11-22T10:00:00.000Z'), 'application/ld+json');
    expect([document.kind, milestoneOf(document.model)]).toEqual(['EVENT', kind]);
    if (kind !== 'RETURNED') expect(MILESTONE_DOCUMENTS[kind]).toContain('EVENT');
  });
});

describe('requireQuantities', () => {
  it.each([[lines('RECEIPT')], [lines('DESPATCH', '1', undefined)], [events('returning')]])(
    'refuses a return of nobody knows what',
    (model) => {
      const refused = expect.objectContaining({ code: 'MILESTONE_QUANTITIES_MISSING' });
      expect(() => requireQuantities('RETURNED', model)).toThrow(refused);
      expect(() => requireQuantities('INSPECTED', model)).not.toThrow();
    },
  );

  it('takes a return that says how much', () => {
    expect(() => requireQuantities('RETURNED', lines('DESPATCH', '1', '2.5'))).not.toThrow();
  });
});
