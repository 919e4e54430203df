import type { MemberClient } from '../../../scripts/demo/client.js';

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** A stream is read for this long. */
const STREAM_MS = 1500;

/**
 * What a member's node answers, with its key, at every GET that its OpenAPI document lists, whichever of the ids stands in
 * the path and the query; by path. Refusals are answers too.
 */
export async function everyAnswer(who: MemberClient, ids: readonly string[]): Promise<Map<string, string>> {
  const { paths } = (await (await fetch(`${who.member.url}/openapi.json`)).json()) as OpenApi;
  const gets = Object.keys(paths).filter((path) => 'get' in paths[path]!);
  const doors = gets.flatMap((path) => {
    const filled = path.includes('{') ? ids.map((id) => path.replaceAll(/\{\w+\}/g, id)) : [path];
    if (path === '/v1/events') return filled;
    return filled.flatMap((each) => [
      each,
      ...ids.flatMap((id) => ['order', 'receivable'].map((name) => `${each}?${name}=${id}`)),
    ]);
  });
  const answers = new Map<string, string>();
  for (const door of new Set([
    ...doors,
    ...ids.map((id) => `/v1/orders/${id}/disclosure?fields=/amount,/number`),
    '/metrics',
  ])) {
    const headers = { authorization: `Bearer ${who.member.apiKey}` };
    const response = await fetch(`${who.member.url}${door}`, { headers });
    const stream = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
    answers.set(door, `${response.status} ${stream ? await readFor(response, STREAM_MS) : await response.text()}`);
  }
  return answers;
}

async function readFor(response: Response, ms: number): Promise<string> {
  const reader = response.body!.getReader();
  const timer = setTimeout(() => void reader.cancel(), ms);
  const chunks: Uint8Array[] = [];
  for (let part = await reader.read(); !part.done; part = await reader.read()) chunks.push(part.value);
  clearTimeout(timer);
  return Buffer.concat(chunks).toString('utf8');
}
