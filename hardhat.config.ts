import { createRequire } from 'node:module';
import hardhatEthers from '@nomicfoundation/hardhat-ethers';
import { defineConfig } from 'hardhat/config';

const require = createRequire(import.meta.url);

const compiler = (runs: number) => ({
  version: '0.8.37',
  path: require.resolve('solc/soljson.js'),
  settings: {
    evmVersion: 'cancun',
    viaIR: true,
    optimizer: { enabled: true, runs },
    outputSelection: { '*': { '*': ['storageLayout'] } },
  },
});

/**
 * Contracts and their tests. The compiler comes from npm, since none can be downloaded where this is built.
 * `storageLayout` lands in the build info, from where scripts/snapshots reads the absolute slots.
 */
export default defineConfig({
  plugins: [hardhatEthers],
  paths: { sources: ['contracts', 'test/contracts/support'], tests: { solidity: 'test/invariants' } },
  solidity: {
    profiles: {
      default: {
        compilers: [compiler(1_000_000)],
        // The registry with the most rules: at most 24,576 bytes are deployable.
        overrides: { 'contracts/receivables/ReceivableRegistry.sol': compiler(200) },
      },
    },
    npmFilesToBuild: ['@openzeppelin/contracts/proxy/ERC1967/ERC1967Proxy.sol'],
  },
  // `npx hardhat test solidity --test-profile deep` is for a night, the default for every `npm test`.
  test: {
    solidity: {
      profiles: {
        default: { fuzz: { runs: 256 }, invariant: { runs: 24, depth: 80 } },
        deep: { fuzz: { runs: 100_000 }, invariant: { runs: 1_000, depth: 500 } },
      },
    },
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
