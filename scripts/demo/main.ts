import { existsSync } from 'node:fs';
import type { ConsortiumFile } from '../consortium/consortium.js';
import { DataDir } from '../consortium/data-dir.js';
import { MemberClient } from './client.js';
import { FrameworkAct } from './framework-act.js';
import { Narrator, NotAsTold } from './narrator.js';
import { Samples } from './samples.js';
import { SecondAct } from './second-act.js';
import { tell } from './story.js';

/** The running consortium of this data folder. Throws with what to do when none runs. */
function running(dir: DataDir): ConsortiumFile {
  if (!existsSync(dir.consortium)) throw new NotAsTold('no consortium is running here: start one with `npm start`');
  const file = dir.read<ConsortiumFile>(dir.consortium)!;
  try {
    process.kill(file.pid, 0);
  } catch {
    throw new NotAsTold('the consortium of this folder is gone (it crashed): start it again with `npm start`');
  }
  return file;
}

/** `npm run demo`: exit 0 only if every step was as told. */
async function main(): Promise<void> {
  const file = running(new DataDir());
  const client = (name: string) => new MemberClient(file.members.find((member) => member.name === name)!);
  const cast = {
    core: client('core'),
    supplier: client('supplier-1'),
    carrier: client('carrier'),
    bankA: client('bank-a'),
    bankB: client('bank-b'),
  };
  const [run, narrator] = [Date.now().toString(36).toUpperCase(), new Narrator()];
  const told = await tell(cast, new Samples(run), narrator);
  await new SecondAct({ ...cast, supplier2: client('supplier-2') }, narrator, run).tell();
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
