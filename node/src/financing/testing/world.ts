import { startNodes, type TestNodes } from '../../../../test/support/nodes.js';
import type { Settings } from '../../config/index.js';
import { Story } from './story.js';

/** What the tests of a spec run on, once it has begun. */
export let nodes: TestNodes;
export let story: Story;

/** Begins a spec: a buyer, a supplier that holds claims, two banks. */
export async function startWorld(settings: Partial<Settings> = {}): Promise<void> {
  nodes = await startNodes(['core', 'supplier-1', 'bank-a', 'bank-b'], { settings });
  story = new Story(nodes);
}

export const stopWorld = (): Promise<void> | undefined => nodes?.stop();
