import type { Answer, Json } from '../../../../scripts/demo/client.js';
import { refusalOf } from '../../../../test/support/nodes.js';
import { arrives, DUE, made, type Trade } from './story.js';
import { nodes, story } from './world.js';

export const PAST = '2026-11-01';

export const post = (member: string, path: string, body?: Json) => nodes.of(member).client.post(path, body);
export const get = (member: string, path: string) => nodes.of(member).client.get(path);
export const shows = (member: string, path: string, wanted: (body: Json) => boolean) =>
  arrives(() => get(member, path), wanted);
export const amounts = (applied: unknown) =>
  Object.values(applied as Record<string, Json>).reduce((sum, { amount }) => sum + Math.round(Number(amount) * 100), 0);

/** A financing of a confirmed receivable that is due already, disbursed; holder and obligor have been told. */
export async function lent(trade: Trade, terms: Json = {}): Promise<{ receivable: string; financing: string }> {
  const receivable = await story.confirmed(trade, { amount: '96.75', dueDate: PAST });
  const financing = await story.requested('bank-a', { receivable });
  await story.offered('bank-a', financing, { recourse: true, repayBy: DUE, ...terms });
  await story.disbursed('bank-a', financing);
  await shows('core', `/v1/receivables/${receivable}`, ({ encumbrance }) => {
    return !['NONE', 'RESERVED'].includes(String((encumbrance as Json)['state']));
  });
  return { receivable, financing };
}

export async function notified(receivable: string, financing: string): Promise<void> {
  made(await post('bank-a', `/v1/financings/${financing}/notice`));
  await shows('core', `/v1/receivables/${receivable}`, ({ notice }) => notice !== undefined);
  made(await post('core', `/v1/receivables/${receivable}/notice/acknowledgement`));
  await shows('bank-a', `/v1/financings/${financing}`, (body) => (body['encumbrance'] as Json)['state'] === 'NOTIFIED');
}

/** What each of these commands is refused with, in order. */
export async function refusals(
  ...commands: readonly (readonly [string, string, Json?])[]
): Promise<[number, unknown][]> {
  const answers: Answer[] = [];
  for (const [member, path, body] of commands) answers.push(await post(member, path, body));
  return answers.map(refusalOf);
}
