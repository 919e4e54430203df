import { type DocumentKind, importDocument, type ImportHint } from '../../documents/index.js';
import type { GatedCommand } from '../../http/index.js';
import { Rational } from '../../kernel/rational.js';
import type { CommandFacts } from '../domain/four-eyes.js';
import { namedAmounts } from '../domain/named-amounts.js';
import type { Worth } from '../queries/worths.js';

const BULK = 'POST /v1/orders/bulk';

/** Commands that bring documents, one or one an item: the amount is what the document comes to, with nothing that lies beside it. */
const BRINGS: Readonly<Record<string, DocumentKind>> = {
  'POST /v1/orders': 'ORDER',
  [BULK]: 'ORDER',
  'POST /v1/orders/:id/changes': 'ORDER_CHANGE',
  'POST /v1/orders/:id/acceptance-with-changes': 'ORDER_RESPONSE',
  'POST /v1/receivables': 'INVOICE',
  'POST /v1/receivables/:id/credit-notes': 'CREDIT_NOTE',
};

/**
 * Commands whose body has to name the amount that they move, and is refused when it has anything else. What they are about
 * may be worth many times that. Only a strict schema that demands its amount makes a route fit for this list.
 */
const NAMES = new Set([
  'POST /v1/financings',
  'POST /v1/financings/:id/offer',
  'POST /v1/financings/:id/repayments',
  'POST /v1/receivables/:id/payments',
]);

/** Whose object does not count: a credit note, too, says itself what it takes away. */
const BODY_ALONE = new Set([...NAMES, 'POST /v1/receivables/:id/credit-notes']);

/**
 * What a command is about, as far as amounts go: what its object is worth or, by a change that waits, would be (`worths`),
 * and what its body says. A body can add to that and never take away: nobody has checked it yet.
 */
export function stakesOf(command: GatedCommand, worths: readonly Worth[]): Omit<CommandFacts, 'action'> {
  const { action, amounts: known } = command;
  const own = BODY_ALONE.has(action) ? [] : worths;
  if (known)
    return { amounts: [...own, ...known].filter((each) => each !== undefined), unknown: own.includes(undefined) };
  const kind = BRINGS[action];
  const said = kind ? brought(command, kind, worths[0]) : inBody(command, worths[0]?.currency);
  const decides = kind !== undefined || NAMES.has(action);
  // Where nothing that is checked says an amount, one that nobody has checked yet tells nothing.
  const untold = (decides ? said : own).length === 0;
  const stakes = untold ? [...own, ...said, undefined] : [...own, ...said];
  return { amounts: stakes.filter((each) => each !== undefined), unknown: stakes.includes(undefined) };
}

function inBody({ json, body, mediaType }: GatedCommand, currency: string | undefined): Worth[] {
  const items = json === undefined ? (linesOf(body, mediaType) ?? []) : [json];
  return items.flatMap((item) => namedAmounts(item, currency));
}

/** What documents come to, each read as the command will read it; nothing without a body. */
function brought(command: GatedCommand, kind: DocumentKind, worth: Worth): Worth[] {
  const { action, body, mediaType, json } = command;
  if (body.length === 0) return [];
  if (action === BULK) {
    const items = linesOf(body, mediaType) ?? [json ?? parsed(text(body))].flat();
    return items.flatMap((item) => inItem(item, kind, worth));
  }
  return json === undefined ? inDocument(body, mediaType ?? '', {}, worth) : inItem(json, kind, worth);
}

/** Of `{document}`, or of the `xml` in base64 that an item of a bulk command has in its place. */
function inItem(item: unknown, kind: DocumentKind, worth: Worth): Worth[] {
  const { xml, document } = (item ?? {}) as { xml?: unknown; document?: unknown };
  if (typeof xml === 'string') return inDocument(Buffer.from(xml, 'base64'), 'application/xml', {}, worth);
  if (typeof document !== 'object' || document === null) return [undefined];
  const named = 'kind' in document || '@context' in document;
  const hint = { kind: named ? undefined : kind, member: 'document' };
  return inDocument(Buffer.from(JSON.stringify({ document })), 'application/json', hint, worth);
}

/** What cannot be read comes to nothing that could be told, and is refused by the command. */
function inDocument(bytes: Uint8Array, mediaType: string, hint: ImportHint, worth: Worth): Worth[] {
  try {
    const { model } = importDocument(bytes, mediaType, hint);
    const { amount, currency } = model as { amount?: string; currency?: string };
    if (amount !== undefined && currency !== undefined) return [{ amount, currency }];
    const changes = model.kind === 'ORDER_CHANGE' || model.kind === 'ORDER_RESPONSE';
    return changes ? [undefined, together(worth, model.lines)] : [undefined];
  } catch {
    return [undefined];
  }
}

/** About what a change that states no total makes of an order: what it was worth, and all lines of the change. */
function together(worth: Worth, lines: readonly { readonly amount?: string }[]): Worth {
  if (!worth) return undefined;
  const amounts = [worth.amount, ...lines.map(({ amount }) => amount ?? '0')];
  const sum = Rational.sum(amounts.map((amount) => Rational.parse(amount)));
  return { amount: sum.toString(), currency: worth.currency };
}

/** What the lines of NDJSON say; undefined when the body is none. */
function linesOf(body: Uint8Array, mediaType: string | undefined): unknown[] | undefined {
  if (!/ndjson/i.test(mediaType ?? '')) return undefined;
  return text(body)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(parsed);
}

const text = (body: Uint8Array): string => Buffer.from(body).toString('utf8');

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
