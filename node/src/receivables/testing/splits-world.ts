import type { Json, MemberClient } from '../../../../scripts/demo/client.js';
import { startNodes, type TestNodes } from '../../../../test/support/nodes.js';
import { arrives, Story } from '../../financing/testing/story.js';

export const PATIENCE = 120_000;

/** What the tests of a spec run on, once it has begun. */
export let nodes: TestNodes;
export let story: Story;
export let second: Story;
export let core: MemberClient;
export let one: MemberClient;
export let two: MemberClient;

/** Begins a spec: `one` and `two` are the suppliers of both tiers; `second` tells `two`’s story. */
export async function startWorld(): Promise<void> {
  // supplier-2 takes parts of supplier-1 by standing rule; everybody else answers by hand.
  const settings = { acceptPartsFrom: ['supplier-1'] };
  nodes = await startNodes(['core', 'supplier-1', 'supplier-2', 'bank-a', 'bank-b'], { settings });
  const desks = { of: (name: string) => nodes.of(name), anvil: nodes.anvil, patienceMs: PATIENCE };
  [story, second] = [new Story(desks), new Story(desks, 'supplier-2')];
  [core, one, two] = ['core', 'supplier-1', 'supplier-2'].map((name) => nodes.of(name).client) as [
    MemberClient,
    MemberClient,
    MemberClient,
  ];
}

export const stopWorld = (): Promise<void> | undefined => nodes?.stop();

let count = 0;
export const newNumber = (): string => `PO-S${++count}`;
/** Confirmed for 96.75 of 107.50, since 90 of 100 came. */
export const confirmed = (): Promise<string> => story.confirmed({ number: newNumber() });
export const split = (client: MemberClient, id: string, ...parts: Json[]) =>
  client.post(`/v1/receivables/${id}/splits`, { parts });
export const seen = (client: MemberClient, id: string, wanted: (body: Json) => boolean) =>
  arrives(() => client.get(`/v1/receivables/${id}`), wanted, PATIENCE);
export const splitSeen = async (client: MemberClient, id: string, status: string, which?: string): Promise<Json> => {
  const { items } = (await arrives(
    () => client.get(`/v1/receivables/${id}/splits`),
    ({ items }) => among(items as Json[], which)?.['status'] === status,
    PATIENCE,
  )) as { items: Json[] };
  return among(items, which)!;
};
const among = (items: Json[], which: string | undefined): Json | undefined =>
  which === undefined ? items[0] : items.find(({ id }) => id === which);
/** Ids of the parts, once they are on chain and here. */
export const partsOf = async (client: MemberClient, id: string): Promise<string[]> => {
  const { parts } = await seen(client, id, ({ status }) => status === 'SPLIT');
  return (parts as { id: string }[]).map((part) => part.id);
};
/** Until it is so; the test's own time-out ends it. */
export const until = async (so: () => Promise<boolean>): Promise<void> => {
  while (!(await so())) await new Promise((resolve) => setTimeout(resolve, 50));
};
export const money = (amount: string) => ({ amount, currency: 'GBP' });
