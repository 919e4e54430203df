import { Interface } from 'ethers';
import { REGISTRIES } from '../../deploy/artifacts.js';
import { builtContract } from '../../lib/artifacts.js';
import type { GasFigures } from './meter.js';

/** At most. A batch is budgeted by what is in it: 320 each of 200, 65 each of 1,000. */
const BUDGETS: GasFigures = {
  'OrderRegistry.post': 68_500,
  'OrderRegistry.postMany: each of 100': 28_300,
  'OrderRegistry.postBatch: batch of 200': 200 * 320,
  'OrderRegistry.postBatch: batch of 1000': 1_000 * 65,
  'EvidenceAnchor.anchor: batch of 200': 200 * 320,
  'EvidenceAnchor.anchor: batch of 1000': 1_000 * 65,
};

/** Zero bytes in ids and signatures make the same act some gas cheaper or dearer from run to run. */
const TOLERANCE = 0.005;
const FLOOR = 100;

/** Called by other registries only, once in a life, never successfully, or measured with what they are a part of. */
const EXEMPT =
  /\.(initialize|upgradeToAndCall|approve|setApprovalForAll|transferFrom|safeTransferFrom|setEncumbered|adjustEncumberedDescendants|raiseCoverVersions|takeChangeConsents|overrule)$/;

/** What is over budget, and which functions nobody measured. */
export function overBudget(figures: GasFigures): string[] {
  const over = Object.entries(BUDGETS)
    .filter(([name, budget]) => !(figures[name]! <= budget))
    .map(([name, budget]) => `${name} costs ${figures[name]}, more than its budget of ${budget}`);
  const measured = new Set(Object.keys(figures).map((name) => name.split(':')[0]));
  const missing = REGISTRIES.flatMap((registry) =>
    new Interface(builtContract(registry).abi).fragments
      .filter((each) => each.type === 'function' && !('constant' in each && each.constant))
      .map((each) => `${registry}.${'name' in each ? String(each.name) : ''}`),
  ).filter((name) => !EXEMPT.test(name) && !measured.has(name));
  return [...over, ...missing.map((name) => `${name} is not measured`)];
}

/** Whether two figures are the same but for noise. */
export function same(now: number | undefined, then: number | undefined): boolean {
  if (now === undefined || then === undefined) return now === then;
  return Math.abs(now - then) <= Math.max(then * TOLERANCE, FLOOR);
}

/** What differs between the figures of now and the snapshot. */
export function drift(now: GasFigures, then: GasFigures): string[] {
  return [...new Set([...Object.keys(now), ...Object.keys(then)])]
    .filter((name) => !same(now[name], then[name]))
    .map((name) => `${name} costs ${now[name] ?? 'nothing any more'}, the snapshot says ${then[name] ?? 'nothing'}`);
}

/** The snapshot to write: old figures stay where only noise has changed them, so that small steps do add up. */
export function settled(now: GasFigures, then: GasFigures): GasFigures {
  return Object.fromEntries(
    Object.entries(now).map(([name, gas]) => [name, same(gas, then[name]) ? then[name]! : gas]),
  );
}
