import { lookup as resolve } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import type { AddressRules } from './address-rules.js';

export const ENVELOPES_PATH = 'exchange/v1/envelopes';

/** An endpoint that envelopes are not sent to; the message says why. */
export class EndpointRefused extends Error {}

/** Where a member's node takes envelopes, from the endpoint that the registry lists. Throws EndpointRefused. */
export function envelopesUrl(endpoint: string, rules: AddressRules): URL {
  if (!URL.canParse(endpoint)) throw new EndpointRefused('it is no URL');
  const base = new URL(endpoint);
  if (base.protocol !== 'https:' && base.protocol !== 'http:')
    throw new EndpointRefused('it is neither https nor http');
  if (base.username || base.password || base.search || base.hash) throw new EndpointRefused('it is more than a place');
  const host = base.hostname.replace(/^\[|\]$/g, '');
  // Names are judged when they are resolved, by lookup below, so that no name can change its address in between.
  if (isIP(host)) requireAllowed(host, base.protocol, rules);
  return new URL(`${base.pathname.replace(/\/*$/, '/')}${ENVELOPES_PATH}`, base);
}

/** Resolves names for node:http(s), and refuses addresses that the rules do not allow. */
export function guardedLookup(protocol: string, rules: AddressRules): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '');
      try {
        for (const { address } of addresses) requireAllowed(address, protocol, rules);
      } catch (refused) {
        return callback(refused as Error, '');
      }
      if (options.all) return callback(null, addresses);
      callback(null, addresses[0]!.address, addresses[0]!.family);
    });
  };
}

function requireAllowed(address: string, protocol: string, rules: AddressRules): void {
  if (!rules.allows(address)) throw new EndpointRefused(`${address} is not a public address`);
  if (protocol === 'http:' && !rules.isOwn(address)) throw new EndpointRefused('plain http to a public address');
}
