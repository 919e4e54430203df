import { setTimeout } from 'node:timers/promises';
import { Wallet } from 'ethers';
import solc from 'solc';
import { LocalAccount } from '../../node/src/chain/local-account.js';
import { type Hex, toBytes } from '../../node/src/kernel/hex.js';
import type { Address } from '../../node/src/kernel/ids.js';
import type { Anvil } from '../embedded/anvil.js';
import { rpc } from '../embedded/rpc.js';

const GAS = 90_000_000;

/**
 * Emits what `postMany` emits, without the storage: anvil hashes its whole state anew at each block, so that a million
 * real orders would take hours to make. To whoever indexes, the logs are the same.
 */
const STAND_IN = `
  pragma solidity ^0.8.0;
  contract StandIn {
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

/** A stand-in at the registry's address that emits events of posted orders, and is gone again before anybody reads. */
export class Emitter {
  private readonly account = new LocalAccount(toBytes(Wallet.createRandom().privateKey as Hex));
  private blocks = 0;
  /** Orders so far. */
  emitted = 0;

  constructor(
    private readonly chain: Anvil,
    private readonly registry: string,
  ) {}

  /** `count` more orders, `perBlock` in each block. */
  async emit(count: number, perBlock: number): Promise<void> {
    const { url, chainId } = this.chain;
    const code = await rpc<string>(url, 'eth_getCode', [this.registry, 'latest']);
    await rpc(url, 'anvil_setCode', [this.registry, compiled(STAND_IN)]);
    for (let left = count; left > 0; left -= perBlock) {
      const nonce = this.blocks++;
      const words = [nonce, Math.min(perBlock, left)].map((n) => n.toString(16).padStart(64, '0'));
      const call = { chainId, nonce, to: this.registry as Address, data: `0x${words.join('')}` as Hex, gasLimit: GAS };
      await rpc(url, 'eth_sendRawTransaction', [this.account.signTransaction(call).raw]);
    }
    // A transaction is answered before it is mined: the last ones would meet the code that is put back.
    const { address } = this.account;
    while (Number(await rpc(url, 'eth_getTransactionCount', [address, 'latest'])) < this.blocks) await setTimeout(50);
    await rpc(url, 'anvil_setCode', [this.registry, code]);
    this.emitted += count;
  }

  async lastBlock(): Promise<number> {
    return Number(await rpc<string>(this.chain.url, 'eth_blockNumber'));
  }
}

function compiled(content: string): string {
  const input = {
    language: 'Solidity',
    sources: { 'StandIn.sol': { content } },
    settings: { optimizer: { enabled: true }, outputSelection: { '*': { '*': ['evm.deployedBytecode.object'] } } },
  };
  const output = JSON.parse(solc.compile(JSON.stringify(input))) as {
    contracts: Record<string, Record<string, { evm: { deployedBytecode: { object: string } } }>>;
  };
  return `0x${output.contracts['StandIn.sol']!['StandIn']!.evm.deployedBytecode.object}`;
}
