import { hashWords } from '../../../kernel/abi-words.js';
import type { Hex } from '../../../kernel/hex.js';
import { keccak256Hex } from '../../../kernel/keccak.js';

const TYPE = keccak256Hex(
  'EIP712Domain(string name,string version,uint256 chainId,address verifyingContract,bytes32 salt)',
);
const [NAME, VERSION] = [keccak256Hex('tradeproof'), keccak256Hex('1')];

/** EIP-712 domain separator of a registry, as RegistryDomain computes it: ids are bound to chain, proxy and salt by it. */
export function domainSeparator(chainId: number, registry: Hex, salt: Hex): Hex {
  return hashWords(TYPE, NAME, VERSION, chainId, registry, salt);
}
