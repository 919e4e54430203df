import { BREAKINGS } from './faults.js';
import type { Ledger } from './ledger.js';
import { Load } from './load.js';
import { type Findings, prove, settled } from './proof.js';
import { type Fault, type Kind, MAY_FAIL, PROCESSES, scheduleOf, traceOf } from './schedule.js';
import type { World } from './world.js';

/** What a seed's run came to. */
export interface Outcome extends Findings {
  readonly trace: string;
  readonly kills: number;
  /** Kinds of fault that were brought about. */
  readonly kinds: number;
  readonly writes: number;
}

/** One seed: its faults for so many seconds under load, then rest, then the proof. */
export async function run(
  world: World,
  ledger: Ledger,
  { seed, seconds, say }: { seed: number; seconds: number; say: (text: string) => void },
): Promise<Outcome> {
  const schedule = scheduleOf(seed, seconds);
  const before = { kills: world.kills, writes: ledger.accepted.length };
  const load = new Load(world, ledger, `S${seed}-${before.writes}`);
  const working = load.run();
  working.catch(() => undefined); // seen below
  const broken = await breakAll(world, schedule, seconds * 1000, say);
  load.stop();
  await working;
  await Promise.all(PROCESSES.map((name) => world.ready(name)));
  await settled(world);
  const findings = await prove(world, ledger);
  return {
    ...findings,
    trace: traceOf(schedule),
    kills: world.kills - before.kills,
    kinds: broken.size,
    writes: ledger.accepted.length - before.writes,
  };
}

/** Resolves when the last fault is mended, with the kinds that were brought about. */
async function breakAll(
  world: World,
  schedule: readonly Fault[],
  ms: number,
  say: (text: string) => void,
): Promise<ReadonlySet<Kind>> {
  const began = Date.now();
  const broken = new Set<Kind>();
  const mendings: Promise<unknown>[] = [];
  for (const fault of schedule) {
    await until(began + fault.at);
    const mending = suffer(world, fault, say).then((was) => was && broken.add(fault.kind));
    mending.catch(() => undefined); // seen below
    mendings.push(mending);
  }
  await until(began + ms);
  await Promise.all(mendings);
  return broken;
}

/** Brings a fault about, and mends it when its time is over. Resolves with whether it could be brought about. */
async function suffer(world: World, fault: Fault, say: (text: string) => void): Promise<boolean> {
  const { kind, target, size, ms } = fault;
  say(`${String(fault.at).padStart(6)} ms  ${kind} (${target}${size ? `, ${size}` : ''}) for ${ms} ms`);
  let mend: () => unknown;
  try {
    mend = await BREAKINGS[kind](world, fault);
  } catch (error) {
    if (MAY_FAIL.has(kind)) return false;
    throw error;
  }
  await until(Date.now() + ms);
  for (let tries = 0; ; tries++) {
    try {
      await mend();
      return true;
    } catch (error) {
      if (tries > 100) throw error;
      await until(Date.now() + 100);
    }
  }
}

const until = (time: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, time - Date.now())));
