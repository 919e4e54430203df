import type { Config } from '../../../node/src/config/index.js';
import { envelopesUrl } from '../../../node/src/exchange/sending/endpoint.js';
import { AddressRules, guardedLookup, PlaceRefused, readPlace } from '../../../node/src/outbound/index.js';
import { failure, type Finding, warning } from '../finding.js';

const REGISTER =
  'have the admin’s account register an https endpoint with a public address; where members’ nodes share a private network, have each list it in TRADEPROOF_EXCHANGE_NETWORKS';

/** What keeps other members' nodes from sending to an endpoint, by the rules and the networks of this one. */
export async function whereOthersSend(
  check: string,
  { exchangeNetworks: networks, embedded }: Pick<Config, 'exchangeNetworks' | 'embedded'>,
  endpoint: string,
): Promise<Finding | undefined> {
  const rules = new AddressRules({ networks, embedded });
  try {
    const { protocol, hostname } = envelopesUrl(endpoint, rules);
    // Everywhere the asking host itself; other names may have other addresses elsewhere.
    if (/(?:^|\.)localhost\.?$/.test(hostname)) readPlace(`${protocol}//127.0.0.1`, rules);
    else if (protocol === 'http:') return await plainHttp(check, endpoint, hostname, rules);
    return undefined;
  } catch (error) {
    if (!(error instanceof PlaceRefused)) throw error;
    return failure(check, `the registry has ${endpoint}, to which no node sends: ${error.message}`, REGISTER);
  }
}

/** Plain http is for own networks only. The name is judged by what it means to this host, so no harder than by a warning. */
function plainHttp(check: string, endpoint: string, host: string, rules: AddressRules): Promise<Finding | undefined> {
  return new Promise((resolve) =>
    guardedLookup('http:', rules)(host.replace(/^\[|\]$/g, ''), {}, (error) => {
      const fact = `the registry has ${endpoint}, to which a node sends only if that is in a network of its own: ${error?.message}`;
      resolve(error instanceof PlaceRefused ? warning(check, fact, REGISTER) : undefined);
    }),
  );
}
