import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { ConsortiumFile } from '../consortium/consortium.js';
import { DataDir } from '../consortium/data-dir.js';
import { fromCaller } from '../lib/from-caller.js';
import { MemberClient } from './client.js';
import { FrameworkAct } from './framework-act.js';
import { Narrator, NotAsTold } from './narrator.js';
import { Rehearsal } from './rehearsal.js';
import { Samples } from './samples.js';
import { SecondAct } from './second-act.js';
import { tell } from './story.js';

type Client = (member: string) => MemberClient | Promise<MemberClient>;

/** The running consortium of this data folder. Throws with what to do when none runs. */
function embedded(dir: DataDir): Client {
  if (!existsSync(dir.consortium)) throw new NotAsTold('no consortium is running here: start one with `npm start`');
  const file = dir.read<ConsortiumFile>(dir.consortium)!;
  try {
    process.kill(file.pid, 0);
  } catch {
    throw new NotAsTold('the consortium of this folder is gone (it crashed): start it again with `npm start`');
  }
  return (name) => new MemberClient(file.members.find((member) => member.name === name)!);
}

/** `npm run demo`: exit 0 only if every step was as told. With `--dir`, against what `npm run production` runs of that founding. */
async function main(): Promise<void> {
  const { dir: named } = parseArgs({ options: { dir: { type: 'string' } } }).values;
  const dir = named === undefined ? undefined : fromCaller(named);
  const [run, narrator] = [Date.now().toString(36).toUpperCase(), new Narrator()];
  if (dir === undefined) return story(embedded(new DataDir()), narrator, run);
  const rehearsal = Rehearsal.in(dir);
  await rehearsal.prepare(narrator);
  try {
    // Outside of the embedded consortium nobody takes parts of others' claims unseen.
    await story((name) => rehearsal.desk(name, run), narrator, run, true);
  } finally {
    await rehearsal.revokeKeys();
  }
}

async function story(client: Client, narrator: Narrator, run: string, partsByHand = false): Promise<void> {
  const cast = {
    core: await client('core'),
    supplier: await client('supplier-1'),
    carrier: await client('carrier'),
    bankA: await client('bank-a'),
    bankB: await client('bank-b'),
  };
  const told = await tell(cast, new Samples(run), narrator);
  await new SecondAct({ ...cast, supplier2: await client('supplier-2') }, narrator, run, partsByHand).tell();
  await new FrameworkAct(cast, narrator, run).tell();
  const once = `one order, one receivable (${told.receivable.slice(0, 10)}…), financed once`;
  process.stdout.write(`\nAll as told: ${once}; another split, and money conserved to the last cent.\n`);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof NotAsTold ? error.message : String((error as Error).stack)}\n`);
  process.exitCode = 1;
}
