import { Injectable } from '@nestjs/common';
import { ChainClient } from '../../chain/index.js';
import { encodeHeader, type RpcHeader } from '../../kernel/block-header.js';
import { type Hex, toHex } from '../../kernel/hex.js';
import { readHeader, type SealedHeader } from '../verify/qbft/sealed-header.js';
import { proofUnavailable } from './problems.js';

/** Headers from this node's own endpoint, each in its RLP and checked to be of the hash that it was given with. */
@Injectable()
export class HeaderSource {
  constructor(private readonly chain: ChainClient) {}

  /** Throws PROOF_UNAVAILABLE. */
  async at(number: number): Promise<SealedHeader> {
    const [header] = await this.atAll([number]);
    return header!;
  }

  /** In the order of the numbers. Throws PROOF_UNAVAILABLE. */
  async atAll(numbers: readonly number[]): Promise<SealedHeader[]> {
    const answers = await this.chain.batch(
      numbers.map((number) => ({ method: 'eth_getBlockByNumber', params: [`0x${number.toString(16)}`, false] })),
    );
    return answers.map((answer, i) => {
      if (answer instanceof Error || answer === null)
        throw proofUnavailable(`the endpoint has no header of block ${numbers[i]}`);
      return sealedHeaderOf(answer as RpcHeader & { hash: Hex });
    });
  }
}

/** Throws PROOF_UNAVAILABLE for a header that does not hash to what it says. */
export function sealedHeaderOf(described: RpcHeader & { readonly hash: Hex }): SealedHeader {
  const header = readHeader(encodedOrNothing(described));
  if (header === null || header.hash !== described.hash)
    throw proofUnavailable(`the header that the endpoint gives does not hash to ${described.hash}`);
  return header;
}

function encodedOrNothing(described: RpcHeader): Hex {
  try {
    return toHex(encodeHeader(described));
  } catch {
    return '0x';
  }
}
