import { readCompose } from './read-compose.js';

/** Where the parts that the compose file names stand on this machine. */
export interface Places {
  /** Endpoint of each validator, in order. */
  readonly rpcUrls: readonly string[];
  /** Folder of what is mounted as /run/secrets, /deployments and /edge. */
  readonly secrets: string;
  readonly deployments: string;
  readonly edge: string;
  /** Where this member's node listens. */
  readonly url: string;
}

/**
 * The settings that docker-compose.yml gives a member's node, for a plain process on this machine: its paths and
 * addresses are put in place of the containers', all else is as it stands there.
 */
export function composeSettings(composeFile: string, member: string, places: Places): Record<string, string> {
  const { services } = readCompose(composeFile);
  const settings = services[member]?.environment;
  if (!settings) throw new Error(`${composeFile} has no service ${member} with settings`);
  const { hostname, port } = new URL(places.url);
  const rpcUrls = String(settings['TRADEPROOF_RPC_URLS']).split(',');
  const placed = Object.entries(settings).map(([name, value]) => [
    name,
    String(value)
      .replace(/^\/run\/secrets\//, `${places.secrets}/`)
      .replace(/^\/deployments\//, `${places.deployments}/`)
      .replace(/^\/edge\//, `${places.edge}/`),
  ]);
  return {
    ...(Object.fromEntries(placed) as Record<string, string>),
    TRADEPROOF_HOST: hostname,
    TRADEPROOF_PORT: port,
    TRADEPROOF_PUBLIC_URL: places.url,
    TRADEPROOF_RPC_URLS: rpcUrls.map((_, i) => places.rpcUrls[i % places.rpcUrls.length]).join(','),
    // All of it is on this machine, and no edge stands in front.
    TRADEPROOF_EXCHANGE_NETWORKS: '127.0.0.0/8',
    TRADEPROOF_TRUST_PROXY: 'false',
  };
}
