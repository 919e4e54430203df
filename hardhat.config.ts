import { createRequire } from 'node:module';
import hardhatEthers from '@nomicfoundation/hardhat-ethers';
import { defineConfig } from 'hardhat/config';

const require = createRequire(import.meta.url);

/**
 * Contracts and their tests. The compiler comes from npm, since none can be downloaded where this is built.
 * `storageLayout` lands in the build info, from where scripts/snapshots reads the absolute slots.
 */
export default defineConfig({
  plugins: [hardhatEthers],
  paths: { sources: 'contracts', tests: { solidity: 'test/invariants' } },
  solidity: {
    profiles: {
      default: {
        version: '0.8.37',
        path: require.resolve('solc/soljson.js'),
        settings: {
          evmVersion: 'cancun',
          viaIR: true,
          optimizer: { enabled: true, runs: 1_000_000 },
          outputSelection: { '*': { '*': ['storageLayout'] } },
        },
      },
    },
    npmFilesToBuild: ['@openzeppelin/contracts/proxy/ERC1967/ERC1967Proxy.sol'],
  },
  networks: {
    default: {
      type: 'edr-simulated',
      chainType: 'l1',
      hardfork: 'cancun',
      chainId: 31_337,
      initialBaseFeePerGas: 0,
      accounts: { count: 80 },
      gasPrice: 0,
    },
  },
});
