import type { DocumentKind, DocumentModel } from '../../documents/model/index.js';
import { milestoneQuantitiesMissing } from './problems.js';
import type { MilestoneKind } from './milestone-kinds.js';

/** Kinds of documents that can stand behind a milestone. */
export type MilestoneDocumentKind = Extract<DocumentKind, 'EVENT' | 'DESPATCH' | 'RECEIPT'>;

/** Which ones each kind takes; plain JSON that names no kind is of the first. */
export const MILESTONE_DOCUMENTS: Readonly<
  Record<MilestoneKind, readonly [MilestoneDocumentKind, ...MilestoneDocumentKind[]]>
> = {
  PRODUCTION_STARTED: ['EVENT'],
  PRODUCTION_COMPLETED: ['EVENT'],
  DESPATCHED: ['DESPATCH', 'EVENT'],
  IN_TRANSIT: ['DESPATCH', 'EVENT'],
  DELIVERED: ['DESPATCH', 'RECEIPT', 'EVENT'],
  RECEIVED: ['RECEIPT', 'EVENT'],
  INSPECTED: ['RECEIPT', 'EVENT'],
  RETURNED: ['DESPATCH', 'RECEIPT'],
};

/** What a business step of an EPCIS event means here, and which step a milestone without a document is written as. */
const STEPS: Readonly<Record<MilestoneKind, readonly [string, ...string[]]>> = {
  PRODUCTION_STARTED: ['commissioning'],
  PRODUCTION_COMPLETED: ['packing', 'assembling'],
  DESPATCHED: ['shipping', 'departing'],
  IN_TRANSIT: ['transporting'],
  DELIVERED: ['arriving', 'unloading'],
  RECEIVED: ['receiving', 'accepting'],
  INSPECTED: ['inspecting'],
  RETURNED: ['returning'],
};

const OF_DOCUMENT: Partial<Record<DocumentKind, MilestoneKind>> = { DESPATCH: 'DESPATCHED', RECEIPT: 'RECEIVED' };

/** The milestone that a document by itself tells of; undefined when it could be several. */
export function milestoneOf(model: DocumentModel): MilestoneKind | undefined {
  if (model.kind !== 'EVENT') return OF_DOCUMENT[model.kind];
  const kinds = new Set(model.events.map(({ step }) => kindOfStep(step)));
  return kinds.size === 1 ? [...kinds][0] : undefined;
}

function kindOfStep(step: string | undefined): MilestoneKind | undefined {
  const entries = Object.entries(STEPS) as [MilestoneKind, readonly string[]][];
  return entries.find(([, steps]) => step !== undefined && steps.includes(step))?.[0];
}

/** A milestone without a document, as an EPCIS 2.0 event at `time` (RFC 3339): what is committed to and delivered. */
export function eventFor(kind: MilestoneKind, time: string): Uint8Array {
  const event = {
    '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
    type: 'ObjectEvent',
    action: 'OBSERVE',
    bizStep: STEPS[kind][0],
    eventTime: time,
    eventTimeZoneOffset: '+00:00',
  };
  return Buffer.from(JSON.stringify(event));
}

/** Refuses with MILESTONE_QUANTITIES_MISSING a return of nobody knows what: it would lower cover by nobody knows how much. */
export function requireQuantities(kind: MilestoneKind, model: DocumentModel): void {
  if (kind !== 'RETURNED') return;
  const lines = 'lines' in model ? model.lines : [];
  if (lines.length > 0 && lines.every(({ quantity }) => quantity !== undefined)) return;
  throw milestoneQuantitiesMissing('send a despatch or receipt document with a quantity for each line returned');
}
