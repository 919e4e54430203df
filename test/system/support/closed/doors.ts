import { randomUUID } from 'node:crypto';
import type { MemberClient } from '../../../../scripts/demo/client.js';

interface Operation {
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
}

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** Filters of lists that take an id. */
const FILTERS = ['order', 'receivable', 'grant', 'object', 'framework'];

/** A stream is read for this long. */
const STREAM_MS = 2000;

/** An answer, whole. Refusals are answers too. */
export interface DoorAnswer {
  readonly door: string;
  readonly status: number;
  readonly text: string;
}

/**
 * What a member's node answers, with its key, at every door that its OpenAPI document lists: each GET with each of the ids in its
 * path, or as a filter where it has none; each POST with an empty body; the event stream from its beginning; metrics.
 */
export async function everyAnswer(who: MemberClient, ids: readonly string[]): Promise<DoorAnswer[]> {
  const { paths } = (await (await fetch(`${who.member.url}/openapi.json`)).json()) as OpenApi;
  const answers: DoorAnswer[] = [];
  for (const [path, operations] of Object.entries(paths)) {
    const places = path.includes('{') ? ids.map((id) => path.replaceAll(/\{\w+\}/g, id)) : [path];
    for (const place of places) {
      const { get: read } = operations;
      if (read) for (const door of variantsOf(place, path, read, ids)) answers.push(await get(who, door));
      if ('post' in operations) answers.push(await post(who, place));
    }
  }
  for (const id of ids) answers.push(await get(who, `/v1/orders/${id}/disclosure?fields=/amount,/number`));
  for (const door of ['/metrics', '/v1/events?from=beginning']) answers.push(await get(who, door));
  return answers;
}

function variantsOf(place: string, path: string, { parameters }: Operation, ids: readonly string[]): string[] {
  if (path === '/v1/events') return [];
  if (path.includes('{')) return [place];
  const names = (parameters ?? []).filter(({ in: where }) => where === 'query').map(({ name }) => name);
  const filters = FILTERS.filter((name) => names.includes(name));
  const filtered = ids.flatMap((id) => filters.map((name) => `${place}?${name}=${id}`));
  return [place, ...(names.includes('limit') ? [`${place}?limit=200`] : []), ...filtered];
}

async function get(who: MemberClient, door: string): Promise<DoorAnswer> {
  const headers = { authorization: `Bearer ${who.member.apiKey}` };
  const response = await fetch(`${who.member.url}${door}`, { headers });
  const stream = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
  return { door, status: response.status, text: stream ? await readFor(response) : await response.text() };
}

async function post(who: MemberClient, path: string): Promise<DoorAnswer> {
  const headers = { authorization: `Bearer ${who.member.apiKey}`, 'content-type': 'application/json' };
  const key = { 'idempotency-key': randomUUID() };
  const init = { method: 'POST', headers: { ...headers, ...key }, body: '{}' };
  const response = await fetch(`${who.member.url}${path}`, init);
  return { door: `POST ${path}`, status: response.status, text: await response.text() };
}

async function readFor(response: Response): Promise<string> {
  const reader = response.body!.getReader();
  const timer = setTimeout(() => void reader.cancel(), STREAM_MS);
  const chunks: Uint8Array[] = [];
  for (let part = await reader.read(); !part.done; part = await reader.read()) chunks.push(part.value);
  clearTimeout(timer);
  return Buffer.concat(chunks).toString('utf8');
}

/** What an answer says of one thing each: its items, its events, else the whole. */
export function statementsOf({ text }: DoorAnswer): string[] {
  if (text.startsWith('id:') || text.startsWith('event:') || text.startsWith(':')) return text.split('\n\n');
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return text.split('\n');
  }
  const { items } = body as { items?: unknown[] };
  return Array.isArray(items) ? items.map((item) => JSON.stringify(item)) : [text];
}
