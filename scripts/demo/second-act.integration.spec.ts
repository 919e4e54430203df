import { startNodes, type TestNodes } from '../../test/support/nodes.js';
import { FrameworkAct } from './framework-act.js';
import { Narrator } from './narrator.js';
import { SecondAct } from './second-act.js';

let nodes: TestNodes;

beforeAll(async () => {
  const settings = { acceptPartsFrom: ['*'] };
  nodes = await startNodes(['core', 'supplier-1', 'supplier-2', 'bank-a', 'bank-b'], { settings });
});
afterAll(() => nodes?.stop());

it('is as told, and money is conserved', async () => {
  const [core, supplier, supplier2, bankA, bankB] = ['core', 'supplier-1', 'supplier-2', 'bank-a', 'bank-b'].map(
    (name) => nodes.of(name).client,
  ) as [never, never, never, never, never];
  await new SecondAct({ core, supplier, supplier2, bankA, bankB }, new Narrator(), 'T1').tell();
});

it('ends with a framework contract of which nothing is left', async () => {
  const [core, supplier] = ['core', 'supplier-1'].map((name) => nodes.of(name).client) as [never, never];
  await new FrameworkAct({ core, supplier }, new Narrator(), 'T2').tell();
});
