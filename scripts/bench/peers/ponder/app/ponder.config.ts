import { readFileSync } from 'node:fs';
import { createConfig } from 'ponder';
import { parseAbi } from 'viem';

const { rpcUrl, chainId, address, from, to } = JSON.parse(readFileSync(process.env.BACKLOG!, 'utf8'));

export default createConfig({
  database: { kind: 'postgres', connectionString: process.env.DATABASE_URL },
  chains: { consortium: { id: chainId, rpc: rpcUrl } },
  contracts: {
    OrderRegistry: {
      chain: 'consortium',
      abi: parseAbi([
        'event OrderPosted(bytes32 indexed order, uint32 indexed buyer, uint32 indexed supplier, bytes32 commitment, bytes32 tag, uint40 expiry)',
      ]),
      address,
      startBlock: from,
      endBlock: to,
    },
  },
});
