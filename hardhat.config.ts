import { createRequire } from 'node:module';
import hardhatEthers from '@nomicfoundation/hardhat-ethers';
import { defineConfig } from 'hardhat/config';

const require = createRequire(import.meta.url);

const compiler = (runs: number, details?: object) => ({
  version: '0.8.37',
  path: require.resolve('solc/soljson.js'),
  settings: {
    evmVersion: 'cancun',
    viaIR: true,
    optimizer: { enabled: true, runs, ...(details && { details }) },
    outputSelection: { '*': { '*': ['storageLayout'] } },
  },
});

/** For large tests: barely optimised code is compiled in half the time, and what it tests is compiled as ever. */
const forTests = compiler(1, { yul: true, yulDetails: { optimizerSteps: 'u:' } });

/** `npm run coverage` builds what counts its statements, into a folder of its own; with the counting it is too large to deploy. */
const COUNTED = { artifacts: 'coverage/artifacts', cache: 'coverage/cache' };
const counting = process.env['HARDHAT_COVERAGE'] === 'true';

/**
 * Contracts and their tests. The compiler comes from npm, since none can be downloaded where this is built.
 * `storageLayout` lands in the build info, from where scripts/snapshots reads the absolute slots.
 */
export default defineConfig({
  plugins: [hardhatEthers],
  paths: {
    sources: ['contracts', 'test/contracts/support'],
    tests: { solidity: 'test/invariants' },
    ...(counting && COUNTED),
  },
  solidity: {
    profiles: {
      default: {
        compilers: [compiler(1_000_000)],
        // The registry with the most rules: at most 24,576 bytes are deployable.
        overrides: {
          'contracts/receivables/ReceivableRegistry.sol': compiler(200),
          'contracts/receivables/ReceivableAnnex.sol': compiler(200),
          'test/invariants/lineage/Lineage.t.sol': forTests,
          'test/invariants/trade/Trade.t.sol': forTests,
          'test/invariants/trade/TradeFuzz.t.sol': forTests,
          'test/invariants/trade/TradeHandler.sol': forTests,
        },
      },
    },
    npmFilesToBuild: ['@openzeppelin/contracts/proxy/ERC1967/ERC1967Proxy.sol'],
  },
  // `npx hardhat test solidity --test-profile deep` is for a night, the default for every `npm test`.
  test: {
    solidity: {
      profiles: {
        default: { fuzz: { runs: 2_000 }, invariant: { runs: 256, depth: 100 } },
        counted: { fuzz: { runs: 100 }, invariant: { runs: 4, depth: 50 } },
        deep: { fuzz: { runs: 1_000_000 }, invariant: { runs: 1_000, depth: 500 } },
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
      allowUnlimitedContractSize: counting,
      gasPrice: 0,
    },
  },
});
