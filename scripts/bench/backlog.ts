import { setTimeout } from 'node:timers/promises';
import { Wallet } from 'ethers';
import solc from 'solc';
import { LocalAccount } from '../../node/src/chain/local-account.js';
import { type Hex, toBytes, toHex } from '../../node/src/kernel/hex.js';
import { keccak256 } from '../../node/src/kernel/keccak.js';
import type { Anvil } from '../embedded/anvil.js';
import { rpc } from '../embedded/rpc.js';
import { startAnvil } from '../../test/support/anvil.js';
import { deployTo, type TestConsortium } from '../../test/support/deployment.js';

export interface Backlog {
  readonly chain: Anvil;
  readonly consortium: TestConsortium;
  /** Events of posted orders, `perBlock` in each block. */
  readonly events: number;
}

/**
 * Emits what `postMany` emits, without the storage: anvil hashes its whole state anew at each block, so that a million
 * real orders would take hours to make. To whoever indexes, the logs are the same.
 */
const EMITTER = `
  pragma solidity ^0.8.0;
  contract Emitter {
    event OrderPosted(bytes32 indexed order, uint32 indexed buyer, uint32 indexed supplier,
      bytes32 commitment, bytes32 tag, uint40 expiry);
    fallback() external {
      (uint256 seed, uint256 count) = abi.decode(msg.data, (uint256, uint256));
      for (uint256 i = 0; i < count; ++i) {
        bytes32 order = keccak256(abi.encode(seed, i));
        emit OrderPosted(order, 1, 2, keccak256(abi.encode(order, 1)), keccak256(abi.encode(order, 2)), 4000000000);
      }
    }
  }`;

/** A chain with `events` events of posted orders on it that nobody has indexed yet. */
export async function makeBacklog(events: number, perBlock = 50): Promise<Backlog> {
  const chain = await startAnvil();
  const consortium = await deployTo(chain.url);
  const to = consortium.deployment.contracts.OrderRegistry.address as Hex;
  const code = await rpc<string>(chain.url, 'eth_getCode', [to, 'latest']);
  await rpc(chain.url, 'anvil_setCode', [to, compiled(EMITTER)]);
  const account = new LocalAccount(toBytes(Wallet.createRandom().privateKey as Hex));
  const blocks = Math.ceil(events / perBlock);
  for (let nonce = 0; nonce < blocks; nonce++) {
    const words = [nonce, Math.min(perBlock, events - nonce * perBlock)].map((n) => n.toString(16).padStart(64, '0'));
    const call = { chainId: chain.chainId, nonce, to, data: `0x${words.join('')}` as Hex, gasLimit: 90_000_000 };
    await rpc(chain.url, 'eth_sendRawTransaction', [account.signTransaction({ ...call, to: to as never }).raw]);
  }
  // A transaction is answered before it is mined: the last ones would meet the code that is put back.
  while (Number(await rpc(chain.url, 'eth_getTransactionCount', [account.address, 'latest'])) < blocks)
    await setTimeout(50);
  await rpc(chain.url, 'anvil_setCode', [to, code]);
  return { chain, consortium, events };
}

/** Id of the order that the emitter makes from `seed` (the block's place) and the order's place in it. */
export function emittedOrder(seed: number, place: number): Hex {
  return toHex(keccak256(Buffer.from([seed, place].map((n) => n.toString(16).padStart(64, '0')).join(''), 'hex')));
}

function compiled(content: string): string {
  const input = {
    language: 'Solidity',
    sources: { 'Emitter.sol': { content } },
    settings: { optimizer: { enabled: true }, outputSelection: { '*': { '*': ['evm.deployedBytecode.object'] } } },
  };
  const output = JSON.parse(solc.compile(JSON.stringify(input))) as {
    contracts: Record<string, Record<string, { evm: { deployedBytecode: { object: string } } }>>;
  };
  return `0x${output.contracts['Emitter.sol']!['Emitter']!.evm.deployedBytecode.object}`;
}
