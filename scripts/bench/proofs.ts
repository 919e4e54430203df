import { readFileSync } from 'node:fs';
import { RLP } from '@ethereumjs/rlp';
import type { Disclosure } from '../../node/src/kernel/disclosure.js';
import { toBytes, toHex } from '../../node/src/kernel/hex.js';
import { keccak256 } from '../../node/src/kernel/keccak.js';
import { recoverCompact } from '../../node/src/kernel/recover.js';
import type { Bundle } from '../../node/src/proofs/verify/bundle/bundle.js';
import { readBundle } from '../../node/src/proofs/verify/bundle/read-bundle.js';
import { verifyBundle } from '../../node/src/proofs/verify/bundle/verify-bundle.js';
import { readHeader } from '../../node/src/proofs/verify/qbft/sealed-header.js';
import { rewrite } from '../../node/src/proofs/verify/testing/sealed-bundle.js';
import { readTrust } from '../../node/src/proofs/verify/trust/trust.js';
import { against, type Measurement, median, type Result } from './result.js';

const ROUNDS = 5;
const MILLISECONDS = 1500;
const VECTORS = 'docs/spec/vectors/bundles';

/** Bundles of a receivable verified from their bytes, beside the hashes and recoveries in them and nothing else. */
export const proofs: Measurement = {
  names: ['proof.sealed', 'proof.unsealed'],
  async run(say) {
    const trust = readTrust(readFileSync(`${VECTORS}/trust.json`));
    const sealed = readFileSync(`${VECTORS}/receivable.json`);
    const unsealed = Buffer.from(rewrite(sealed.toString(), ({ header }) => ({ header: withoutSeals(header) })));
    const results: Result[] = [];
    for (const [name, file, valid] of [
      ['proof.sealed', sealed, true],
      ['proof.unsealed', unsealed, false],
    ] as const) {
      say(name);
      if ((await verifyBundle(readBundle(file), { trust })).valid !== valid)
        throw new Error(`${name} is not what it should be`);
      const bare = bareWork(readBundle(file));
      const [ours, floor]: [number[], number[]] = [[], []];
      for (let round = 0; round < ROUNDS; round++) {
        floor.push(await rate(bare.run));
        ours.push(await rate(() => verifyBundle(readBundle(file), { trust })));
      }
      const value = median(ours);
      const note = `${file.length} bytes: ${bare.hashes} hashes, ${bare.recoveries} recoveries; one core, median of ${ROUNDS}`;
      results.push({ name, value, unit: 'bundles/s', ...against('its bare hashes', value, median(floor)), note });
    }
    return results;
  },
};

async function rate(work: () => unknown): Promise<number> {
  const start = performance.now();
  let done = 0;
  while (performance.now() - start < MILLISECONDS) {
    await work();
    done++;
  }
  return (1000 * done) / (performance.now() - start);
}

function withoutSeals(header: Bundle['header']): Bundle['header'] {
  const fields = RLP.decode(toBytes(header)) as Uint8Array[];
  return toHex(RLP.encode(fields.map((field, i) => (i === 12 ? new Uint8Array() : field))));
}

/** What no verifier of this bundle can do without: each node once, each key, leaf and pair, the file, the seals. */
function bareWork(bundle: Bundle): { run: () => void; hashes: number; recoveries: number } {
  const nodes = bundle.state.flatMap(({ account, implementation, storage }) => [
    ...new Set([...account, ...implementation.account, ...storage.flatMap(({ proof }) => proof)]),
  ]);
  const keys = bundle.state.flatMap(({ storage }) => storage.map(({ slot }) => slot));
  const shown = [
    ...bundle.orders.flatMap(({ document, log }) => [document, ...log.map((entry) => entry.document)]),
    ...bundle.receivables.flatMap(({ document, log }) => [document, ...log.map((entry) => entry.document)]),
  ].filter((document): document is Disclosure => document !== null);
  const leaf = new Uint8Array(256);
  const pair = new Uint8Array(64);
  const word = new Uint8Array(32);
  const inputs = [
    ...nodes.map(toBytes),
    ...keys.map(toBytes),
    ...shown.flatMap(({ fields, flags }) => [...fields.flatMap(() => [leaf, word]), ...flags.map(() => pair)]),
    toBytes(bundle.header),
    Buffer.from(JSON.stringify(bundle)),
  ];
  const header = readHeader(bundle.header)!;
  const digest = header.sealDigest === null ? word : toBytes(header.sealDigest);
  const seals = header.qbft?.seals ?? [];
  const run = (): void => {
    for (const input of inputs) keccak256(input);
    for (const seal of seals) recoverCompact(digest, seal.subarray(0, 64), seal[64]!);
  };
  return { run, hashes: inputs.length, recoveries: seals.length };
}
