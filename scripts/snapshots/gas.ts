import { existsSync, readFileSync } from 'node:fs';
import { Desk } from '../../test/contracts/receivables/desk.js';
import { json, settle } from '../lib/generated.js';
import { measureEvidence } from './gas/evidence.js';
import { drift, overBudget, settled } from './gas/judge.js';
import { measureMembers } from './gas/members.js';
import { Meter, type GasFigures } from './gas/meter.js';
import { measureOrders } from './gas/orders.js';
import { measureReceivables } from './gas/receivables.js';

/** What each act costs, through the proxies. `check` fails on drift, a budget exceeded or a function nobody measured. */
const PATH = 'test/snapshots/gas.json';

const meter = new Meter();
const desk = await Desk.open();
for (const measure of [measureMembers, measureEvidence]) await measure(meter, desk.trade.consortium);
await desk.reset();
await measureOrders(meter, desk.trade);
await desk.reset();
await measureReceivables(meter, desk);

const now = meter.figures;
const then = existsSync(PATH) ? (JSON.parse(readFileSync(PATH, 'utf8')) as GasFigures) : {};
const complaints = overBudget(now);
if (process.argv[2] === 'check') complaints.push(...drift(now, then));
else settle({ [PATH]: json(settled(now, then)) });
for (const complaint of complaints) process.stderr.write(`${complaint}\n`);
if (complaints.length > 0) process.exitCode = 1;
