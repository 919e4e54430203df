import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TypedDataEncoder } from 'ethers';
import { type Consent, SignedStatements } from '../../node/src/chain/index.js';
import { LocalAccount } from '../../node/src/chain/local-account.js';
import { RegistryDomains } from '../../node/src/chain/registry-domains.js';
import { commit, commitmentFields, importDocument, newSeed } from '../../node/src/documents/index.js';
import { type Disclosure, verifyDisclosure } from '../../node/src/kernel/disclosure.js';
import { type Hex, toHex } from '../../node/src/kernel/hex.js';
import { recoverEngine } from '../../node/src/kernel/recover.js';
import { invoice } from './invoice.js';
import { runPeer } from './peers.js';
import { against, type Measurement, median, type Result, spread } from './result.js';

const ROUNDS = 3;
const SECONDS = 2;
const SAMPLES = 64;
/** Fields of the document that a proof of depth ten comes from. */
const FIELDS = 1000;

const random32 = () => toHex(randomBytes(32));
const DOMAIN = {
  name: 'tradeproof.ReceivableRegistry',
  version: '1',
  chainId: 31337,
  verifyingContract: toHex(randomBytes(20)),
  salt: random32(),
};
const TYPES = {
  Consent: [
    { name: 'object', type: 'bytes32' },
    { name: 'act', type: 'bytes32' },
    { name: 'details', type: 'bytes32' },
    { name: 'nonce', type: 'bytes32' },
    { name: 'deadline', type: 'uint64' },
    { name: 'coverVersion', type: 'uint64' },
  ],
};

interface Samples {
  readonly consents: readonly { value: Consent; signature: Hex; signer: Hex }[];
  readonly disclosures: readonly { root: Hex; disclosure: Disclosure }[];
}

/** What a lender checks for each claim: one party's consent, one field of a document; and a whole document's integrity. */
export const verifying: Measurement = {
  names: ['verify.core', 'verify.document'],
  async run(say) {
    const dir = mkdtempSync(join(tmpdir(), 'tradeproof-bench-'));
    try {
      const statements = statementsOfDomain();
      const samples = await makeSamples(statements);
      const whole = wholeInvoice();
      const file = join(dir, 'samples.json');
      writeFileSync(file, JSON.stringify(forPeer(samples)));
      const [core, document, peerCore, peerDocument]: number[][] = [[], [], [], []];
      for (let round = 1; round <= ROUNDS; round++) {
        say(`round ${round} of ${ROUNDS}`);
        const peer = await runPeer<{ core: number; document: number }>('verify.mjs', [file]);
        peerCore!.push(peer.core);
        peerDocument!.push(peer.document);
        core!.push(rate((i) => verifyOne(statements, samples, i)));
        document!.push(rate(() => requireValid(whole.root, whole.disclosure)));
      }
      const result = (name: string, [peer, value, peerValue, floor]: [string, number[], number[], number]): Result => ({
        name,
        value: median(value),
        unit: 'checks/s',
        ...against(peer, median(value), median(peerValue)),
        floor,
        note: `one core, ${recoverEngine} recovery; ${spread(value)}`,
      });
      return [
        result('verify.core', ['ethers, merkle-tree', core!, peerCore!, 25]),
        result('verify.document', ['TradeTrust verifySignature', document!, peerDocument!, 10]),
      ];
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  },
};

async function makeSamples(statements: SignedStatements): Promise<Samples> {
  const account = new LocalAccount(randomBytes(32));
  const consent = (): Consent => ({
    object: random32(),
    act: random32(),
    details: random32(),
    nonce: random32(),
    deadline: 1_800_000_000,
    coverVersion: 3,
  });
  const fields = Array.from({ length: FIELDS }, (_, i) => ({ path: `/lines/${i}/amount`, value: `${i}.50` }));
  const commitment = commit(fields, newSeed());
  const values = Array.from({ length: SAMPLES }, consent);
  const signing = values.map((value) => Promise.resolve(statements.sign(account, 'ReceivableRegistry', value)));
  const signatures = await Promise.all(signing);
  return {
    consents: values.map((value, i) => ({ value, signature: signatures[i]!, signer: account.address })),
    disclosures: Array.from({ length: SAMPLES }, (_, i) => ({
      root: commitment.root,
      disclosure: asReceived(commitment.disclose([`/lines/${i}/amount`])),
    })),
  };
}

/** Samples for a peer that answers calls about claims, with the domain and types that they were signed under. */
export async function consentSamples() {
  const { consents, leaves } = forPeer(await makeSamples(statementsOfDomain()));
  const samples = consents.map(({ value, signature, signer }, i) => {
    const { root, proof, leaf } = leaves[i]!;
    return { consent: { value, signature }, signer, root, disclosure: { leaf, proof } };
  });
  return { samples, domain: DOMAIN, types: TYPES };
}

const statementsOfDomain = () =>
  new SignedStatements(new RegistryDomains({ ReceivableRegistry: TypedDataEncoder.hashDomain(DOMAIN) as Hex }));

/** The same in the forms that ethers and OpenZeppelin's library take. */
function forPeer({ consents, disclosures }: Samples) {
  const leaves = disclosures.map(({ root, disclosure: { fields, proof } }) => {
    const { salt, path, value } = fields[0]!;
    return { root, proof, leaf: [salt, path, value] };
  });
  return { domain: DOMAIN, types: TYPES, consents, leaves, invoice: invoice(), seconds: SECONDS };
}

function wholeInvoice(): { root: Hex; disclosure: Disclosure } {
  const document = importDocument(Buffer.from(JSON.stringify(invoice())), 'application/json', { kind: 'INVOICE' });
  const fields = commitmentFields(document, { version: 1, orders: [random32()] });
  const commitment = commit(fields, newSeed());
  return { root: commitment.root, disclosure: asReceived(commitment.disclose([''])) };
}

/** A copy as it comes in a letter or a file: what this process cut itself is known again, and not hashed anew (docs/adr/0051). */
const asReceived = (disclosure: Disclosure) => JSON.parse(JSON.stringify(disclosure)) as Disclosure;

function verifyOne(statements: SignedStatements, samples: Samples, i: number): void {
  const { value, signature, signer } = samples.consents[i % SAMPLES]!;
  if (!statements.verify(signer as never, 'ReceivableRegistry', value, signature)) throw new Error('a wrong signer');
  const { root, disclosure } = samples.disclosures[i % SAMPLES]!;
  requireValid(root, disclosure);
}

function requireValid(root: Hex, disclosure: Disclosure): void {
  if (!verifyDisclosure(disclosure, root).valid) throw new Error('a disclosure that does not open its commitment');
}

function rate(work: (i: number) => void): number {
  for (let i = 0; i < 500; i++) work(i);
  const started = performance.now();
  let count = 0;
  while (performance.now() - started < SECONDS * 1000) for (let i = 0; i < 20; i++) work(count++);
  return (count * 1000) / (performance.now() - started);
}
