import { toHex } from '../../node/src/kernel/hex.js';
import { encodeQbftExtraData } from '../../node/src/kernel/qbft-extra-data.js';
import type { ValidatorCard } from './cards.js';

export interface GenesisOptions {
  readonly chainId: number;
  /** Those who seal from block 1 on; changed later by their own votes. */
  readonly validators: readonly ValidatorCard[];
  readonly blockPeriodSeconds: number;
}

/** With fewer, the loss of one stops the chain, and nobody can be shown to have lied. */
const FEWEST_VALIDATORS = 4;
/** A transaction of the largest batch fits several times; a block of it is executed within its period. */
const GAS_LIMIT = 100_000_000;
/** Tells every client that headers are sealed by BFT (Besu's `Hash.fromHexString` of "ctical byzantine fault tolerance"). */
const BFT_MIX_HASH = '0x63746963616c2062797a616e74696e65206661756c7420746f6c6572616e6365';
const ZERO_ADDRESS = `0x${'0'.repeat(40)}`;

/**
 * Besu's genesis of a QBFT chain: validators in the header (no contract names them), gas for nothing, all forks up to
 * Cancun from the start, code no longer than Ethereum allows. The bytes depend on the arguments alone, so that each
 * member can make it from the cards and compare.
 */
export function genesisOf({ chainId, validators, blockPeriodSeconds }: GenesisOptions): object {
  if (validators.length < FEWEST_VALIDATORS)
    throw new Error(`${validators.length} validators: QBFT needs ${FEWEST_VALIDATORS} to go on when one is lost`);
  const addresses = validators.map(({ address }) => address.toLowerCase() as `0x${string}`).sort();
  const extraData = encodeQbftExtraData({
    vanity: new Uint8Array(32),
    validators: addresses,
    vote: [],
    round: 0,
    seals: [],
  });
  return {
    config: {
      chainId,
      berlinBlock: 0,
      londonBlock: 0,
      shanghaiTime: 0,
      cancunTime: 0,
      zeroBaseFee: true,
      contractSizeLimit: 24_576,
      qbft: {
        blockperiodseconds: blockPeriodSeconds,
        epochlength: 30_000,
        requesttimeoutseconds: 2 * blockPeriodSeconds,
      },
    },
    nonce: '0x0',
    timestamp: '0x0',
    gasLimit: `0x${GAS_LIMIT.toString(16)}`,
    difficulty: '0x1',
    mixHash: BFT_MIX_HASH,
    coinbase: ZERO_ADDRESS,
    baseFeePerGas: '0x0',
    extraData: toHex(extraData),
    alloc: {},
  };
}

/** Besu's list of the nodes that each node keeps a connection to. */
export function staticNodesOf(validators: readonly ValidatorCard[]): string[] {
  return [...validators]
    .sort((a, b) => (a.address.toLowerCase() < b.address.toLowerCase() ? -1 : 1))
    .map(({ publicKey, host, port }) => `enode://${publicKey.slice(2).toLowerCase()}@${host}:${port}`);
}
