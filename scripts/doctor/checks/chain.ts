import { RpcEndpoint } from '../../../node/src/chain/rpc-endpoint.js';
import { failure, type Finding, ok, warning, wordsOf } from '../finding.js';
import type { Patient } from '../patient.js';
import { checkCode } from './code.js';

const TOLERATED_BLOCKS = 3;
const CHECK = 'chain';

/** Each endpoint by itself, how old the last block is, and whether the registries run what the node's files list. */
export async function checkChain({ config, deployment, trust }: Patient): Promise<Finding[]> {
  const endpoints = config.rpcUrls
    .filter((url) => url.startsWith('http'))
    .map((url) => new RpcEndpoint(url, { timeoutMs: 5_000 }));
  const heads = await Promise.all(endpoints.map((endpoint) => headOf(endpoint)));
  const highest = Math.max(-1, ...heads.map((head) => ('number' in head ? head.number : -1)));
  const findings = heads.map((head, i) => judge(endpoints[i]!.name, head, config.chainId, highest));
  const good = heads.findIndex((head) => 'number' in head && head.chainId === config.chainId);
  const head = heads[good];
  if (!head || !('number' in head)) return findings;
  findings.push(age(head.number, head.timestamp, config.maxBlockAgeSeconds));
  const trusted = trust();
  for (const [name, contract] of Object.entries(deployment.contracts))
    findings.push(await checkCode(endpoints[good]!, name, contract, trusted?.contracts[name]));
  return findings;
}

type Head = { chainId: number; number: number; timestamp: number } | { error: string };

async function headOf(endpoint: RpcEndpoint): Promise<Head> {
  try {
    const [chainId, block] = (await Promise.all([
      endpoint.request('eth_chainId'),
      endpoint.request('eth_getBlockByNumber', ['latest', false]),
    ])) as [string, { number: string; timestamp: string }];
    return { chainId: Number(chainId), number: Number(block.number), timestamp: Number(block.timestamp) };
  } catch (error) {
    return { error: wordsOf(error) };
  }
}

function judge(name: string, head: Head, chainId: number, highest: number): Finding {
  if ('error' in head)
    return failure(CHECK, `${name} does not answer: ${head.error}`, 'start it, or take it out of TRADEPROOF_RPC_URLS');
  if (head.chainId !== chainId)
    return failure(
      CHECK,
      `${name} has chain id ${head.chainId}, not ${chainId}`,
      'it is another chain: correct TRADEPROOF_RPC_URLS or TRADEPROOF_CHAIN_ID',
    );
  if (highest - head.number > TOLERATED_BLOCKS)
    return warning(CHECK, `${name} is ${highest - head.number} blocks behind`, 'look at its peers and its disk');
  return ok(CHECK, `${name} is at block ${head.number}`);
}

function age(number: number, timestamp: number, most: number): Finding {
  const seconds = Math.round(Date.now() / 1000 - timestamp);
  if (seconds <= most) return ok(CHECK, `block ${number} is ${seconds} s old`);
  return failure(
    CHECK,
    `block ${number}, the last one, is ${seconds} s old: the chain stands still`,
    'fewer than two thirds of the validators seal: ask their owners; this host’s clock may be wrong too',
  );
}
