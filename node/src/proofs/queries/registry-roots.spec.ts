import { readFileSync } from 'node:fs';
import type { ChainClient } from '../../chain/index.js';
import { type Deployment, implementationsOf } from '../../config/index.js';
import type { BlockRef, IndexHead } from '../../indexer/index.js';
import type { RpcHeader } from '../../kernel/block-header.js';
import type { ContractName } from '../../kernel/contract-events.generated.js';
import type { Hex } from '../../kernel/hex.js';
import { PROVEN_REGISTRIES } from '../verify/chain-state.js';
import type { FollowedDeployment } from './followed-deployment.js';
import { RegistryRootsReader } from './registry-roots.js';

interface Recorded {
  readonly deployment: Deployment;
  readonly block: RpcHeader & { readonly hash: Hex };
  /** eth_getProof of each proven registry’s slot of its implementation, in their order. */
  readonly proofs: readonly { readonly storageHash: Hex }[];
}

/** What Besu 26.8.0 said of the registries on a chain of four QBFT validators. */
const besu = JSON.parse(readFileSync('node/src/proofs/queries/testing/besu-26.8.0.json', 'utf8')) as Recorded;
const { deployment, block, proofs } = besu;
const head = { number: Number(block.number), hash: block.hash, timestamp: Number(block.timestamp) };

const unmoved = { onChange: () => () => undefined } as unknown as IndexHead;

function readerOver(answers: readonly unknown[], index = unmoved, asked = (): void => undefined): RegistryRootsReader {
  const batch = () => {
    asked();
    return Promise.resolve([...answers]);
  };
  const chain = { batch } as unknown as ChainClient;
  const followed = {
    current: () => deployment,
    implementations: (name: ContractName) => implementationsOf(deployment.contracts[name]),
  } as unknown as FollowedDeployment;
  return new RegistryRootsReader(chain, followed, index);
}

it('proves the registries as of a block that is sealed by QBFT, whose hash is without its seals', async () => {
  const roots = await readerOver([block, ...proofs]).at(head);
  expect([...roots.keys()]).toEqual([...PROVEN_REGISTRIES]);
  expect([...roots.values()].map(({ storageRoot }) => storageRoot)).toEqual(
    proofs.map(({ storageHash }) => storageHash),
  );
});

it('refuses another block, and one whose header was altered', async () => {
  const another = { ...head, hash: block.parentHash };
  await expect(readerOver([block, ...proofs]).at(another)).rejects.toMatchObject({ code: 'CHAIN_AND_INDEX_DIFFER' });
  const altered = { ...block, stateRoot: block.receiptsRoot };
  await expect(readerOver([altered, ...proofs]).at(head)).rejects.toMatchObject({ code: 'PROOF_UNAVAILABLE' });
});

it('asks about a block as it comes while verdicts are given, and not for nobody', async () => {
  let moved!: (head: BlockRef) => void;
  const onChange = (listener: typeof moved) => {
    moved = listener;
    return () => undefined;
  };
  let asked = 0;
  const reader = readerOver([block, ...proofs], { onChange } as unknown as IndexHead, () => asked++);
  reader.onModuleInit();
  moved(head);
  expect(asked).toBe(0);
  await reader.at(head);
  expect(asked).toBe(1);
  // Another one is not what the chain says here: whoever wants its roots is told, and nobody else.
  const next = { ...head, number: head.number + 1, hash: block.parentHash };
  moved(next);
  expect(asked).toBe(2);
  await expect(reader.at(next)).rejects.toMatchObject({ code: 'CHAIN_AND_INDEX_DIFFER' });
  expect(asked).toBe(2);
  moved(head);
  moved(next);
  expect(asked).toBe(2);
});
