import type { EventErrorModel, EventModel, EventsModel } from '../model/index.js';
import { fieldInvalid, kindUnsupported } from '../source/problems.js';
import type { SourceNode } from '../source/source-node.js';
import { at, carry, peek, required, text } from './values.js';

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;
/** A step, disposition or business transaction type may be written bare, as a CBV URN or as a GS1 web URI. */
const VOCABULARY = /^(?:urn:epcglobal:cbv:[a-z]+:|https?:\/\/(?:ref|ns)\.gs1\.org\/(?:cbv|voc)\/(?:[A-Za-z]+-)?)/;

/** An EPCIS 2.0 document, query document or single event. Throws DOCUMENT_KIND_UNSUPPORTED for anything else. */
export function epcis(root: SourceNode): EventsModel {
  const nodes = eventNodes(root);
  const events = nodes.map(event);
  return { kind: 'EVENT', orderNumbers: [...new Set(events.flatMap((each) => each.orderNumbers))], events };
}

/** Whether a JSON document is EPCIS, whatever its media type says. */
export function isEpcis(root: SourceNode): boolean {
  const type = (root.one('type') ?? root.one('@type'))?.value;
  return root.all('@context').length > 0 && type !== undefined && (type.startsWith('EPCIS') || type.endsWith('Event'));
}

function eventNodes(root: SourceNode): readonly SourceNode[] {
  const body = root.one('epcisBody');
  const list = body?.all('eventList') ?? [];
  const found = at(body, 'queryResults', 'resultsBody')?.all('eventList') ?? [];
  const nodes = [...list, ...found, ...(root.one('eventTime') ? [root] : [])];
  if (nodes.length === 0) throw kindUnsupported('no EPCIS 2.0 event is in the document');
  return nodes;
}

function event(node: SourceNode): EventModel {
  const transactions = node.all('bizTransactionList');
  const numbersOf = (type: string) =>
    numbers(
      transactions.filter((each) => peek(each.one('type'), word) === type).map((each) => each.one('bizTransaction')),
    );
  return {
    id: text(node.one('eventID')),
    type: required(text(node.one('type')), `${node.pointer}/type`),
    action: text(node.one('action')),
    step: word(node.one('bizStep')),
    disposition: word(node.one('disposition')),
    time: required(time(node.one('eventTime')), `${node.pointer}/eventTime`),
    zone: text(node.one('eventTimeZoneOffset')),
    readPoint: text(at(node, 'readPoint', 'id')),
    location: text(at(node, 'bizLocation', 'id')),
    orderNumbers: numbersOf('po'),
    despatchNumbers: numbersOf('desadv'),
    error: errorOf(node.one('errorDeclaration')),
  };
}

function errorOf(node: SourceNode | undefined): EventErrorModel | undefined {
  if (!node) return undefined;
  return {
    time: required(time(node.one('declarationTime')), `${node.pointer}/declarationTime`),
    reason: word(node.one('reason')),
    corrections: node.all('correctiveEventIDs').flatMap((each) => text(each) ?? []),
  };
}

/** Transactions are named by URI; the number is its last part: `urn:epcglobal:cbv:bt:GLN:PO-7`, `https://x.example/po/PO-7`. */
function numbers(nodes: readonly (SourceNode | undefined)[]): string[] {
  const found = nodes.flatMap((node) => {
    const uri = node?.value?.trim();
    return node && uri ? [carry(node, /[^:/]+$/.exec(uri)?.[0] ?? uri)] : [];
  });
  return [...new Set(found)];
}

function word(node: SourceNode | undefined): string | undefined {
  const value = node?.value?.trim();
  return node && value ? carry(node, value.replace(VOCABULARY, '')) : undefined;
}

function time(node: SourceNode | undefined): string | undefined {
  const value = text(node);
  if (value === undefined || (TIME.test(value) && !Number.isNaN(Date.parse(value)))) return value;
  throw fieldInvalid(`${node!.pointer} is no time with a zone`, { pointer: node!.pointer });
}
