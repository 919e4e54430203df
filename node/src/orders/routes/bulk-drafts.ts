import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { bodyText, instant } from '../../http/index.js';
import { importDocument, type OrderModel, type TradeDocument } from '../../documents/index.js';
import { requestInvalid } from '../../errors/index.js';
import { Problem, restoreProblem } from '../../kernel/problem.js';
import { splitJson } from '../../documents/http/index.js';

/** Most orders of one request. */
const MOST_DRAFTS = 1000;
/** Read in one go, some 4 ms of JSON or 20 of XML: others are answered in between. */
const DRAFTS_A_TURN = 32;

const line = z.strictObject({
  supplier: z.string().min(1),
  expiresAt: instant.optional(),
  document: z.unknown().optional(),
  xml: z.base64().optional(),
});

export interface NamedDraft {
  readonly document: TradeDocument<OrderModel>;
  /** Short name of the member. */
  readonly supplier: string;
  readonly expiresAt?: number;
}

/**
 * The orders of a bulk request. Throws REQUEST_MALFORMED for what is not UTF-8; REQUEST_INVALID, or what importing throws, with the
 * fact `item` (from 0).
 */
export async function readDrafts(body: Buffer | undefined, mediaType: string): Promise<NamedDraft[]> {
  const items = splitJson(bodyText(body), /ndjson/i.test(mediaType));
  if (items.length === 0) throw requestInvalid('no order is in the body');
  if (items.length > MOST_DRAFTS) {
    throw requestInvalid(`${items.length} orders, ${MOST_DRAFTS} are taken at once`, { most: MOST_DRAFTS });
  }
  const drafts: NamedDraft[] = [];
  for (const [place, item] of items.entries()) {
    if (place % DRAFTS_A_TURN === DRAFTS_A_TURN - 1) await setImmediate();
    drafts.push(readDraftAt(place, item));
  }
  return drafts;
}

function readDraftAt(place: number, text: string): NamedDraft {
  try {
    return readDraft(text);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { code, detail, facts } = error;
    throw restoreProblem({ code, detail: `order ${place}: ${detail}`, facts: { ...facts, item: place } });
  }
}

function readDraft(text: string): NamedDraft {
  const xml = xmlOf(text);
  const document = xml
    ? importDocument(xml, 'application/xml', { kind: 'ORDER' })
    : importDocument(Buffer.from(text), 'application/json', { kind: 'ORDER', member: 'document' });
  const result = line.safeParse(parsed(text));
  if (!result.success || (xml && result.data.document !== undefined))
    throw requestInvalid('needs supplier and document or xml, may have expiresAt, and nothing else');
  const { supplier, expiresAt } = result.data;
  return { supplier, expiresAt, document: document as TradeDocument<OrderModel> };
}

/** What importing takes is not all JSON to the rest of the line: it leaves out a byte order mark, as where files were joined. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw requestInvalid('is not JSON');
  }
}

/** The bytes of a line's XML document. What is no JSON is for importing to refuse. */
function xmlOf(text: string): Buffer | undefined {
  if (!text.includes('"xml"')) return undefined;
  try {
    const { xml } = JSON.parse(text) as { xml?: unknown };
    return typeof xml === 'string' ? Buffer.from(xml, 'base64') : undefined;
  } catch {
    return undefined;
  }
}
