import { startNodes, type TestNodes } from '../../../../test/support/nodes.js';
import { Story } from './story.js';

/** What the tests of a spec run on, once it has begun. */
export let nodes: TestNodes;
export let story: Story;

/** Begins a spec: a buyer, a supplier that holds claims, two banks. */
export async function startWorld(): Promise<void> {
  nodes = await startNodes(['core', 'supplier-1', 'bank-a', 'bank-b']);
  story = new Story(nodes);
}

export const stopWorld = (): Promise<void> | undefined => nodes?.stop();
