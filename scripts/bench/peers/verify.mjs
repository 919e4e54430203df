// How the usual libraries verify. Argument: a file of samples. Prints operations a second.
import { readFileSync } from 'node:fs';
import tradetrust from '@tradetrust-tt/tradetrust';
import { StandardMerkleTree } from '@openzeppelin/merkle-tree';
import { verifyTypedData } from 'ethers';

const { domain, types, consents, leaves, invoice, seconds } = JSON.parse(readFileSync(process.argv[2], 'utf8'));

/** Operations a second of `work`, called for as long as the samples say. */
function rate(work) {
  for (let i = 0; i < 20; i++) work(i);
  const started = performance.now();
  let count = 0;
  while (performance.now() - started < seconds * 1000) work(count++);
  return (count * 1000) / (performance.now() - started);
}

const core = rate((i) => {
  const { value, signature, signer } = consents[i % consents.length];
  if (verifyTypedData(domain, types, value, signature).toLowerCase() !== signer) throw new Error('a wrong signer');
  const { root, proof, leaf } = leaves[i % leaves.length];
  if (!StandardMerkleTree.verify(root, ['bytes32', 'string', 'string'], leaf, proof)) throw new Error('a wrong proof');
});

const issuer = {
  name: 'Bench Seller',
  documentStore: `0x${'5b'.repeat(20)}`,
  identityProof: { type: 'DNS-TXT', location: 'example.org' },
};
const wrapped = tradetrust.wrapDocument({ ...invoice, issuers: [issuer] });
const document = rate(() => {
  if (!tradetrust.verifySignature(wrapped)) throw new Error('the document is not what it was');
});
process.stdout.write(JSON.stringify({ core, document }));
